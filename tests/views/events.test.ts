import { describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import {
  type CommunityEvent,
  EVENT_DESCRIPTION_LENGTH,
  EVENT_TITLE_LENGTH,
  type EventState,
  PLACE_LENGTH,
  toEventId,
} from '../../domain/events.ts';
import { toChannelId, toGuildId, toMemberId } from '../../domain/ids.ts';
import { eventAnnouncement, placeText, threadMessage } from '../../views/events.ts';
import { carriesMarker } from '../../views/marked-message.ts';

/** Discord's limits ("Create Message", "Embed Limits"). */
const LIMITS = { content: 2_000, title: 256, description: 4_096, value: 1_024 };
const NONCE = 'x'.repeat(25);

const { events: settings, links } = await loadConfig([COMMUNITY_FILE]);
const context = { links, channels: new Map() };
const counts = { going: 3, waiting: 2, maybe: 1 };

/** As long as it can be, of characters each of which needs another before it. */
const longest: CommunityEvent = {
  ...{ guildId: toGuildId('1300000000000000001'), eventId: toEventId('a'.repeat(60)), kind: 'workshop' },
  title: '*'.repeat(EVENT_TITLE_LENGTH),
  description: '*'.repeat(EVENT_DESCRIPTION_LENGTH),
  place: { kind: 'link', link: `https://meet.example/${'a'.repeat(PLACE_LENGTH - 21)}` },
  ...{ startsAt: 9_999_999_999_000, endsAt: 9_999_999_999_000, capacity: 3, state: 'open', slot: null },
  ...{ hostId: toMemberId('99999999999999999999'), picture: 'https://cdn.example/a.png', createdBy: null },
  ...{ revision: 0, beganAt: null, endedAt: null },
  ...{ scheduledEventId: null, channelId: null, announcementId: null, threadId: null },
};

/** The custom ids of an announcement's buttons. */
function buttonsOf(state: EventState, place = longest.place): string[] {
  const { body } = eventAnnouncement({ ...longest, state, place }, counts, settings, context);
  const ids = JSON.stringify(body.components).matchAll(/"event:([\w-]+):/g);
  return [...ids].map(([, name = '']) => name);
}

describe('an announcement', () => {
  test('fits into what Discord takes, and is found by its button', () => {
    const { marker, body } = eventAnnouncement(longest, counts, settings, context);
    const [embed] = body.embeds ?? [];
    expect(body.content?.length).toBeLessThanOrEqual(LIMITS.content);
    expect(embed?.title?.length).toBeLessThanOrEqual(LIMITS.title);
    expect(embed?.description?.length).toBeLessThanOrEqual(LIMITS.description);
    for (const { value } of embed?.fields ?? []) expect(value.length).toBeLessThanOrEqual(LIMITS.value);
    expect(marker.length).toBeLessThanOrEqual(100);
    const sent = { embeds: [], components: body.components } as never;
    expect(carriesMarker(sent, marker)).toBe(true);
  });

  test('says how many go, and how many wait and may come', () => {
    const [embed] = eventAnnouncement(longest, counts, settings, context).body.embeds ?? [];
    expect(embed?.fields).toEqual(
      expect.arrayContaining([
        { name: 'Going', value: '3 of 3', inline: true },
        { name: 'Waiting', value: '2', inline: true },
        { name: 'Maybe', value: '1', inline: true },
      ]),
    );
  });

  test('has the buttons that can be used then', () => {
    const all = ['going', 'maybe', 'not-going', 'calendar'];
    const channel = { kind: 'channel', channelId: toChannelId('1300000000000000002') } as const;
    expect(buttonsOf('open')).toEqual(all);
    expect(buttonsOf('live')).toEqual([...all, 'check-in']);
    expect(buttonsOf('live', channel)).toEqual(all);
    expect([buttonsOf('over'), buttonsOf('closed'), buttonsOf('cancelled')]).toEqual([[], [], []]);
  });

  test('notifies the host and nobody else, whatever stands in the title', () => {
    const title = 'For @everyone and <@1300000000000000009>';
    const { body } = eventAnnouncement({ ...longest, title }, counts, settings, context);
    expect(body.allowed_mentions).toEqual({ parse: [], users: [longest.hostId] });
    const without = eventAnnouncement({ ...longest, hostId: null }, counts, settings, context);
    expect(without.body.allowed_mentions).toEqual({ parse: [], users: [] });
  });

  test('shows a kind that is no longer configured by its name', () => {
    const { body } = eventAnnouncement({ ...longest, kind: 'picnic' }, counts, settings, context);
    expect(body.content).toContain('(picnic)');
  });
});

describe('what is said in the thread', () => {
  test.each(['reminder', 'begun', 'moved', 'cancelled'] as const)('fits and is found again: %s', (said) => {
    const { marker, body } = threadMessage(said, longest, NONCE, settings, context);
    expect(body.content?.length).toBeLessThanOrEqual(LIMITS.content);
    expect(body.embeds?.[0]?.title?.length).toBeLessThanOrEqual(LIMITS.title);
    expect(carriesMarker({ embeds: body.embeds ?? [], components: [] }, marker)).toBe(true);
  });
});

test('a place is a channel or a link as it was written', () => {
  expect(placeText({ kind: 'channel', channelId: toChannelId('1300000000000000002') })).toBe(
    '<#1300000000000000002>',
  );
  expect(placeText({ kind: 'link', link: 'Room *3*, https://a.example/b_c' })).toBe(
    String.raw`Room \*3\*, https://a.example/b_c`,
  );
});
