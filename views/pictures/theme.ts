/** The colours of pictures. Text keeps a contrast of 4.5 to 1 on what it stands on. */
export const THEME = {
  background: '#121317',
  /** The end of the background's gradient. */
  backgroundEnd: '#191b22',
  surface: '#1f2129',
  line: '#2e313c',
  text: '#f4f5f7',
  textSoft: '#b4b9c4',
  textMuted: '#9097a5',
  accent: '#f1c40f',
  own: '#5ad1e6',
  ownSurface: '#17313a',
  onBright: '#16171b',
} as const;

/** Gold, silver and bronze: from light to dark. */
export const MEDALS = [
  { light: '#ffe27a', dark: '#d99a06' },
  { light: '#eef2f6', dark: '#9aa6b4' },
  { light: '#f0b583', dark: '#b06a35' },
] as const;

/** What the disc of a member may be filled with. White on each keeps a contrast of 4.5 to 1. */
const DISCS = [
  '#c2413b',
  '#a8580c',
  '#7a6a00',
  '#2f7d3f',
  '#0f7a7a',
  '#2a6fc0',
  '#6a57c8',
  '#b03a86',
] as const;

/** The colour of a member's disc: the same in every picture. */
export function discColor(memberId: string): string {
  const index = Number(BigInt(memberId) % 1009n) % DISCS.length;
  return DISCS[index] ?? DISCS[0];
}

/** How bright a text must be for a contrast of 4.5 to 1 on the brighter end of the background. */
const READABLE = 0.225;

/** A colour as Discord writes it (0xRRGGBB), mixed with white until it can be read on the background. */
export function readable(color: number): string {
  const channels = [16, 8, 0].map((shift) => (color >> shift) & 0xff);
  const mixtures = Array.from({ length: 11 }, (_, step) => mixWithWhite(channels, step / 10));
  const lightEnough = mixtures.find((mixture) => luminance(mixture) >= READABLE) ?? [255, 255, 255];
  return `#${lightEnough.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function mixWithWhite(channels: readonly number[], share: number): number[] {
  return channels.map((channel) => Math.round(channel + (255 - channel) * share));
}

/** Relative luminance from 0 to 1. Source of the rule: WCAG 2.2, "relative luminance". */
function luminance(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
