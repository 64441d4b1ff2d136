import { describe, expect, test } from '@jest/globals';
import { differencesFrom, problemWith, refusalOf } from '../../domain/event-changes.ts';
import { type CommunityEvent, type EventChange, toEventId } from '../../domain/events.ts';
import { toChannelId, toGuildId, toMemberId } from '../../domain/ids.ts';

const HOUR_MS = 3_600_000;
const now = Date.parse('2026-11-23T12:00:00Z');
const startsAt = now + 24 * HOUR_MS;
const by = toMemberId('1300000000000000001');
const place = { kind: 'channel', channelId: toChannelId('1300000000000000002') } as const;

const event: CommunityEvent = {
  ...{ guildId: toGuildId('1300000000000000003'), eventId: toEventId('one'), kind: 'workshop' },
  ...{ title: 'Shaders', description: '', place, state: 'open', startsAt, endsAt: startsAt + HOUR_MS },
  ...{ capacity: 10, hostId: null, picture: null, createdBy: null, slot: null, revision: 0 },
  ...{ beganAt: null, endedAt: null },
  ...{ scheduledEventId: null, channelId: null, announcementId: null, threadId: null },
};

describe('a change', () => {
  test.each<EventChange>([
    { by },
    { by, startsAt, endsAt: startsAt + 1, capacity: null, hostId: by },
    { by, place, capacity: 1 },
    { by, place: { kind: 'link', link: 'https://meet.example' } },
  ])('can be asked for: %j', (change) => expect(problemWith(change, now)).toBeUndefined());

  test.each<[unknown, RegExp]>([
    [undefined, /expected by/],
    [{ by: '1' }, /expected by/],
    [{ by, draftId: 'mine' }, /expected draftId/],
    [{ by, hostId: null }, /expected hostId/],
    [{ by, capacity: 1.5 }, /expected a capacity/],
    [{ by, capacity: '3' }, /expected a capacity/],
    [{ by, place: null }, /expected a place/],
    [{ by, place: { kind: 'channel', channelId: 'Lounge' } }, /expected a place/],
    [{ by, startsAt: now }, /startsAt is in the past/],
    [{ by, endsAt: now }, /endsAt is in the past/],
    [{ by, endsAt: Number.NaN }, /expected endsAt/],
    [{ by, startsAt, endsAt: startsAt }, /ends before it starts/],
  ])('cannot be asked for: %j', (change, problem) =>
    expect(problemWith(change as EventChange, now)).toMatch(problem),
  );

  test.each([
    [{}, 0, undefined],
    [{ startsAt: startsAt + HOUR_MS / 2 }, 0, undefined],
    [{ startsAt: now }, 0, { kind: 'in the past' }],
    [{ endsAt: now }, 0, { kind: 'in the past' }],
    [{ startsAt: event.endsAt }, 0, { kind: 'ends before it starts' }],
    [{ endsAt: startsAt }, 0, { kind: 'ends before it starts' }],
    [{ capacity: 5 }, 5, undefined],
    [{ capacity: 5 }, 6, { kind: 'capacity too low', going: 6 }],
    [{ capacity: null }, 60, undefined],
    // More have said that they go than there are places now, and that is not what changes.
    [{ title: 'Other' }, 60, undefined],
  ])('%j with %d going comes to %j', (changes, going, refusal) =>
    expect(refusalOf(event, changes, going, now)).toEqual(refusal),
  );

  test('of the start of what has begun comes too late; its end can still be moved', () => {
    const live = { ...event, state: 'live' } as const;
    expect(refusalOf(live, { startsAt: startsAt + 1 }, 0, now)).toEqual({ kind: 'in the past' });
    expect(refusalOf(live, { endsAt: event.endsAt + 1 }, 0, startsAt + 1)).toBeUndefined();
  });

  test('is what differs', () => {
    const same = { title: 'Shaders', place: { channelId: place.channelId, kind: 'channel' } as const };
    expect(differencesFrom(event, { ...same, capacity: undefined, hostId: null })).toEqual({});
    expect(differencesFrom(event, { ...same, capacity: null, hostId: by })).toEqual({
      capacity: null,
      hostId: by,
    });
  });
});
