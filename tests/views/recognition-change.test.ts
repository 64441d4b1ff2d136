import { beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toInteractionId, toMemberId } from '../../domain/ids.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import type { RecognitionChange } from '../../domain/recognition-change.ts';
import {
  auditMessage,
  auditProblem,
  changeAnswer,
  entryChoice,
  refusalAnswer,
} from '../../views/recognition-change.ts';

const memberId = toMemberId('1300000000000000002');
const staffId = toMemberId('1300000000000000003');
const entry = { id: '12', tenths: 375 };
const outcome = { kind: 'done', memberId, total: 1_000, entry } as const;
let settings: RecognitionSettings;

beforeAll(async () => {
  settings = (await loadConfig([COMMUNITY_FILE])).recognition;
});

describe('what has changed', () => {
  test.each<[RecognitionChange, string]>([
    [{ kind: 'award', memberId, points: 37.5 }, '**+37.5** points (entry 12)'],
    [
      { kind: 'award action', memberId, action: 'tutorial-created', quality: 5 },
      '**+37.5** points (entry 12) for `tutorial-created`, quality 5',
    ],
    [{ kind: 'reverse', entryId: '7' }, '**+37.5** points (entry 12), which reverses entry 7'],
    [
      { kind: 'give achievement', memberId, achievement: 'bug-hunter' },
      'the achievement 🐛 **Bug Hunter**, **+37.5** points (entry 12)',
    ],
  ])('%p', (change, said) => {
    expect(changeAnswer(change, outcome, settings)).toBe(`<@${memberId}>: ${said}. All points now: **100**.`);
  });

  test('is shown with who and why: in red if it takes, in gold if it gives', () => {
    const shown = (tenths: number) => {
      const change = { kind: 'revoke', memberId, points: 1 } as const;
      const audited = { interactionId: toInteractionId('1300000000000000009'), staffId, change };
      const done = { ...outcome, entry: { id: '12', tenths } };
      return auditMessage(
        { ...audited, reason: 'one\ntwo', outcome: done },
        settings,
        'mark',
        'https://x.test',
      );
    };
    const { marker, body } = shown(-10);
    expect([marker, body.embeds?.[0]?.url]).toEqual(['mark', 'https://x.test#mark']);
    expect(body.embeds?.[0]?.description?.split('\n')).toEqual([
      `<@${staffId}> → <@${memberId}>`,
      '**-1** points (entry 12)',
      '> one',
      '> two',
    ]);
    expect([shown(-10), shown(10)].map((message) => message.body.embeds?.[0]?.color)).toEqual([
      0xe74c3c, 0xf1c40f,
    ]);
    expect(body.allowed_mentions).toEqual({ parse: [] });
  });
});

test('a refusal says what would be taken', () => {
  expect(refusalAnswer('too many points', settings)).toMatch(/^Nothing was changed: at most 1000 points/);
  expect(refusalAnswer('unknown badge', settings)).toMatch(/None can be given/);
  const points = Object.fromEntries(
    Array.from({ length: 100 }, (_, number) => [`an-action-of-ours-${number}`, 1]),
  );
  expect(refusalAnswer('unknown action', { ...settings, points })).toHaveLength(2_000);
});

test('staff are told where the audit channel does not show it', () => {
  const refused = { kind: 'refused', reason: 'the guild has no channel #audit-log' } as const;
  expect(auditProblem(refused, settings)).toMatch(/could not be shown in #audit-log: the guild has no/);
});

describe('an entry that is offered', () => {
  const at = Date.parse('2026-11-22T14:05:59Z');
  const offered = { memberId, action: 'helpful-answer', cause: 'thanks/1/2', tenths: 50, at };

  test('says how much, to whom, what for and when', () => {
    const names = new Map([[memberId, 'Ada']]);
    expect(entryChoice({ ...offered, id: '12' }, names, settings)).toBe(
      '#12: +5 to Ada, helpful answer, 2026-11-22 14:05 UTC',
    );
    expect(entryChoice({ ...offered, id: '13', tenths: -5 }, new Map(), settings)).toBe(
      `#13: -0.5 to member ${memberId}, helpful answer, 2026-11-22 14:05 UTC`,
    );
  });

  test('fits, however long the name is', () => {
    const names = new Map([[memberId, 'x'.repeat(90)]]);
    expect(entryChoice({ ...offered, id: '12' }, names, settings)).toHaveLength(100);
  });
});
