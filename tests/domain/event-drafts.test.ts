import { describe, expect, test } from '@jest/globals';
import {
  DRAFT_BUTTONS,
  draftButtonId,
  endOf,
  eventOfDraft,
  mayLead,
  type NewEventDraft,
  parseDraftButtonId,
  readPlaceLink,
  readWords,
} from '../../domain/event-drafts.ts';
import {
  attendeesId,
  cancelButtonId,
  eventListId,
  parseAttendeesId,
  parseCancelButtonId,
  parseEventListId,
} from '../../domain/event-lists.ts';
import {
  EVENT_DESCRIPTION_LENGTH,
  EVENT_TITLE_LENGTH,
  PLACE_LENGTH,
  toEventId,
} from '../../domain/events.ts';
import { toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';

const draftId = toInteractionId('1400000000000000001');
const memberId = toMemberId('1400000000000000002');
const other = toMemberId('1400000000000000003');
const guildId = toGuildId('1180000000000000000');
const eventId = toEventId('beginners-2026-12-01');

describe('words', () => {
  test.each([
    [
      '  Noise\n in\tdepth ',
      ' About it.\nAll. ',
      { title: 'Noise in depth', description: 'About it.\nAll.' },
    ],
    ['a'.repeat(EVENT_TITLE_LENGTH), 'b', { title: 'a'.repeat(EVENT_TITLE_LENGTH), description: 'b' }],
    ['a'.repeat(EVENT_TITLE_LENGTH + 1), 'b', 'title'],
    [' \u200b ', 'b', 'title'],
    ['a', ' \n ', 'description'],
    ['a', 'b'.repeat(EVENT_DESCRIPTION_LENGTH + 1), 'description'],
  ])('%#', (title, description, expected) => {
    expect(readWords({ title, description })).toEqual(expected);
  });
});

describe('a link to where members meet', () => {
  const longest = `https://meet.example/${'a'.repeat(PLACE_LENGTH - 'https://meet.example/'.length)}`;

  test.each(['https://meet.example/a?b=c', 'http://meet.example/', longest])('is taken: %s', (link) => {
    expect(readPlaceLink(` ${link} `)).toEqual({ kind: 'link', link });
  });

  test.each([
    ...['', 'meet.example', 'ftp://meet.example/', 'javascript:alert(1)', 'https://localhost/'],
    ...['https://name:word@meet.example/', `${longest}a`],
  ])('is refused: %s', (link) => {
    expect(readPlaceLink(link)).toBeUndefined();
  });
});

describe('a draft', () => {
  const draft: NewEventDraft = {
    for: 'new event',
    ...{ kind: 'ama', title: 'Noise', description: 'In depth', startsAt: 1_000, lengthMs: 500 },
    ...{
      start: { text: 'soon', at: 0 },
      timeZone: null,
      place: { kind: 'link', link: 'https://a.example/' },
    },
    ...{ capacity: null, hostId: other, picture: null },
  };

  test('is an event with the id of its command, by whoever made it', () => {
    expect(eventOfDraft({ guildId, draftId, memberId }, draft)).toEqual({
      ...{ guildId, eventId: draftId, createdBy: memberId, hostId: other, slot: null },
      ...{ kind: 'ama', title: 'Noise', description: 'In depth', startsAt: 1_000, endsAt: 1_500 },
      ...{ place: draft.place, capacity: null, picture: null },
    });
  });

  test.each([{ startsAt: null }, { title: '' }])('is none as long as something is missing: %j', (missing) => {
    expect(eventOfDraft({ guildId, draftId, memberId }, { ...draft, ...missing })).toBeUndefined();
  });
});

test.each([
  [{}, 300],
  [{ startsAt: 1_000 }, 1_200],
  [{ lengthMs: 50 }, 150],
  [{ startsAt: 1_000, lengthMs: 50 }, 1_050],
])('an event that is moved lasts as long as before, unless that changes: %j', (moved, expected) => {
  expect(endOf({ startsAt: 100, endsAt: 300 }, moved)).toBe(expected);
});

test.each([
  ['an organiser', { hostId: null, createdBy: null }, true, true],
  ['its host', { hostId: memberId, createdBy: other }, false, true],
  ['who has made it', { hostId: other, createdBy: memberId }, false, true],
  ['anybody else', { hostId: other, createdBy: other }, false, false],
])('may lead an event: %s', (_, event, isOrganiser, expected) => {
  expect(mayLead(event, { memberId, isOrganiser })).toBe(expected);
});

describe('the names of buttons', () => {
  test.each(DRAFT_BUTTONS)('come back: %s', (button) => {
    expect(parseDraftButtonId(draftButtonId(button, draftId))).toEqual({ button, draftId });
  });

  test('come back for lists', () => {
    expect(parseEventListId(eventListId(3))).toBe(3);
    expect(parseAttendeesId(attendeesId(eventId, 2))).toEqual({ eventId, page: 2 });
    expect(parseCancelButtonId(cancelButtonId(eventId))).toBe(eventId);
  });

  test.each(['', 'event-draft', 'event-draft:1', 'event-list:', 'event-cancel:', 'event:going:1', 'x'])(
    'are no others: %s',
    (customId) => {
      const read = [parseDraftButtonId, parseEventListId, parseAttendeesId, parseCancelButtonId];
      expect(read.map((parse) => parse(customId))).toEqual([undefined, undefined, undefined, undefined]);
    },
  );
});
