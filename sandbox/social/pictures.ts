/** Pictures that were uploaded and are small, for the page to show. */

/** A picture, as the state keeps it. */
interface KeptPicture {
  readonly digest: string;
  readonly type: string;
  readonly base64: string;
}

const LARGEST_BYTES = 512 * 1024;
const MOST_PICTURES = 50;

/** How files of each type begin. */
const BEGINNINGS: Readonly<Record<string, RegExp>> = {
  'image/png': /^\x89PNG/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/gif': /^GIF8/,
  'image/webp': /^RIFF.{4}WEBP/s,
};

const PICTURES = 'pictures';

/** Keeps `bytes` if they are a small picture. The oldest makes room. */
export function keepPicture(records: Record<string, unknown>, digest: string, bytes: Buffer): void {
  const start = bytes.subarray(0, 12).toString('latin1');
  const type = Object.keys(BEGINNINGS).find((name) => BEGINNINGS[name]?.test(start));
  if (type === undefined || bytes.length > LARGEST_BYTES || findPicture(records, digest)) return;
  records[PICTURES] = [...kept(records), { digest, type, base64: bytes.toString('base64') }].slice(
    -MOST_PICTURES,
  );
}

/** A picture that was kept. */
export function findPicture(
  records: Readonly<Record<string, unknown>>,
  digest: string,
): { readonly type: string; readonly bytes: Buffer } | undefined {
  const found = kept(records).find((picture) => picture.digest === digest);
  return found && { type: found.type, bytes: Buffer.from(found.base64, 'base64') };
}

const kept = (records: Readonly<Record<string, unknown>>) =>
  (records[PICTURES] ?? []) as readonly KeptPicture[];
