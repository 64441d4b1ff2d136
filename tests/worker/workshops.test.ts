import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import type { CommunityConfig } from '../../config/schema.ts';
import { skipWorkshop } from '../../database/workshops.ts';
import { addDays, type Day, toDay, WEEKDAYS } from '../../domain/calendar.ts';
import { toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import { dayAt, momentOf } from '../../domain/wall-clock.ts';
import { workshopEventId, workshopScheduleId, workshopSchedules } from '../../domain/workshops.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { keepSchedules, schedulesOf } from '../../worker/schedules.ts';
import type { WorkshopInput, WorkshopResult } from '../../workflows/definitions/workshop.ts';
import { connectWorker, startBotDiscord } from '../support/bot.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase } from '../support/database.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

const NEVER = new AbortController().signal;
const PATIENCE_MS = 200_000;

interface Scene {
  readonly discord: LocalDiscord;
  readonly worker: Awaited<ReturnType<typeof connectWorker>>['context'];
  stop(): Promise<void>;
}

/** A worker that serves a guild with TiXL's configuration, with YAML laid over it. */
async function startScene(overlay: string): Promise<Scene> {
  const { url: DATABASE_URL, close } = await freshDatabase();
  await close();
  const { discord, environment } = await startBotDiscord({ DATABASE_URL });
  const { context: worker, disconnect } = await connectWorker(environment, await loadConfigWith(overlay));
  const stopWorker = await runWorker(worker);
  return {
    ...{ discord, worker },
    async stop() {
      await removeSchedules({ discord, worker });
      await stopWorker();
      await disconnect();
      await discord.stop();
    },
  };
}

const guildOf = ({ discord }: Pick<Scene, 'discord'>) => toGuildId(discord.guildId);

/** None is left in the Temporal that tests share. */
async function removeSchedules({ discord, worker }: Pick<Scene, 'discord' | 'worker'>): Promise<void> {
  for (const { scheduleId } of schedulesOf(toGuildId(discord.guildId), worker.config))
    await worker.client.schedule
      .getHandle(scheduleId)
      .delete()
      .catch(() => undefined);
}

const handleOf = (scene: Scene, slot: string) =>
  scene.worker.client.schedule.getHandle(workshopScheduleId(guildOf(scene), slot));

/** How many workflows of a slot's schedule have come to their end. */
async function completed(scene: Scene, slot: string): Promise<number> {
  const { client } = scene.worker;
  return (await client.workflow.count(`${startedBy(scene, slot)} AND ExecutionStatus = 'Completed'`)).count;
}

const startedBy = (scene: Scene, slot: string) =>
  `TemporalScheduledById = '${workshopScheduleId(guildOf(scene), slot)}'`;

async function resultsOf(scene: Scene, slot: string): Promise<WorkshopResult[]> {
  const { client } = scene.worker;
  const results: WorkshopResult[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query: startedBy(scene, slot) })) {
    const handle = client.workflow.getHandle<(input: WorkshopInput) => Promise<WorkshopResult>>(
      workflowId,
      runId,
    );
    results.push(await handle.result());
  }
  return results;
}

