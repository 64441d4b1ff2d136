import { describe, expect, test } from '@jest/globals';
import type { APIEmbed } from 'discord-api-types/v10';
import fc from 'fast-check';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { REMARK_LENGTH } from '../../domain/event-feedback.ts';
import type { EventFigures, EventReport } from '../../domain/event-report.ts';
import { EVENT_TITLE_LENGTH } from '../../domain/events.ts';
import { toMemberId } from '../../domain/ids.ts';
import { eventReportMessage } from '../../views/event-report.ts';
import { carriesMarker } from '../../views/marked-message.ts';

const MARK = 'm'.repeat(25);
const { events: settings, links } = await loadConfig([COMMUNITY_FILE]);
const context = { links, channels: new Map() };

const before: EventFigures = {
  ...{ title: 'The last one', startsAt: 0, registered: 25, attended: 12, registeredAttended: 10 },
  ...{ answers: 4, averages: { overall: 4.5, content: 4, engagement: 3.24 } },
};
const report: EventReport = {
  ...{ title: 'Shaders', startsAt: 0, registered: 20, attended: 17, registeredAttended: 15 },
  ...{ answers: 6, averages: { overall: 4.25, content: 4, engagement: 3.6 } },
  ...{ kind: 'workshop', hostId: toMemberId('1300000000000000001'), before },
  remarks: { improvements: ['Louder sound', 'Start on time'], topics: [] },
};

const messageFor = (changes: Partial<EventReport> = {}) =>
  eventReportMessage({ ...report, ...changes }, settings, MARK, context);

function embedOf(message: ReturnType<typeof messageFor>): APIEmbed {
  const [embed] = message.body.embeds ?? [];
  if (embed === undefined) throw new Error('there is no embed');
  return embed;
}

function fieldsOf(message: ReturnType<typeof messageFor>): Record<string, string> {
  return Object.fromEntries((embedOf(message).fields ?? []).map(({ name, value }) => [name, value]));
}

describe('a report', () => {
  test('has the numbers, each beside the last time', () => {
    const message = messageFor();
    expect(fieldsOf(message)).toEqual({
      Registered: '20 (−5)',
      Attended: '17 (+5)\n2 without having registered',
      'Attendance rate': '75 % (+35 points)\n15 of 20',
      Overall: '4.3 of 5 (−0.2)\n6 answers',
      'Content quality': '4.0 of 5 (±0)\n6 answers',
      Engagement: '3.6 of 5 (+0.4)\n6 answers',
      'What could we improve?': '• Louder sound\n• Start on time',
      'Compared with the last one of its kind': 'The last one, <t:0:F>',
    });
    expect(embedOf(message)).toMatchObject({
      ...{ title: '🛠️ Shaders', description: 'Workshop, held <t:0:F>, hosted by <@1300000000000000001>' },
    });
    expect(message.files).toBeUndefined();
    expect(message.body.allowed_mentions).toEqual({ parse: [] });
    expect(carriesMarker({ embeds: message.body.embeds ?? [], components: [] }, MARK)).toBe(true);
  });

  test('of the first of its kind has nothing beside the numbers', () => {
    const fields = fieldsOf(messageFor({ before: null }));
    expect(fields.Registered).toBe('20');
    expect(fields.Overall).toBe('4.3 of 5\n6 answers');
    expect(Object.keys(fields)).not.toContain('Compared with the last one of its kind');
  });

  test('of an event to which nobody came says so', () => {
    const none = { registered: 0, attended: 0, registeredAttended: 0, answers: 0, averages: null };
    const message = messageFor({ ...none, remarks: { improvements: [], topics: [] }, before: null });
    expect(embedOf(message).description).toContain('Nobody attended.');
    expect(fieldsOf(message)).toMatchObject({
      'Attendance rate': 'nobody had registered',
      Overall: 'no answers',
    });
  });

  test('shows a kind that is configured no more by its name', () => {
    expect(embedOf(messageFor({ kind: 'meetup' })).description).toMatch(/^meetup, held/);
  });
});

describe('what people said', () => {
  test('mentions nobody and formats nothing', () => {
    const improvements = ['@everyone <@1300000000000000009>\n# loud *[click](https://bad.example)*'];
    const fields = fieldsOf(messageFor({ remarks: { improvements, topics: [] } }));
    expect(fields['What could we improve?']).toBe(
      String.raw`• @everyone \<@1300000000000000009> # loud \*\[click\](https://bad.example)\*`,
    );
  });

  test('is in a file when it does not fit, all of it', () => {
    const topics = Array.from({ length: 40 }, (_, index) => `Topic ${index}: ${'x'.repeat(50)}`);
    const message = messageFor({ remarks: { improvements: ['One'], topics } });
    expect(fieldsOf(message)['What topics would you like to see?']).toMatch(
      /\nand \d+ more, in feedback\.txt$/,
    );
    const [file] = message.files ?? [];
    for (const remark of [...topics, 'One']) expect(file?.text).toContain(`- ${remark}\n`);
  });

  test('that is very long is shortened, and is in the file', () => {
    const long = 'é🎨'.repeat(REMARK_LENGTH / 3);
    const message = messageFor({ remarks: { improvements: [long], topics: [] } });
    const shown = fieldsOf(message)['What could we improve?'] ?? '';
    expect(shown).toMatch(/…$/);
    expect(shown).not.toContain('\ufffd');
    expect(message.files?.[0]?.text).toContain(long);
  });

  test('never makes a message that Discord would not take', () => {
    const remark = fc.oneof(
      fc.string({ maxLength: REMARK_LENGTH, unit: 'binary' }),
      fc.constantFrom('*'.repeat(REMARK_LENGTH), 'a', '\n\n', '<@1>'),
    );
    const remarks = fc.array(remark, { maxLength: 60 });
    fc.assert(
      fc.property(remarks, remarks, (improvements, topics) => {
        const title = '*'.repeat(EVENT_TITLE_LENGTH);
        const embed = embedOf(messageFor({ title, remarks: { improvements, topics } }));
        expect(embed.title?.length).toBeLessThanOrEqual(256);
        const texts = [
          embed.title,
          embed.description,
          ...(embed.fields ?? []).flatMap((f) => [f.name, f.value]),
        ];
        for (const { value } of embed.fields ?? []) {
          expect(value.length).toBeLessThanOrEqual(1_024);
          expect(value.trim()).not.toBe('');
        }
        expect(texts.join('').length).toBeLessThanOrEqual(6_000);
      }),
      { numRuns: 200 },
    );
  });
});
