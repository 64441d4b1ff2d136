import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DiscordActivities } from '../../activities/discord/index.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { type CommunityEvent, toScheduledEventId } from '../../domain/events.ts';
import { type GuildId, toGuildId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { createTestActivities } from '../support/discord-activities.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { messagesIn } from '../support/on-discord.ts';
import { writeEvent } from '../support/past-events.ts';

/** Eight in the morning in Berlin, on the day on which clocks are put back. */
const MORNING = Date.parse('2026-10-25T07:00:00Z');

let discord: LocalDiscord;
let database: TestDatabase;
let config: CommunityConfig;
let guildId: GuildId;
let activities: DiscordActivities;

beforeAll(async () => {
  [discord, database] = await Promise.all([startTestDiscord(), freshDatabase()]);
  config = await loadConfigWith('{}');
});
afterAll(() => Promise.all([discord.stop(), database.close()]));
beforeEach(async () => {
  await discord.control.reset();
  await discord.control.setLimits({ enforced: false });
  for (const table of ['events', 'sent_messages', 'outbox'])
    await database.orm.em.fork().execute(`delete from ${table}`);
  guildId = toGuildId(discord.guildId);
  activities = createTestActivities(discord, database, config);
});

const plan = (at: string, changes: Partial<CommunityEvent> = {}) =>
  writeEvent(database.orm.em.fork(), guildId, { startsAt: Date.parse(at), state: 'open', ...changes });
const notes = () => messagesIn({ discord }, 'events');
const timeOf = (at: string) => `<t:${Date.parse(at) / 1_000}:t>`;

describe('the note in the morning', () => {
  test('lists the events that begin on the day there, the soonest first, with links to them', async () => {
    const [last, first] = ['2026-10-25T22:59:00Z', '2026-10-24T22:00:00Z'];
    await plan(last, { title: 'The *last*', scheduledEventId: toScheduledEventId('1300000000000000007') });
    await plan(first, { title: 'The first' });
    await plan('2026-10-25T18:00:00Z', { title: 'It is on', state: 'live' });
    await plan('2026-10-25T23:00:00Z', { title: 'Tomorrow' });
    await plan('2026-10-24T21:59:00Z', { title: 'Yesterday' });
    await plan('2026-10-25T12:00:00Z', { title: 'Called off', state: 'cancelled' });
    await plan('2026-10-25T12:00:00Z', { title: 'Over', state: 'over' });
    expect(await activities.postMorningNote(guildId, MORNING)).toMatchObject({ kind: 'sent' });
    const [note, ...others] = await notes();
    expect(others).toEqual([]);
    expect(note?.embeds).toMatchObject([
      {
        title: config.events.morning.title,
        description: [
          `${timeOf(first)} · **The first**`,
          'now · **It is on**',
          `${timeOf(last)} · **[The \\*last\\*](https://discord.com/events/${guildId}/1300000000000000007)**`,
        ].join('\n'),
      },
    ]);
  });

  test('is posted once, also if its process dies and it is asked for at another time of the day', async () => {
    await plan('2026-10-25T18:00:00Z');
    for (const at of [MORNING, MORNING, MORNING + 3_600_000])
      await createTestActivities(discord, database, config).postMorningNote(guildId, at);
    expect(await notes()).toHaveLength(1);
    await plan('2026-10-26T18:00:00Z');
    await activities.postMorningNote(guildId, MORNING + 86_400_000);
    expect(await notes()).toHaveLength(2);
  });

  test('is not posted without events', async () => {
    await plan('2026-10-26T18:00:00Z');
    expect(await activities.postMorningNote(guildId, MORNING)).toEqual({ kind: 'no events' });
    expect(await notes()).toEqual([]);
  });

  test('says how many more there are than it lists, however long their titles are', async () => {
    for (let count = 0; count < 20; count += 1)
      await plan('2026-10-25T18:00:00Z', {
        title: '*'.repeat(100),
        scheduledEventId: toScheduledEventId(`13000000000000001${10 + count}`),
      });
    expect(await activities.postMorningNote(guildId, MORNING)).toMatchObject({ kind: 'sent' });
    expect((await notes())[0]?.embeds[0]?.description).toMatch(/\nand 8 more$/);
  });
});