describe.each(['Europe/Berlin', 'America/New_York'])('a past year of workshops in %s', (timeZone) => {
  /** 52 weeks, from a Monday on, on which the schedules would have done their work. */
  const FIRST = toDay('2025-11-17');
  const WEEKS = 52;
  /** At night, on the days and on the eves of the days on which clocks are put forward and back. */
  const AT_NIGHT = `
    - { name: on-a-gap, weekday: sunday, at: "02:30", kind: ama, title: A, description: A, channel: Town Hall }
    - { name: opened-on-a-gap, weekday: saturday, at: "02:30", kind: ama, title: A, description: A, channel: Town Hall }`;
  let scene: Scene;

  beforeAll(async () => {
    scene = await startScene(`workshops:\n  timeZone: ${timeZone}\n  slots:${AT_NIGHT}`);
  });
  afterAll(() => scene.stop());

  /** The days of a slot that open on the days of that year. */
  const daysOf = (weekday: (typeof WEEKDAYS)[number], openAhead: number): Day[] => {
    const all = Array.from({ length: 7 * WEEKS }, (_, index) => addDays(FIRST, index + openAhead));
    return all.filter((day) => new Date(day).getUTCDay() === (WEEKDAYS.indexOf(weekday) + 1) % 7);
  };

  /** What clocks there show at a moment. */
  const clockAt = (moment: number) =>
    new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(moment);

  test('begins each at its time by the clock on the wall, computed from its day', async () => {
    const { client, config } = scene.worker;
    const { slots, openAhead } = config.workshops;
    const start = new Date(momentOf(FIRST, '00:00', timeZone));
    const end = new Date(momentOf(addDays(FIRST, 7 * WEEKS), '00:00', timeZone) - 1);
    await Promise.all(
      schedulesOf(guildOf(scene), config)
        .filter((one): one is ScheduleOptions => one.scheduleId.startsWith(workshopSchedules(guildOf(scene))))
        .map(async (schedule) => {
          const handle = await client.schedule.create(schedule);
          await handle.backfill({ start, end, overlap: ScheduleOverlapPolicy.ALLOW_ALL });
        }),
    );
    expect(slots).toHaveLength(8);
    for (const { name, weekday, at } of slots) {
      const days = daysOf(weekday, openAhead);
      expect(days).toHaveLength(WEEKS);
      await until(async () => (await completed(scene, name)) >= WEEKS, PATIENCE_MS);
      const known = async () => new Map((await resultsOf(scene, name)).map((result) => [result.day, result]));
      await until(async () => (await known()).size >= WEEKS, PATIENCE_MS);
      const results = await known();
      expect([...results.keys()].sort()).toEqual(days);
      const shown = days.map((day) => clockAt(results.get(day)?.startsAt ?? 0));
      expect(shown).toEqual(days.map((day) => `${day} ${existsOn(day, at) ? at : '03:30'}`));
      expect([...results.values()].map(({ outcome }) => outcome.kind)).toEqual(days.map(() => 'in the past'));
    }
  }, 300_000);

  /** Whether clocks there show this time on that day: they are put forward over 02:30 once a year. */
  function existsOn(day: Day, at: string): boolean {
    const putForward = timeZone === 'Europe/Berlin' ? '2026-03-29' : '2026-03-08';
    return day !== putForward || at !== '02:30';
  }
});

