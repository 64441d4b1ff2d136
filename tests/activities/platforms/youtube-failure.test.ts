import { expect, test } from '@jest/globals';
import { failureOf, failureOfRefusal } from '../../../activities/platforms/youtube-failure.ts';

/** One in the afternoon in California. */
const NOW = Date.UTC(2026, 10, 23, 21);
const MIDNIGHT = Date.UTC(2026, 10, 24, 8);

const refusal = (status: number, reason: string, headers: Record<string, string> = {}) => {
  const message = 'Look at <a href="/docs">the docs</a>.';
  return { status, headers, body: { error: { code: status, message, errors: [{ reason }] } } };
};

test.each([
  ['the quota of the day', refusal(403, 'quotaExceeded'), { kind: 'rate-limited', until: MIDNIGHT }],
  ['its older name', refusal(403, 'dailyLimitExceeded'), { kind: 'rate-limited', until: MIDNIGHT }],
  ["a channel's limit", refusal(400, 'uploadLimitExceeded'), { kind: 'rate-limited', until: MIDNIGHT }],
  [
    'too fast, and nothing said of how long',
    refusal(403, 'userRateLimitExceeded'),
    { kind: 'rate-limited', until: NOW + 60_000 },
  ],
  [
    'too fast, with seconds',
    refusal(429, 'rateLimitExceeded', { 'retry-after': '7' }),
    { kind: 'rate-limited', until: NOW + 7_000 },
  ],
  [
    'too fast, with a date',
    refusal(429, '', { 'retry-after': new Date(NOW + 30_000).toUTCString() }),
    { kind: 'rate-limited', until: NOW + 30_000 },
  ],
  ['out of order', refusal(503, 'backendError'), { kind: 'unknown', reason: 'YouTube answered 503.' }],
  [
    'no token',
    refusal(401, 'authError'),
    { kind: 'authorisation expired', reason: 'YouTube refuses the token of the account.' },
  ],
  [
    'rights that were not given',
    refusal(403, 'insufficientPermissions'),
    { kind: 'authorisation expired', reason: 'YouTube refuses the token of the account.' },
  ],
  [
    'an account without a channel, which another token would not help',
    refusal(401, 'youtubeSignupRequired'),
    { kind: 'rejected', reason: 'The account has no channel on YouTube: open one.' },
  ],
  [
    'whatever else, in its own words without their links',
    refusal(403, 'forbidden'),
    { kind: 'rejected', reason: 'YouTube says: Look at the docs.' },
  ],
  [
    'an answer that is no JSON',
    { status: 418, headers: {}, body: undefined },
    { kind: 'rejected', reason: 'YouTube says: 418' },
  ],
])('%s', (_, answer, outcome) => {
  expect(failureOfRefusal(answer, NOW)).toEqual(outcome);
});

test('what is no failed request is thrown on', () => {
  const mistake = new TypeError('a mistake of ours');
  expect(() => failureOf(mistake, NOW)).toThrow(mistake);
});
