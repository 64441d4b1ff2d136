import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import {
  CHOSEN_FONTS,
  DRAWN_BEYOND_LAST_RESORT,
  EAST_ASIAN_PACKAGES,
  type EastAsianPackage,
  type Font,
  LAST_RESORT,
  NOTO_SANS,
  sliceFile,
} from './font-files.ts';
import { unpackWoff } from './woff.ts';

/** How bold a text is. */
export type FontWeight = 400 | 600 | 700;

/** Texts without such characters need one font: nearly all of them. */
const BEYOND_NOTO_SANS = /[^\u{20}-\u{3E1}\u{3F0}-\u{52F}\u{900}-\u{97F}\u{1E00}-\u{1FFF}\u{2010}-\u{2027}]/u;
const EAST_ASIAN =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\u{FF00}-\u{FFEF}\u{1F200}-\u{1F2FF}]/u;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const KOREAN = /\p{Script=Hangul}/u;

const packages = createRequire(import.meta.url);
const registered = new Set<string>();
const slicesRead = new Map<EastAsianPackage, ReadonlyMap<number, Font>>();

/** The fonts for `text`, as a canvas takes them. Each is read once, when a text first needs it. `size` is in pixels. */
export function fontFor(text: string, weight: FontWeight, size: number): string {
  return `${weight} ${size}px ${familiesFor(text)}`;
}

/** The names of the fonts for `text`, as they stand in what a canvas takes. Each font is read once, when a text first needs it. */
export function familiesFor(text: string): string {
  const fonts = fontsFor(text);
  for (const font of fonts) register(font);
  return fonts.map(({ family }) => family).join(', ');
}

/** The fonts that `text` needs. The first that has a character draws it. */
export function fontsFor(text: string): readonly Font[] {
  if (!BEYOND_NOTO_SANS.test(text)) return [NOTO_SANS];
  const chosen = CHOSEN_FONTS.filter(({ needed }) => needed.test(text));
  return [NOTO_SANS, ...chosen, ...eastAsianFonts(text), LAST_RESORT];
}

/** Whether one of the fonts has the character `codePoint`, which must be one that Unicode has assigned. */
export function canBeDrawn(codePoint: number): boolean {
  if (codePoint <= 0xffff || DRAWN_BEYOND_LAST_RESORT.test(String.fromCodePoint(codePoint))) return true;
  return Object.values(EAST_ASIAN_PACKAGES).some((name) => slicesOf(name).has(codePoint));
}

/** The file that a font of a package is in. @throws Error if the package is not installed. */
export function pathOf(file: string): string {
  return packages.resolve(file);
}

/** For each character the file of the first package that has it: a file is soon read, but a name would need dozens. */
function eastAsianFonts(text: string): readonly Font[] {
  if (!EAST_ASIAN.test(text)) return [];
  const tables = eastAsianOrder(text).map(slicesOf);
  const fonts = Array.from(text, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return tables.find((slices) => slices.has(codePoint))?.get(codePoint);
  });
  return [...new Set(fonts.filter((font) => font !== undefined))];
}

/** Whose way of drawing comes first: the one that the rest of the name speaks for. */
function eastAsianOrder(text: string): readonly EastAsianPackage[] {
  const { chinese, japanese, korean } = EAST_ASIAN_PACKAGES;
  if (JAPANESE.test(text)) return [japanese, chinese, korean];
  if (KOREAN.test(text)) return [korean, chinese, japanese];
  return [chinese, japanese, korean];
}

/** Which characters are in which file of a package. */
function slicesOf(name: EastAsianPackage): ReadonlyMap<number, Font> {
  const known = slicesRead.get(name);
  if (known) return known;
  const slices = readSlices(name);
  slicesRead.set(name, slices);
  return slices;
}

function readSlices(name: EastAsianPackage): ReadonlyMap<number, Font> {
  const ranges: Readonly<Record<string, string>> = packages(`${name}/unicode.json`);
  const slices = new Map<number, Font>();
  for (const [part, characters] of Object.entries(ranges)) {
    // Beside the numbered files are named ones, for Latin and the like, which others draw.
    const slice = /^\[(\d+)\]$/.exec(part)?.[1];
    if (slice === undefined) continue;
    const file = sliceFile(name, Number(slice));
    const font: Font = { family: `pictures-${name.slice(-2)}-${slice}`, files: [file] };
    for (const codePoint of codePointsIn(characters)) slices.set(codePoint, font);
  }
  return slices;
}

/** The characters of a CSS `unicode-range`: "U+20,U+4E00-4E05". */
function codePointsIn(ranges: string): number[] {
  return ranges.split(',').flatMap((range) => {
    const [first = 0, last = first] = range
      .replace('U+', '')
      .split('-')
      .map((hex) => Number.parseInt(hex, 16));
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function register({ family, files }: Font): void {
  if (registered.has(family)) return;
  for (const file of files) {
    const path = pathOf(file);
    const key = file.endsWith('.woff')
      ? GlobalFonts.register(unpackWoff(readFileSync(path)), family)
      : GlobalFonts.registerFromPath(path, family);
    if (key === null) throw new Error(`The font ${file} cannot be read`);
  }
  registered.add(family);
}