describe('the schedules of workshops', () => {
  let scene: Scene;
  let config: CommunityConfig;

  beforeAll(async () => {
    scene = await startScene('{}');
    config = structuredClone(scene.worker.config);
  });
  afterAll(() => scene.stop());
  beforeEach(async () => {
    await removeSchedules(scene);
    Object.assign(scene.worker.config, structuredClone(config));
    for (const table of ['events', 'workshop_exceptions', 'outbox'])
      await em().execute(`delete from ${table}`);
  });

  const em = () => scene.worker.database.em.fork();
  const slots = () => scene.worker.config.workshops.slots;

  /** What the worker does when it starts, with the workshops changed; all that it lets happen has come to its end. */
  async function keep(changes: Partial<CommunityConfig['workshops']> = {}): Promise<void> {
    Object.assign(scene.worker.config, { workshops: { ...scene.worker.config.workshops, ...changes } });
    await keepSchedules(NEVER, scene.worker);
    await until(async () => {
      const running = `TemporalScheduledById STARTS_WITH '${workshopSchedules(guildOf(scene))}'`;
      const found = await scene.worker.client.workflow.count(`${running} AND ExecutionStatus = 'Running'`);
      const expected = expectedEvents();
      const there = await eventIds();
      return found.count === 0 && expected.every((id) => there.includes(id));
    });
  }

  /** The events that should be open by now: of each slot those that begin in the next days, as many as `openAhead`. */
  function expectedEvents(): string[] {
    const { timeZone, openAhead } = scene.worker.config.workshops;
    const now = Date.now();
    const today = dayAt(now, timeZone);
    const paused = new Set(leftOut);
    return slots()
      .flatMap(({ name, weekday, at }) =>
        Array.from({ length: openAhead + 1 }, (_, index) => addDays(today, index))
          .filter((day) => new Date(day).getUTCDay() === (WEEKDAYS.indexOf(weekday) + 1) % 7)
          .filter((day) => momentOf(day, at, timeZone) > now)
          .filter((day) => momentOf(addDays(day, -openAhead), at, timeZone) <= now)
          .filter(() => !paused.has(name))
          .map((day) => workshopEventId({ slot: name, day })),
      )
      .sort();
  }
  let leftOut: readonly string[] = [];

  const eventIds = async (): Promise<string[]> => {
    const rows: { id: string }[] = await em().execute('select id from events order by id');
    return rows.map(({ id }) => id);
  };

  test('open at the first start what should be open by then, and nothing twice', async () => {
    leftOut = [];
    await keep();
    const opened = expectedEvents();
    expect(opened.length).toBeGreaterThanOrEqual(5);
    expect(await eventIds()).toEqual(opened);
    await keep();
    expect(await eventIds()).toEqual(opened);
  });

  test('follow the configuration, and leave alone what is open', async () => {
    leftOut = [];
    await keep();
    const read = () =>
      em().execute<{ id: string; title: string }[]>('select id, title, starts_at from events order by id');
    const before = await read();
    const changed = slots().map((slot) => ({ ...slot, at: '21:15' as const, title: 'Another title' }));
    await keep({ slots: changed, openAhead: 13 });
    const after = await read();
    expect(after.filter(({ id }) => before.some((one) => one.id === id))).toEqual(before);
    expect(after.map(({ id }) => id)).toEqual(
      [...new Set([...before.map(({ id }) => id), ...expectedEvents()])].sort(),
    );
    expect(new Set(after.map(({ title }) => title))).toContain('Another title');
    const { spec } = await handleOf(scene, 'beginner-workshop').describe();
    expect(spec.calendars).toMatchObject([{ hour: [{ start: 21 }], minute: [{ start: 15 }] }]);
  });

  test('do not double the event of a slot that gets another weekday', async () => {
    leftOut = [];
    const one = slots().filter(({ name }) => name === 'beginner-workshop');
    await keep({ slots: one, openAhead: 14 });
    const before = await eventIds();
    expect(before.length).toBeGreaterThanOrEqual(1);
    leftOut = ['beginner-workshop'];
    const runs = await completed(scene, 'beginner-workshop');
    await keep({ slots: one.map((slot) => ({ ...slot, weekday: 'wednesday' })) });
    await until(async () => (await completed(scene, 'beginner-workshop')) >= runs + 2);
    const weeks = (ids: readonly string[]) => ids.map((id) => id.slice(-10)).map((day) => weekOf(toDay(day)));
    const after = await eventIds();
    expect(after).toEqual(expect.arrayContaining(before));
    expect(new Set(weeks(after)).size).toBe(after.length);
  });

  const weekOf = (day: Day) => Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);

  test('go with their slots', async () => {
    leftOut = [];
    await keep();
    const [, ...others] = slots();
    await until(async () => {
      await keep({ slots: others });
      return handleOf(scene, 'advanced-topics')
        .describe()
        .then(
          () => false,
          () => true,
        );
    });
    expect((await handleOf(scene, 'beginner-workshop').describe()).state.paused).toBe(false);
  });

  test('that staff have paused stay so, and open nothing when a worker starts', async () => {
    leftOut = [];
    await keep();
    await handleOf(scene, 'beginner-workshop').pause('by staff');
    await em().execute('delete from events');
    leftOut = ['beginner-workshop'];
    await keep();
    expect(await eventIds()).toEqual(expectedEvents());
    expect((await handleOf(scene, 'beginner-workshop').describe()).state).toMatchObject({
      ...{ paused: true, note: 'by staff' },
    });
  });

  test('open nothing that staff have left out', async () => {
    leftOut = [];
    const skipped = expectedEvents()[0] ?? '';
    const [slot, day] = [skipped.slice(0, -11), toDay(skipped.slice(-10))];
    const staffId = toMemberId('1300000000000000001');
    const requestId = toInteractionId('1300000000000000002');
    await skipWorkshop(em(), { guildId: guildOf(scene), slot, day, staffId, requestId });
    leftOut = [slot];
    await keep();
    await until(async () => (await resultsOf(scene, slot)).some(({ outcome }) => outcome.kind === 'skipped'));
    expect(await eventIds()).toEqual(expectedEvents());
  });

  test('say why an event cannot be opened: its channel is gone', async () => {
    leftOut = ['project-showcase', 'ama-session'];
    const { channels } = await scene.discord.control.getState();
    const hall = channels.find(({ name }) => name === 'Town Hall');
    await scene.discord.control.deleteChannel({ channelId: hall?.id ?? '' });
    await keep({ openAhead: 14 });
    const reason = 'the guild has no voice or stage channel "Town Hall"';
    await until(async () =>
      (await resultsOf(scene, 'ama-session')).some(
        ({ outcome }) => outcome.kind === 'refused' && outcome.reason === reason,
      ),
    );
    expect((await eventIds()).some((id) => id.startsWith('ama-session'))).toBe(false);
  });
});
