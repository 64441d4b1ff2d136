import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { award } from '../../database/points.ts';
import { type MemberId, toGuildId } from '../../domain/ids.ts';
import { leaderboardsId } from '../../domain/leaderboards.ts';
import { winnersId } from '../../domain/winners.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { keepSchedules, schedulesOf } from '../../worker/schedules.ts';
import { connectWorker, startBotDiscord } from '../support/bot.ts';
import { memberNamed } from '../support/command.ts';
import { freshDatabase } from '../support/database.ts';
import { messagesIn, rolesOf } from '../support/on-discord.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

const NEVER = new AbortController().signal;

/** Three Mondays around the end of summer time in Berlin, on 25 October 2026. */
const FROM = new Date('2026-10-19T00:00:00+02:00');
const TO = new Date('2026-11-02T23:00:00+01:00');
const MONDAYS_AT_NINE = ['2026-10-19T07:00:00Z', '2026-10-26T08:00:00Z', '2026-11-02T08:00:00Z'];

let discord: LocalDiscord;
let worker: Awaited<ReturnType<typeof connectWorker>>;
let stopWorker: () => Promise<void>;
let ada: MemberId;
let ben: MemberId;

beforeAll(async () => {
  const database = await freshDatabase();
  await database.close();
  const started = await startBotDiscord({ DATABASE_URL: database.url });
  discord = started.discord;
  worker = await connectWorker(started.environment, await loadConfig([COMMUNITY_FILE]));
  stopWorker = await runWorker(worker.context);
  ada = await memberNamed(discord, 'Amara Okafor');
  ben = await memberNamed(discord, 'Tom Becker');
});
afterAll(async () => {
  const { client } = worker.context;
  for (const { scheduleId } of wanted()) await client.schedule.getHandle(scheduleId).delete();
  await stopWorker();
  await worker.disconnect();
  await discord.stop();
});

const guildId = () => toGuildId(discord.guildId);
const wanted = () =>
  schedulesOf(guildId(), worker.context.config).filter(
    (schedule): schedule is ScheduleOptions => schedule.action !== undefined,
  );
const scheduled = (scheduleId: string) => worker.context.client.schedule.getHandle(scheduleId);

async function give(memberId: MemberId, points: number, at: string): Promise<void> {
  const { database, config } = worker.context;
  const ledger = { guildId: guildId(), settings: config.recognition };
  const one = {
    ...{ memberId, action: 'tested', cause: `deed/${memberId}/${at}`, points, at: Date.parse(at) },
  };
  await database.em.fork().transactional((transaction) => award(transaction, ledger, [one]));
}

/** Lets a schedule start what it would have started between two times, and waits until all of it is over. */
async function backfill(scheduleId: string, runs: number): Promise<string[]> {
  const overlap = ScheduleOverlapPolicy.BUFFER_ALL;
  await scheduled(scheduleId).backfill({ start: FROM, end: TO, overlap });
  await until(async () => (await completed(scheduleId)) >= runs);
  const query = `TemporalScheduledById = '${scheduleId}' AND ExecutionStatus = 'Completed'`;
  const ids = new Set<string>();
  for await (const { workflowId } of worker.context.client.workflow.list({ query })) ids.add(workflowId);
  return [...ids].map((id) => id.slice(scheduleId.length + 1)).sort();
}

/** Lets the schedule do what it does on a day. */
const close = (scheduleId: string, day: string) =>
  scheduled(scheduleId).backfill({
    ...{ start: new Date(`${day}T00:00:00Z`), end: new Date(`${day}T23:00:00Z`) },
    overlap: ScheduleOverlapPolicy.BUFFER_ALL,
  });

/** How many of a schedule's workflows have come to their end. */
async function completed(scheduleId: string): Promise<number> {
  const query = `TemporalScheduledById = '${scheduleId}' AND ExecutionStatus = 'Completed'`;
  return (await worker.context.client.workflow.count(query)).count;
}

/** The same, and waits for its end: of two that are asked for at the same time Temporal may leave one out. */
async function closeToItsEnd(scheduleId: string, day: string): Promise<void> {
  const before = await completed(scheduleId);
  await close(scheduleId, day);
  await until(async () => (await completed(scheduleId)) > before);
}

const embeds = async () =>
  (await messagesIn({ discord }, 'leaderboard')).flatMap((message) => message.embeds);
const has = async (memberId: MemberId) =>
  (await rolesOf({ discord }, memberId)).includes('Member of the Week');
