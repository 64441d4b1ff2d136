import { describe, expect, test } from '@jest/globals';
import { type CommunityEvent, EVENT_DESCRIPTION_LENGTH, toEventId } from '../../domain/events.ts';
import { toChannelId, toGuildId } from '../../domain/ids.ts';
import {
  changesSeen,
  describeOnDiscord,
  eventNamedIn,
  type SeenScheduledEvent,
} from '../../domain/scheduled-events.ts';

const HOUR_MS = 3_600_000;
const startsAt = Date.parse('2026-11-26T19:00:00Z');
const channel = { kind: 'channel', channelId: toChannelId('1300000000000000002') } as const;
const other = { kind: 'channel', channelId: toChannelId('1300000000000000003') } as const;
const link = { kind: 'link', link: 'https://meet.example/tixl' } as const;

const event: CommunityEvent = {
  ...{ guildId: toGuildId('1300000000000000001'), eventId: toEventId('advanced-2026-11-23') },
  ...{ kind: 'workshop', title: 'Shaders', description: 'Bring a laptop', place: channel, state: 'open' },
  ...{ startsAt, endsAt: startsAt + HOUR_MS, capacity: null, hostId: null, picture: null, createdBy: null },
  ...{ slot: null, revision: 0, beganAt: null, endedAt: null },
  ...{ scheduledEventId: null, channelId: null, announcementId: null, threadId: null },
};
const seen: SeenScheduledEvent = {
  ...{ title: event.title, description: describeOnDiscord(event), startsAt, endsAt: event.endsAt },
  ...{ place: channel, hasBegun: false },
};

describe('the line by which a scheduled event is known', () => {
  test.each([
    ['below words', 'Bring a laptop'],
    ['below no words', ''],
    ['below words that look like one', 'Event 1300000000000000009'],
  ])('is the last one, %s', (_, description) => {
    const described = describeOnDiscord({ ...event, description });
    expect(eventNamedIn(described)).toBe(event.eventId);
    expect(changesSeen({ ...event, description }, { ...seen, description: described })).toEqual({});
  });

  test.each([undefined, null, '', 'Event', 'Event Horizon', 'Event abc\nand more', 'Events abc'])(
    'is not in %p',
    (text) => expect(eventNamedIn(text)).toBeUndefined(),
  );

  test('leaves room for the longest description and id', () => {
    const longest = { eventId: toEventId('a'.repeat(60)), description: 'x'.repeat(EVENT_DESCRIPTION_LENGTH) };
    expect(describeOnDiscord(longest).length).toBeLessThanOrEqual(1_000);
  });
});

describe('what somebody has changed on Discord', () => {
  test.each<[string, Partial<SeenScheduledEvent>, object]>([
    ['nothing', {}, {}],
    ['less than a second', { startsAt: startsAt + 999 }, {}],
    ['the title', { title: ' Shaders II ' }, { title: 'Shaders II' }],
    ['the description', { description: 'Bring two' }, { description: 'Bring two' }],
    ['the place', { place: link }, { place: link }],
    ['the channel', { place: other }, { place: other }],
    ['the end', { endsAt: startsAt + 2 * HOUR_MS }, { endsAt: startsAt + 2 * HOUR_MS }],
    ['no end is shown', { endsAt: null }, {}],
    [
      'the start alone, in a channel: it lasts as long as before',
      { startsAt: startsAt + HOUR_MS },
      { startsAt: startsAt + HOUR_MS, endsAt: startsAt + 2 * HOUR_MS },
    ],
    ['the start of what has begun, which Discord notes by itself', { startsAt: 0, hasBegun: true }, {}],
  ])('is taken over: %s', (_, change, changes) => {
    expect(changesSeen(event, { ...seen, ...change })).toEqual(changes);
  });

  test('of an event elsewhere is taken as it stands, for Discord shows its end', () => {
    const elsewhere = { ...event, place: link };
    const moved = { ...seen, place: link, startsAt: startsAt + HOUR_MS / 2 };
    expect(changesSeen(elsewhere, moved)).toEqual({ startsAt: startsAt + HOUR_MS / 2 });
  });

  test('is cut where ours is shorter', () => {
    const { description = '' } = changesSeen(event, { ...seen, description: 'x'.repeat(1_000) });
    expect(description).toHaveLength(EVENT_DESCRIPTION_LENGTH);
  });
});
