import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../domain/delivery.ts';
import { toChannelId, toMemberId, toMessageId } from '../../domain/ids.ts';
import {
  type OnboardingStatus,
  onboardingRefuses,
  onboardingStatus,
  resendAnswer,
  stopAnswer,
} from '../../views/onboarding-status.ts';

const memberId = toMemberId('1300000000000000002');
const open: OnboardingStatus = {
  memberId,
  joinedAt: Date.parse('2026-11-16T10:00:00.999Z'),
  workflowId: 'onboarding/1/2/3',
  namespace: 'tixl-community',
  state: 'guiding',
  variant: 'standard',
  steps: [
    { step: 'welcome', result: 'done', role: 'refused: the role was deleted' },
    { step: 'guide', result: 'not needed: introduced' },
  ],
  next: 'roles',
  deeds: ['introduced'],
};

const descriptionOf = (status: OnboardingStatus) => onboardingStatus(status).embeds?.[0]?.description ?? '';

describe('the status of an onboarding', () => {
  test('says who, where it stands, what was done, what is next, and where to look further', () => {
    expect(descriptionOf(open).split('\n')).toEqual([
      `<@${memberId}>: **guiding**`,
      'Joined: <t:1794823200:f>',
      'Variant: standard',
      'Has done: introduced',
      'Next step: roles',
      'In the Temporal UI: `/namespaces/tixl-community/workflows/onboarding%2F1%2F2%2F3`',
      '',
      '__Steps__',
      '- welcome: done, role refused: the role was deleted',
      '- guide: not needed: introduced',
    ]);
  });

  test('says of one that is over how it ended, and not what is next', () => {
    const { next: _next, deeds: _deeds, ...rest } = open;
    const description = descriptionOf({ ...rest, state: 'timed out', steps: [] });
    expect(description).toContain('**timed out**');
    expect(description).toContain('No step so far.');
    expect(description).not.toMatch(/Next step|Has done/);
  });

  test('is cut where reasons are longer than Discord takes', () => {
    const steps = [{ step: 'guide', result: `refused: ${'x'.repeat(5_000)}` } as const];
    expect(descriptionOf({ ...open, steps })).toHaveLength(4_096);
    expect(onboardingRefuses('x'.repeat(5_000))).toHaveLength(2_000);
  });
});

describe('the answers to staff', () => {
  test.each<[Delivery, RegExp]>([
    [
      {
        kind: 'sent',
        channelId: toChannelId('1300000000000000003'),
        messageId: toMessageId('1300000000000000004'),
      },
      /was sent to <@1300000000000000002> again/,
    ],
    [{ kind: 'closed' }, /takes no direct messages/],
    [{ kind: 'gone' }, /has left/],
    [{ kind: 'refused', reason: 'the text is too long' }, /refused the tip: the text is too long/],
  ])('say what became of a tip: $kind', (delivery, expected) => {
    expect(resendAnswer(memberId, delivery)).toMatch(expected);
  });

  test('say how an onboarding ends, which may be otherwise than by them', () => {
    expect(stopAnswer(memberId, 'stopped')).toMatch(/no further tips/);
    expect(stopAnswer(memberId, 'left')).toMatch(/has left/);
    expect(stopAnswer(memberId, 'no tips left')).toMatch(/nothing to stop/);
  });
});