const toldOf = async (week: string) => (await embeds()).filter(({ footer }) => footer?.text === week).length;

describe('the schedules of a guild', () => {
  test('are there however often a worker starts; one that staff have paused stays so', async () => {
    await keepSchedules(NEVER, worker.context);
    const posts = scheduled(leaderboardsId(guildId()));
    await posts.pause('staff');
    await keepSchedules(NEVER, worker.context);
    const { state, spec } = await posts.describe();
    expect(state).toMatchObject({ paused: true, note: 'staff' });
    expect(spec.timezone).toBe('Europe/Berlin');
    await posts.unpause();
    for (const { scheduleId } of wanted())
      expect((await scheduled(scheduleId).describe()).state.paused).toBe(false);
  });

  test('become what the configuration says, and go with it', async () => {
    const { config } = worker.context;
    const { recognition } = config;
    const [week] = recognition.leaderboards.winners;
    const changed = {
      ...config,
      recognition: {
        ...recognition,
        leaderboards: {
          ...recognition.leaderboards,
          posts: { every: 'day', at: '18:30', on: 'monday' } as const,
          winners: week === undefined ? [] : [week],
        },
      },
    };
    await keepSchedules(NEVER, { ...worker.context, config: changed });
    const { spec } = await scheduled(leaderboardsId(guildId())).describe();
    expect(spec.calendars?.[0]).toMatchObject({ hour: [{ start: 18 }], minute: [{ start: 30 }] });
    await expect(scheduled(winnersId(guildId(), 'month')).describe()).rejects.toThrow(/not found/i);
    await keepSchedules(NEVER, worker.context);
    await scheduled(winnersId(guildId(), 'month')).describe();
  });

  test('post leaderboards at nine in the morning in summer and in winter, once each', async () => {
    await give(ada, 9, '2026-10-14T12:00:00Z');
    await give(ben, 20, '2026-10-20T12:00:00Z');
    const id = leaderboardsId(guildId());
    expect(await backfill(id, 3)).toEqual(MONDAYS_AT_NINE);
    await backfill(id, 6);
    const messages = await messagesIn({ discord }, 'leaderboard');
    expect(messages).toHaveLength(3);
    expect(messages.map((message) => message.embeds[0])).toMatchObject([
      { description: `🥇 <@${ada}>: **9** points`, footer: { text: 'Week 42 of 2026' } },
      { description: `🥇 <@${ben}>: **20** points`, footer: { text: 'Week 43 of 2026' } },
      { description: 'Nobody yet.', footer: { text: 'Week 44 of 2026' } },
    ]);
  });

  test('name the winners of each week once, and the role moves on with them', async () => {
    const id = winnersId(guildId(), 'week');
    await give(ada, 30, '2026-11-01T22:59:00Z');
    expect(await backfill(id, 3)).toEqual(MONDAYS_AT_NINE);
    await backfill(id, 6);
    const told = (await embeds()).filter(({ title }) => title === '🥇 Most points of the week');
    expect(told.map(({ description, footer }) => [footer?.text, description])).toEqual([
      ['Week 42 of 2026', `Congratulations to <@${ada}>!`],
      ['Week 43 of 2026', `Congratulations to <@${ben}>!`],
      ['Week 44 of 2026', `Congratulations to <@${ada}>!`],
    ]);
    expect([await has(ada), await has(ben)]).toEqual([true, false]);
  });

  test('a closing that stopped between two changes of the role is done to its end by another, and told once', async () => {
    const id = winnersId(guildId(), 'week');
    await give(ben, 40, '2026-11-08T12:00:00Z');
    await give(ada, 50, '2026-11-15T12:00:00Z');
    await closeToItsEnd(id, '2026-11-09');
    expect(await has(ben)).toBe(true);
    const match = { method: 'PUT', route: '/guilds/:guildId/members/:userId/roles/:roleId' } as const;
    await discord.control.setFaults({ rules: [{ match, fault: { kind: 'error', status: 500 } }] });
    await close(id, '2026-11-16');
    await until(async () => !(await has(ben)));
    await worker.context.client.workflow.getHandle(`${id}-2026-11-16T08:00:00Z`).terminate();
    expect([await has(ada), await toldOf('Week 46 of 2026')]).toEqual([false, 0]);

    await discord.control.setFaults({ rules: [] });
    for (let time = 0; time < 2; time += 1) await closeToItsEnd(id, '2026-11-16');
    expect([await has(ada), await has(ben), await toldOf('Week 46 of 2026')]).toEqual([true, false, 1]);
  });
});
