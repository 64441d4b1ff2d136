import { describe, expect, test } from '@jest/globals';
import type { APIEmbed } from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import { ATTENDEES_PER_PAGE, EVENTS_PER_PAGE, type ListedEvent } from '../../domain/event-lists.ts';
import {
  EVENT_DESCRIPTION_LENGTH,
  EVENT_TITLE_LENGTH,
  type EventState,
  PLACE_LENGTH,
  toEventId,
  toScheduledEventId,
} from '../../domain/events.ts';
import { toChannelId, toGuildId, toMemberId } from '../../domain/ids.ts';
import { attendeesMessage, eventInfoMessage, eventListMessage } from '../../views/event-lists.ts';
import { loadConfigWith } from '../support/config.ts';

const { events: settings } = await loadConfigWith('{}');

/** As long as it can be, of characters that are shown as they were written. */
const longest: ListedEvent = {
  ...{ guildId: toGuildId('1180000000000000000'), eventId: toEventId('1400000000000000001'), kind: 'ama' },
  ...{ title: '*'.repeat(EVENT_TITLE_LENGTH), description: '_'.repeat(EVENT_DESCRIPTION_LENGTH) },
  ...{ startsAt: Date.parse('2027-06-03T17:00:00Z'), endsAt: Date.parse('2027-06-03T18:00:00Z') },
  place: { kind: 'link', link: `https://meet.example/${'a'.repeat(PLACE_LENGTH - 21)}` },
  ...{
    capacity: 100_000,
    hostId: toMemberId('1400000000000000002'),
    createdBy: null,
    picture: null,
    slot: null,
  },
  ...{ state: 'live', revision: 0, beganAt: null, endedAt: null },
  scheduledEventId: toScheduledEventId('1400000000000000003'),
  ...{ channelId: toChannelId('1400000000000000004'), announcementId: null },
  threadId: toChannelId('1400000000000000005'),
  ...{ going: 100_000, waiting: 100_000, maybe: 100_000 },
};

function lengthOf({ title = '', description = '', footer, fields = [] }: APIEmbed): number {
  const texts = [
    title,
    description,
    footer?.text ?? '',
    ...fields.flatMap(({ name, value }) => [name, value]),
  ];
  return texts.join('').length;
}

describe('lists', () => {
  test('of the longest events fit into a message, none cut off', () => {
    const events = Array.from({ length: EVENTS_PER_PAGE }, () => longest);
    const [embed] = eventListMessage({ events, page: 1, pages: 2 }, settings).embeds ?? [];
    expect(embed?.description?.length).toBeLessThanOrEqual(DISCORD_LIMITS.embedDescription);
    expect(embed?.description?.match(/maybe$/gm)).toHaveLength(EVENTS_PER_PAGE);
  });

  test('say so when there is nothing on', () => {
    const { embeds, components } = eventListMessage({ events: [], page: 1, pages: 1 }, settings);
    expect(embeds?.[0]?.description).toBe('Nothing is planned at the moment.');
    expect(components).toEqual([]);
  });

  test('of attendees fit into a message', () => {
    const attendees = Array.from({ length: ATTENDEES_PER_PAGE }, (_, index) => ({
      memberId: toMemberId(String(1_400_000_000_000_000_000n + BigInt(index))),
      state: (['attended', 'going', 'waiting', 'maybe'] as const)[index % 4] ?? 'going',
    }));
    const counts = { attended: 15, going: 15, waiting: 15, maybe: 15 };
    const page = { eventId: longest.eventId, attendees, counts, page: 1, pages: 1 };
    const { embeds } = attendeesMessage(longest, page);
    expect(embeds?.[0]?.description?.length).toBeLessThanOrEqual(DISCORD_LIMITS.embedDescription);
    expect(embeds?.[0]?.description?.match(/<@/g)).toHaveLength(ATTENDEES_PER_PAGE);
    expect(embeds?.[0]?.title?.length).toBeLessThanOrEqual(DISCORD_LIMITS.embedTitle);
  });

  test('say so when nobody goes', () => {
    const counts = { attended: 0, going: 0, waiting: 0, maybe: 0 };
    const page = { eventId: longest.eventId, attendees: [], counts, page: 1, pages: 1 };
    expect(attendeesMessage(longest, page).embeds?.[0]?.description).toBe('Nobody has said that they go.');
  });
});

describe('all about one event', () => {
  test.each<EventState>(['planned', 'open', 'live', 'over', 'closed', 'cancelled', 'refused'])(
    'fits into a message, and says that it is %s',
    (state) => {
      const { content, embeds } = eventInfoMessage({ ...longest, state }, settings);
      expect(content).toMatch(/^It /);
      const [embed] = embeds ?? [];
      expect(lengthOf(embed ?? {})).toBeLessThanOrEqual(DISCORD_LIMITS.embedTotal);
      expect(
        embed?.fields?.every(({ value }) => value !== '' && value.length <= DISCORD_LIMITS.embedFieldValue),
      ).toBe(true);
    },
  );

  test('leads to what is there of it on Discord, and to no more', () => {
    const onDiscord = (event: ListedEvent) =>
      eventInfoMessage(event, settings).embeds?.[0]?.fields?.find(({ name }) => name === 'On Discord')?.value;
    expect(onDiscord(longest)).toBe(
      '[the event](https://discord.com/events/1180000000000000000/1400000000000000003) · <#1400000000000000005>',
    );
    expect(onDiscord({ ...longest, state: 'closed' })).toBe('<#1400000000000000005>');
    expect(onDiscord({ ...longest, scheduledEventId: null, threadId: null })).toBeUndefined();
  });
});
