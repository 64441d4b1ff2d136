import { describe, expect, test } from '@jest/globals';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import { onboardingId, parseStopButtonId, planSteps, stopButtonId } from '../../domain/onboarding.ts';

const stay = {
  guildId: toGuildId('1300000000000000001'),
  memberId: toMemberId('1300000000000000002'),
  joinedAt: 1_763_800_000_123,
};

describe('onboarding', () => {
  test('has one id for each stay of a member', () => {
    expect(onboardingId(stay)).toBe('onboarding/1300000000000000001/1300000000000000002/1763800000123');
    expect(onboardingId({ ...stay, joinedAt: stay.joinedAt + 1 })).not.toBe(onboardingId(stay));
  });

  test('takes its steps in the order of their times, whatever order they are written in', () => {
    const step = { to: 'dm', text: 'x' } as const;
    const settings = {
      stopButton: 'Stop',
      stopped: 'Stopped',
      alreadyOver: 'Over',
      steps: [
        { ...step, name: 'later', after: '2m' },
        { ...step, name: 'sooner', after: '30s', role: 'Newcomer' },
      ],
    } as const;
    expect(planSteps(settings)).toEqual([
      { name: 'sooner', afterMs: 30_000, to: 'dm', givesRole: true },
      { name: 'later', afterMs: 120_000, to: 'dm', givesRole: false },
    ]);
  });

  test('knows its stop buttons again', () => {
    expect(parseStopButtonId(stopButtonId(stay.joinedAt, 'getting-started'))).toEqual({
      joinedAt: stay.joinedAt,
    });
  });

  test.each([
    'onboarding/stop',
    'onboarding/stop//guide',
    'onboarding/stop/12a/guide',
    'onboarding/stop/-5/guide',
    'onboarding/stop/99999999999999999/guide',
    'onboarding/stop/5/guide/more',
    'event/stop/5/guide',
    '',
  ])('takes %p for none of its buttons', (customId) => {
    expect(parseStopButtonId(customId)).toBeUndefined();
  });

  test('has stop buttons that Discord takes: at most 100 characters', () => {
    expect(stopButtonId(8_640_000_000_000_000, 'x'.repeat(40)).length).toBeLessThanOrEqual(100);
  });
});
