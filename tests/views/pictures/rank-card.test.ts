import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toMemberId } from '../../../domain/ids.ts';
import type { RankCard } from '../../../domain/rank.ts';
import { DENSITY } from '../../../views/pictures/drawing.ts';
import {
  achievementBox,
  RANK_CARD_LAYOUT as LAYOUT,
  rankCardPicture,
} from '../../../views/pictures/rank-card.ts';
import { readable, THEME } from '../../../views/pictures/theme.ts';
import { readPicture, without } from '../../support/picture.ts';
import { HOSTILE_NAMES, NAMES_BY_SCRIPT } from './names-in-every-script.ts';

const GREEN = '#2ecc71';
const card = {
  memberId: toMemberId('1300000000000000001'),
  name: 'Alma',
  points: '344.5',
  place: 12,
  members: 533,
  badge: { label: 'Helper', emoji: '🤝', color: 0x2ecc71 },
  achievements: [
    { emoji: '👋', label: 'First Steps', earned: true },
    { emoji: '🐛', label: 'Bug Hunter', earned: false },
    { emoji: '📝', label: 'Content Creator', earned: true },
  ],
} satisfies RankCard;

/** What a name may change: all else stays as it is. */
const placesOfName = [LAYOUT.name, LAYOUT.disc];
const usualWithoutName = await without(await rankCardPicture(card), placesOfName);

function withPoints(points: number): RankCard {
  return { ...card, progress: { label: 'Expert', from: 250, to: 500, points } };
}

/** How much of the bar is filled, from 0 to 1. */
async function filledShare(shown: RankCard): Promise<number> {
  const { x, y, width, height } = LAYOUT.progress;
  const picture = await readPicture(await rankCardPicture(shown));
  const middle = picture.within({ x, y: y + height / 2, width, height: 1 / DENSITY });
  const green = [0x2e, 0xcc, 0x71];
  const isGreen = (pixel: number) => green.every((channel, index) => middle[pixel * 4 + index] === channel);
  return (
    Array.from({ length: width * DENSITY }, (_, pixel) => isGreen(pixel)).filter(Boolean).length /
    (width * DENSITY)
  );
}

describe('a rank card', () => {
  test('is the same for the same member, and another for another name', async () => {
    const picture = await rankCardPicture(card);
    expect(await rankCardPicture(card)).toEqual(picture);
    expect(await rankCardPicture({ ...card, name: 'Alme' })).not.toEqual(picture);
  });

  test.each(Object.entries({ ...NAMES_BY_SCRIPT, ...HOSTILE_NAMES }))(
    'keeps a name in its place: %s',
    async (_what, name) => {
      const picture = await without(await rankCardPicture({ ...card, name }), placesOfName);
      expect(picture.equals(usualWithoutName)).toBe(true);
    },
  );

  test.each([
    [250, 0],
    [312.5, 0.25],
    [499, 0.996],
  ])('with %d of 250 to 500 points is filled to %d', async (points, share) => {
    expect(await filledShare(withPoints(points))).toBeCloseTo(share, 1);
  });

  test('shows the first point of the way, and no more than the whole of it', async () => {
    expect(await filledShare(withPoints(250.1))).toBeGreaterThan(0.01);
    expect(await filledShare(withPoints(9000))).toBeGreaterThan(0.98);
    expect(await filledShare(withPoints(-5))).toBe(0);
  });

  test('is full for who has the last badge', async () => {
    expect(await filledShare(card)).toBeGreaterThan(0.98);
  });

  test('frames what is earned in the badge’s colour, and nothing else', async () => {
    const picture = await readPicture(await rankCardPicture(card));
    const edges = card.achievements.map((_, index) => {
      const { x, y, width } = achievementBox(index);
      return picture.within({ x: x + width / 2, y, width: 1, height: 1 });
    });
    const bright = edges.map((edge) => Math.max(...Array.from(edge.subarray(0, 3))) > 150);
    expect(bright).toEqual([true, false, true]);
  });

  test('keeps long labels in their places', async () => {
    const long = 'Label that goes on and on and on and on and on and on';
    const mayDiffer = [LAYOUT.badge, achievementBox(0), LAYOUT.points];
    const [first, ...others] = card.achievements;
    const longCard: RankCard = {
      ...card,
      points: '1,234,567,890.5',
      badge: { ...card.badge, label: long },
      achievements: [{ ...first, emoji: '👋', earned: true, label: long }, ...others],
    };
    const usual = await without(await rankCardPicture(card), mayDiffer);
    expect((await without(await rankCardPicture(longCard), mayDiffer)).equals(usual)).toBe(true);
  });

  test('leaves out an emoji that only Discord can draw', async () => {
    const ofGuild = { ...card, badge: { ...card.badge, emoji: '<:tixl:1300000000000000009>' } };
    const without = { ...card, badge: { ...card.badge, emoji: '' } };
    expect(await rankCardPicture(ofGuild)).toEqual(await rankCardPicture(without));
  });

  test('needs no badge', async () => {
    const { badge: _, ...withoutBadge } = card;
    const picture = await readPicture(
      await rankCardPicture({ ...withoutBadge, progress: { label: 'First', from: 0, to: 10, points: 0 } }),
    );
    const bytes = picture.within({ ...LAYOUT.badge, height: 2 });
    expect(Math.max(...bytes.filter((_byte, index) => index % 4 < 3))).toBeLessThan(40);
  });

  test('needs no achievements', async () => {
    const picture = await readPicture(await rankCardPicture({ ...card, achievements: [] }));
    expect(picture.height).toBe(LAYOUT.heading.y);
  });
});

describe('the colour of a badge', () => {
  test('stays as it is where it can be read', () => {
    expect(readable(0x2ecc71)).toBe(GREEN);
  });

  test('is made light enough to be read on a picture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (color) => {
        expect(contrast(readable(color), THEME.backgroundEnd)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});

/** Source of the rule: WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const weights = [0.2126, 0.7152, 0.0722];
  return weights.reduce((sum, weight, index) => {
    const share = Number.parseInt(color.slice(1 + 2 * index, 3 + 2 * index), 16) / 255;
    return sum + weight * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
  }, 0);
}
