import { describe, expect, test } from '@jest/globals';
import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord-api-types/v10';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { RATINGS, REMARK_LENGTH } from '../../domain/event-feedback.ts';
import { type CommunityEvent, toEventId } from '../../domain/events.ts';
import { toChannelId, toGuildId } from '../../domain/ids.ts';
import { checkInAnswer } from '../../views/event-attendance.ts';
import { feedbackAnswer, feedbackForm, feedbackRequest } from '../../views/event-feedback.ts';
import { carriesMarker } from '../../views/marked-message.ts';

const { events: settings, links } = await loadConfig([COMMUNITY_FILE]);
const context = { links, channels: new Map() };
const eventId = toEventId('1300000000000000001');
const at = Date.parse('2026-11-23T18:00:00Z');
const event: CommunityEvent = {
  ...{ guildId: toGuildId('1300000000000000002'), eventId, kind: 'workshop', title: 'Shaders *live*' },
  ...{ description: '', startsAt: at, endsAt: at + 3_600_000, capacity: null, hostId: null, picture: null },
  ...{ place: { kind: 'channel', channelId: toChannelId('1300000000000000003') }, createdBy: null },
  ...{ slot: null, state: 'over', revision: 0, beganAt: at, endedAt: at, scheduledEventId: null },
  ...{ channelId: null, announcementId: null, threadId: null },
};

/** What the form asks, with what each input is. */
function inputsOf({ components }: APIModalInteractionResponseCallbackData) {
  return components.flatMap((one) => (one.type === ComponentType.Label ? [one] : []));
}

describe('the form', () => {
  test('asks for three ratings and two remarks, in the configured words', () => {
    const form = feedbackForm(eventId, settings.feedback, undefined);
    expect(inputsOf(form).map(({ label }) => label)).toEqual([
      'How would you rate this event? (1-5)',
      'Rate the content quality',
      'How engaging was the event?',
      'What could we improve?',
      'What topics would you like to see?',
    ]);
    const chosen = inputsOf(form).map(({ component }) =>
      component.type === ComponentType.StringSelect
        ? component.options.filter((option) => option.default)
        : [],
    );
    expect(chosen.flat()).toEqual([]);
  });

  test('has what the member has answered before', () => {
    const ratings = { overall: 5, content: 1, engagement: 3 };
    const earlier = { ratings, improvements: null, topics: 'x'.repeat(REMARK_LENGTH) };
    const given = inputsOf(feedbackForm(eventId, settings.feedback, earlier)).map(({ component }) => {
      if (component.type === ComponentType.StringSelect)
        return component.options.find((option) => option.default)?.value;
      return component.type === ComponentType.TextInput ? component.value : undefined;
    });
    expect(given).toEqual([...RATINGS.map((rating) => `${ratings[rating]}`), undefined, earlier.topics]);
  });
});

describe('asking for feedback', () => {
  test.each(['thanks', 'reminder'] as const)('has a button and a mark of its own: %s', (which) => {
    const { marker, body } = feedbackRequest(which, event, at, settings, context);
    expect(body.content).toContain(String.raw`Shaders \*live\*`);
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(carriesMarker({ embeds: [], components: body.components as never }, marker)).toBe(true);
    const other = feedbackRequest(which === 'thanks' ? 'reminder' : 'thanks', event, at, settings, context);
    expect(other.marker).not.toBe(marker);
  });

  test('says until when one can answer', () => {
    const { content } = feedbackRequest('reminder', event, at, settings, context).body;
    expect(content).toContain(`<t:${at / 1_000}:F>`);
  });
});

describe('what members are told', () => {
  test('of each result of an answer, with the title as it was written', () => {
    const kinds = ['not yet', 'closed', 'not there', 'own event'] as const;
    const said = kinds.map((kind) =>
      feedbackAnswer({ kind, title: event.title }, settings.feedback, context),
    );
    for (const text of said) expect(text).toContain(String.raw`**Shaders \*live\***`);
    expect(new Set(said).size).toBe(kinds.length);
    const noted = { kind: 'noted', title: event.title, until: at } as const;
    expect(feedbackAnswer(noted, settings.feedback, context)).toContain(`<t:${at / 1_000}:F>`);
    expect(feedbackAnswer({ kind: 'no such event' }, settings.feedback, context)).toBeUndefined();
  });

  test('of each result of checking in', () => {
    const results = ['done', 'done already', 'too early', 'over', 'cancelled', 'not needed'] as const;
    const said = results.map((result) => checkInAnswer(result, event, settings.checkIn, context));
    expect(new Set(said).size).toBe(results.length);
    expect(said[2]).toContain(`<t:${at / 1_000}:F>`);
    expect(said[5]).toContain('<#1300000000000000003>');
    expect(checkInAnswer('no such event', event, settings.checkIn, context)).toBeUndefined();
  });
});
