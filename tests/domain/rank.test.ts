import { beforeAll, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toMemberId } from '../../domain/ids.ts';
import { rankCardOf } from '../../domain/rank.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import type { MemberStanding } from '../../domain/standing.ts';

const memberId = toMemberId('1300000000000000002');
const looks = { name: 'Ada', badgeColor: () => 0x123456 };
let settings: RecognitionSettings;

beforeAll(async () => {
  settings = (await loadConfig([COMMUNITY_FILE])).recognition;
});

function standingWith(tenths: number, badge: string): MemberStanding {
  const all = { tenths, place: { place: 2, of: 7 } };
  const badges = [{ name: badge, at: 0 }];
  const achievements = [{ name: 'bug-hunter', at: 0 }];
  return { memberId, points: { all, month: { tenths }, week: { tenths } }, badges, achievements };
}

test('a card has the place, the badge in its colour, the way to the next, and what is earned of all there is', () => {
  expect(rankCardOf(standingWith(1_255, 'contributor'), looks, settings)).toEqual({
    ...{ memberId, name: 'Ada', points: '125.5', place: 2, members: 7 },
    badge: { label: 'Contributor', emoji: '⭐', color: 0x123456 },
    progress: { label: 'Helper', from: 100, to: 250, points: 125.5 },
    achievements: [
      { label: 'First Steps', emoji: '👋', earned: false },
      { label: 'Helpful Hand', emoji: '🤝', earned: false },
      { label: 'Bug Hunter', emoji: '🐛', earned: true },
      { label: 'Content Creator', emoji: '📝', earned: false },
      { label: 'Event Organizer', emoji: '🎯', earned: false },
    ],
  });
});

test('a card has no way where the last badge is reached, and no badge where none is held', () => {
  const last = rankCardOf(standingWith(30_000, 'taken-out'), looks, settings);
  expect(last).not.toHaveProperty('progress');
  expect(last).not.toHaveProperty('badge');
});

test('who has no place has no card', () => {
  const standing = standingWith(10, 'newcomer');
  const hidden = { ...standing, points: { ...standing.points, all: { tenths: 10 } } };
  expect(rankCardOf(hidden, looks, settings)).toBeUndefined();
});
