/** Splitting members into groups by shares. */

/** Of a hundred members, how many belong to it. */
interface Share {
  readonly share: number;
}

const HUNDRED = 100;

/**
 * The one of `shares` to which `id` belongs, or undefined for the rest up to a hundred. Which one it is depends on the
 * id alone, and groups are as large as their shares say over many ids.
 */
export function drawShare<Item extends Share>(shares: readonly Item[], id: string): Item | undefined {
  const drawn = (hash(id) / 2 ** 32) * HUNDRED;
  let upTo = 0;
  return shares.find(({ share }) => {
    upTo += share;
    return drawn < upTo;
  });
}

/**
 * FNV-1a of 32 bits, and the end of MurmurHash3, which spreads what ids that follow each other have in common.
 * (Neither is a secret: it only has to be even.)
 */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (const character of text) bits = Math.imul(bits ^ (character.codePointAt(0) ?? 0), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
