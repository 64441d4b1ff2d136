import { describe, expect, test } from '@jest/globals';
import { checkInRefusal, requiredPresenceMs } from '../../domain/event-attendance.ts';
import type { EventPlace, EventState } from '../../domain/events.ts';
import { toChannelId } from '../../domain/ids.ts';

const MINUTE = 60_000;
const startsAt = Date.parse('2026-11-23T18:00:00Z');
const link: EventPlace = { kind: 'link', link: 'https://tixl.app/live' };
const channel: EventPlace = { kind: 'channel', channelId: toChannelId('1300000000000000001') };

describe('checking in', () => {
  test.each<[string, EventState, number, EventPlace, ReturnType<typeof checkInRefusal>]>([
    ['before the start', 'open', -1, link, 'too early'],
    ['at the start', 'open', 0, link, undefined],
    ['before the planned start of what has begun', 'live', -5 * MINUTE, link, undefined],
    ['while it goes on for longer', 'live', 90 * MINUTE, link, undefined],
    ['after the end', 'over', 60 * MINUTE, link, 'over'],
    ['when all is told', 'closed', 60 * MINUTE, link, 'over'],
    ['at what was cancelled', 'cancelled', 0, link, 'cancelled'],
    ['at what was never there', 'refused', 0, link, 'cancelled'],
    ['in a voice channel', 'live', 0, channel, 'not needed'],
    ['in a voice channel, after the end', 'over', 60 * MINUTE, channel, 'over'],
  ])('%s', (_, state, sinceStart, place, refusal) => {
    expect(checkInRefusal({ place, state, startsAt }, startsAt + sinceStart)).toBe(refusal);
  });
});

describe('how long one must have been there', () => {
  const rule = (minutes: number, attendedPercent: number) => ({
    ...{ beganAt: startsAt, endedAt: startsAt + minutes * MINUTE, attendedPercent },
    feedbackUntil: startsAt,
  });
  const event = { startsAt, endsAt: startsAt + 60 * MINUTE };

  test.each([
    ['half of an hour', 60, 50, 30],
    ['no more, if it went on for two', 120, 50, 30],
    ['half of what it took, if that was shorter', 20, 50, 10],
    ['all of it', 60, 100, 60],
    ['nothing of what took no time', 0, 50, 0],
    ['nothing of what ended before it began', -5, 50, 0],
  ])('%s', (_, minutes, percent, expected) => {
    expect(requiredPresenceMs(event, rule(minutes, percent))).toBe(expected * MINUTE);
  });
});
