import { describe, expect, test } from '@jest/globals';
import { type CommunityEvent, toEventId, toScheduledEventId } from '../../domain/events.ts';
import { toChannelId, toGuildId } from '../../domain/ids.ts';
import { eventCalendar } from '../../views/event-calendar.ts';

const EVENT: CommunityEvent = {
  ...{ guildId: toGuildId('1180000000000000001'), eventId: toEventId('monday-2026-11-23'), kind: 'workshop' },
  ...{ title: 'Shaders, from scratch; part 1', description: 'Line one\nEND:VEVENT\nBEGIN:VEVENT' },
  ...{ startsAt: Date.parse('2026-11-23T19:00:00+01:00'), endsAt: Date.parse('2026-11-23T20:30:00+01:00') },
  ...{ place: { kind: 'link', link: 'https://meet.example/a?b=c' }, capacity: null, hostId: null },
  ...{ picture: null, state: 'open', createdBy: null, slot: null, revision: 3, beganAt: null, endedAt: null },
  ...{ scheduledEventId: toScheduledEventId('1500000000000000001'), channelId: null },
  ...{ announcementId: null, threadId: null },
};

/** The lines of a file, with those put together again that were folded (RFC 5545, 3.1). */
function linesOf(event: CommunityEvent): string[] {
  return eventCalendar(event, Date.parse('2026-11-20T08:00:00Z'))
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n');
}

describe('the file for a calendar', () => {
  test('has the event in UTC, by an id that stays and a number that grows', () => {
    expect(linesOf(EVENT)).toEqual(
      expect.arrayContaining([
        'BEGIN:VCALENDAR',
        'UID:monday-2026-11-23@1180000000000000001',
        'SEQUENCE:3',
        'DTSTAMP:20261120T080000Z',
        'DTSTART:20261123T180000Z',
        'DTEND:20261123T193000Z',
        String.raw`SUMMARY:Shaders\, from scratch\; part 1`,
        'LOCATION:https://meet.example/a?b=c',
        'URL;VALUE=URI:https://discord.com/events/1180000000000000001/1500000000000000001',
      ]),
    );
  });

  test('has one event, whatever stands in its words', () => {
    expect(linesOf(EVENT).filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
  });

  test('leads to the channel in which members meet', () => {
    const place = { kind: 'channel', channelId: toChannelId('1200000000000000001') } as const;
    expect(linesOf({ ...EVENT, place, scheduledEventId: null })).toContain(
      'LOCATION:https://discord.com/channels/1180000000000000001/1200000000000000001',
    );
  });
});
