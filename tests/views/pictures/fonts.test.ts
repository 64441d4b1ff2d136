import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { createCanvas } from '@napi-rs/canvas';
import * as fontkit from 'fontkit';
import {
  CHOSEN_FONTS,
  EAST_ASIAN_PACKAGES,
  type Font,
  LAST_RESORT,
  NOTO_SANS,
} from '../../../views/pictures/font-files.ts';
import { canBeDrawn, fontFor, fontsFor, pathOf } from '../../../views/pictures/fonts.ts';
import { charactersOf, displayName } from '../../../views/pictures/names.ts';
import { NAMES_BY_SCRIPT } from './names-in-every-script.ts';

/** A character that is no font's: it is drawn as an empty box. */
const WITHOUT_GLYPH = '\u{10FFFD}';
/** What is not drawn by itself, and what a picture never gets to draw. */
const NOT_SHOWN = /[\p{Cn}\p{Cc}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\p{White_Space}]/u;
const charactersIn = new Map<string, ReadonlySet<number>>();

/** The characters that a font has, by its own table: what a machine has installed does not help. */
function charactersOfFont(font: Font): ReadonlySet<number> {
  const known = charactersIn.get(font.family);
  if (known) return known;
  const read = new Set(font.files.flatMap(charactersOfFile));
  charactersIn.set(font.family, read);
  return read;
}

function charactersOfFile(file: string): number[] {
  const font = fontkit.openSync(pathOf(file));
  return 'characterSet' in font ? font.characterSet : [];
}

function hasGlyph(text: string, codePoint: number): boolean {
  return fontsFor(text).some((font) => charactersOfFont(font).has(codePoint));
}

function pictureOf(text: string): Buffer {
  const canvas = createCanvas(80, 60);
  const pen = canvas.getContext('2d');
  pen.font = fontFor(text, 600, 30);
  pen.fillText(text, 10, 40);
  return canvas.data();
}

describe('the fonts of pictures', () => {
  test('are the packages that the project depends on', async () => {
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
    const files = [NOTO_SANS, ...CHOSEN_FONTS, LAST_RESORT].flatMap((font) => font.files);
    const used = files.map((file) => file.split('/').slice(0, 2).join('/'));
    const fonts = Object.keys(dependencies).filter((name) => /^@(fontsource|expo-google-fonts)/.test(name));
    expect(new Set([...used, ...Object.values(EAST_ASIAN_PACKAGES)])).toEqual(new Set(fonts));
  });

  test('have each character that a picture says it can draw', () => {
    const without: string[] = [];
    for (let codePoint = 0x20; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (NOT_SHOWN.test(character) || !canBeDrawn(codePoint)) continue;
      if (!hasGlyph(character, codePoint)) without.push(`U+${codePoint.toString(16)}`);
    }
    expect(without).toEqual([]);
  });

  test.each(Object.entries(NAMES_BY_SCRIPT))('draw %s without an empty box', (_script, name) => {
    const box = pictureOf(WITHOUT_GLYPH);
    for (const character of charactersOf(displayName(name)).filter((part) => part.trim() !== '')) {
      const picture = pictureOf(character);
      expect({ character, isBox: picture.equals(box) }).toEqual({ character, isBox: false });
      expect({ character, isEmpty: picture.every((byte) => byte === 0) }).toEqual({
        character,
        isEmpty: false,
      });
    }
  });

  test('draw an emoji of several characters as one', () => {
    const pen = createCanvas(1, 1).getContext('2d');
    const widthOf = (text: string) => {
      pen.font = fontFor(text, 600, 30);
      return pen.measureText(text).width;
    };
    for (const emoji of ['👩🏽‍🚀', '🇩🇪', '👨‍👩‍👧‍👦', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴‍☠️', '👍🏿']) {
      expect({ emoji, width: widthOf(emoji) }).toEqual({ emoji, width: widthOf('😀') });
    }
  });

  test('draw a character that three languages share as the rest of the name says', () => {
    const familiesOf = (text: string) => fontsFor(text).map(({ family }) => family.slice(0, 11));
    expect(familiesOf('直かな')[1]).toBe('pictures-jp');
    expect(familiesOf('直한국')[1]).toBe('pictures-kr');
    expect(familiesOf('直')[1]).toBe('pictures-sc');
  });

  test('are one font for most names', () => {
    expect(fontsFor('Łukasz Ünal – Ђорђе')).toEqual([NOTO_SANS]);
  });
});
