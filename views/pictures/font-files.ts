/**
 * The fonts of pictures. All come from packages, so that a name looks the same on every machine. To add a script is a line
 * in `SCRIPTS` and a package.
 */

/** One family, in one file for all weights or in one for each. */
export interface Font {
  readonly family: string;
  /** As one imports a file of a package. */
  readonly files: readonly string[];
}

/** A font, and which texts need it. */
export interface ChosenFont extends Font {
  readonly needed: RegExp;
}

/** Latin, Cyrillic, Greek and Devanagari. In whole files, since a letter and the marks on it must come from one. */
export const NOTO_SANS: Font = {
  family: 'pictures-sans',
  files: [
    '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
    '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
    '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  ],
};

/**
 * Scripts with a font of their own, as Unicode names them: what it recommends for names (UAX #31, table 5), Adlam, and
 * those that many decorate their names with.
 */
const SCRIPTS = [
  ...['Adlam', 'Arabic', 'Armenian', 'Bengali', 'Canadian_Aboriginal', 'Cherokee', 'Ethiopic', 'Georgian'],
  ...['Gujarati', 'Gurmukhi', 'Hebrew', 'Javanese', 'Kannada', 'Khmer', 'Lao', 'Malayalam', 'Myanmar'],
  ...['Oriya', 'Sinhala', 'Tamil', 'Telugu', 'Thaana', 'Thai'],
];

/** The fonts that some texts need, in the order in which they are asked for a character. */
export const CHOSEN_FONTS: readonly ChosenFont[] = [
  ...SCRIPTS.map(scriptFont),
  {
    family: 'pictures-tibetan',
    needed: /\p{Script_Extensions=Tibetan}/u,
    files: [variableFile('noto-serif-tibetan', 'tibetan')],
  },
  {
    family: 'pictures-hieroglyphs',
    needed: /\p{Script=Egyptian_Hieroglyphs}/u,
    files: [staticFile('noto-sans-egyptian-hieroglyphs', 'egyptian-hieroglyphs')],
  },
  // Before the symbols, among which are the first halves of some emoji.
  {
    family: 'pictures-emoji',
    needed: /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u{FE0F}|\u{20E3}/u,
    files: ['@expo-google-fonts/noto-color-emoji/400Regular/NotoColorEmoji_400Regular.ttf'],
  },
  // Letters in another style, such as 𝓐 and 𝔸: many names are written in them.
  {
    family: 'pictures-math',
    needed: /[\p{Math}--\p{ASCII}]/v,
    files: [staticFile('noto-sans-math', 'latin')],
  },
  {
    family: 'pictures-symbols',
    needed: /[[\p{S}\p{No}]--\p{ASCII}]/v,
    files: [variableFile('noto-sans-symbols', 'symbols')],
  },
  {
    family: 'pictures-symbols-2',
    needed: /[[\p{S}\p{P}\p{No}]--\p{ASCII}]/v,
    files: [staticFile('noto-sans-symbols-2', 'symbols')],
  },
];

/** Chinese, Korean and Japanese share characters and draw them differently. Each package is cut into some hundred files. */
export const EAST_ASIAN_PACKAGES = {
  chinese: '@fontsource-variable/noto-sans-sc',
  japanese: '@fontsource-variable/noto-sans-jp',
  korean: '@fontsource-variable/noto-sans-kr',
} as const;

/** The package of one way to draw East Asian characters. */
export type EastAsianPackage = (typeof EAST_ASIAN_PACKAGES)[keyof typeof EAST_ASIAN_PACKAGES];

/** The file of an East Asian package with the number that its `unicode.json` gives it. */
export function sliceFile(name: EastAsianPackage, slice: number): string {
  return `${name}/files/${name.replace('@fontsource-variable/', '')}-${slice}-wght-normal.woff2`;
}

/** Has every character up to U+FFFF, if not beautifully: none of them is drawn as an empty box. */
export const LAST_RESORT: Font = { family: 'pictures-unifont', files: [staticFile('unifont', 'latin')] };

/** What the fonts have beyond U+FFFF, where the last resort ends; beside East Asian characters, whose packages say it. */
export const DRAWN_BEYOND_LAST_RESORT =
  /[\p{Script=Adlam}\u{13000}-\u{1342F}\u{1D400}-\u{1D7FF}\u{1F000}-\u{1F1FF}\u{1F300}-\u{1F6FF}\p{Emoji}]/u;

function scriptFont(script: string): ChosenFont {
  const name = script.toLowerCase().replaceAll('_', '-');
  return {
    family: `pictures-${name}`,
    needed: new RegExp(`\\p{Script_Extensions=${script}}`, 'u'),
    files: [variableFile(`noto-sans-${name}`, name)],
  };
}

/** A file with all weights. */
function variableFile(font: string, part: string): string {
  return `@fontsource-variable/${font}/files/${font}-${part}-wght-normal.woff2`;
}

/** A file with the regular weight alone. Of the two kinds that there are, the one that `woff.ts` unpacks. */
function staticFile(font: string, part: string): string {
  return `@fontsource/${font}/files/${font}-${part}-400-normal.woff`;
}
