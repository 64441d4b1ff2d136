import { describe, expect, test } from '@jest/globals';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import {
  drawVariant,
  type OnboardingSettings,
  onboardingId,
  parseStopButtonId,
  planOnboarding,
  stepKey,
  stepsOf,
  stopButtonId,
  welcomeStep,
} from '../../domain/onboarding.ts';

const stay = {
  guildId: toGuildId('1300000000000000001'),
  memberId: toMemberId('1300000000000000002'),
  joinedAt: 1_763_800_000_123,
};

const dm = { to: 'dm', text: 'x' } as const;
const embed = { title: 't', description: 'd', color: 'blue', link: 'https://tixl.app', fields: [] } as const;
const channel = { to: 'channel', channel: 'welcome', text: 'x', embed } as const;
const settings: OnboardingSettings = {
  stopButton: 'Stop',
  stopped: 'Stopped',
  alreadyOver: 'Over',
  introductions: 'introductions',
  returnsWithin: '24h',
  completion: { needs: ['introduced'], within: '7d', goalPercent: 60 },
  burst: {
    window: '1m',
    text: 'x',
    embed,
    raid: {
      above: 20,
      calm: '10m',
      channel: 'staff',
      title: 't',
      link: 'https://tixl.app',
      began: 'b',
      over: 'o',
    },
  },
  steps: [
    { ...dm, name: 'later', after: '2m' },
    { ...channel, name: 'again', after: '3m' },
    { ...dm, name: 'sooner', after: '30s', role: 'Newcomer' },
    { ...channel, name: 'hello', after: '1m' },
  ],
  variants: [],
};

describe('onboarding', () => {
  test('has one id for each stay of a member', () => {
    expect(onboardingId(stay)).toBe('onboarding/1300000000000000001/1300000000000000002/1763800000123');
    expect(onboardingId({ ...stay, joinedAt: stay.joinedAt + 1 })).not.toBe(onboardingId(stay));
  });

  test('has a key for each message that stays the same for all stays of a visit', () => {
    const visit = { ...stay, visitBegan: 5 };
    expect(stepKey(visit, 'guide')).toBe(stepKey({ ...visit, joinedAt: 6 }, 'guide'));
    expect(stepKey(visit, 'guide')).not.toBe(stepKey({ ...visit, visitBegan: 6 }, 'guide'));
  });

  test('takes its steps in the order of their times, and the first in a channel for the welcome', () => {
    expect(planOnboarding(settings, stay.memberId)).toEqual({
      variant: 'standard',
      steps: [
        { name: 'sooner', afterMs: 30_000, to: 'dm', givesRole: true, greets: false },
        { name: 'hello', afterMs: 60_000, to: 'channel', givesRole: false, greets: true },
        { name: 'later', afterMs: 120_000, to: 'dm', givesRole: false, greets: false },
        { name: 'again', afterMs: 180_000, to: 'channel', givesRole: false, greets: false },
      ],
      completion: { needs: ['introduced'], withinMs: 604_800_000 },
    });
  });

  test('has one welcome for all variants, whatever their times: those who are gathered are welcomed in its channel', () => {
    const swift = {
      name: 'swift',
      share: 100,
      without: [],
      steps: [{ name: 'again', after: '0s' }],
    } as const;
    const { steps } = planOnboarding({ ...settings, variants: [swift] }, stay.memberId);
    expect(welcomeStep(settings.steps)).toMatchObject({ name: 'hello' });
    expect(steps.map(({ name, greets }) => [name, greets])).toEqual([
      ['again', false],
      ['sooner', false],
      ['hello', true],
      ['later', false],
    ]);
  });

  test('has no welcome where no step is in a channel', () => {
    expect(welcomeStep(settings.steps.filter(({ to }) => to === 'dm'))).toBeUndefined();
  });

  test('knows its stop buttons again', () => {
    expect(parseStopButtonId(stopButtonId(stay.joinedAt, 'getting-started'))).toEqual({
      visitBegan: stay.joinedAt,
      step: 'getting-started',
    });
    expect(parseStopButtonId(stopButtonId(5, 'guide', '17638000001230001'))).toEqual({
      visitBegan: 5,
      step: 'guide',
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
    const longest = stopButtonId(8_640_000_000_000_000, 'x'.repeat(40), '9'.repeat(20));
    expect(longest.length).toBeLessThanOrEqual(100);
  });
});

describe('a variant', () => {
  const patient = {
    name: 'patient',
    share: 30,
    without: ['later'],
    steps: [{ name: 'sooner', after: '5m', text: 'No hurry' }],
  } as const;
  const varied = { ...settings, variants: [patient] };

  test('is the standard flow, but for what it says otherwise', () => {
    expect(stepsOf(varied, 'patient')).toEqual([
      { ...channel, name: 'again', after: '3m' },
      { ...dm, name: 'sooner', after: '5m', text: 'No hurry', role: 'Newcomer' },
      { ...channel, name: 'hello', after: '1m' },
    ]);
  });

  test('that is no longer configured is the standard flow', () => {
    expect(stepsOf(settings, 'patient')).toEqual(settings.steps);
  });

  test('is drawn from the id, always the same for a member', () => {
    const variant = drawVariant(varied, stay.memberId);
    expect(planOnboarding(varied, stay.memberId).variant).toBe(variant);
    expect(drawVariant(varied, stay.memberId)).toBe(variant);
  });
});
