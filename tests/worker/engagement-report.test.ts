import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { findReport } from '../../database/reports.ts';
import { addDays, toDay } from '../../domain/calendar.ts';
import { engagementReportsId } from '../../domain/engagement-report.ts';
import { toGuildId } from '../../domain/ids.ts';
import { spanOf } from '../../domain/report-period.ts';
import { momentOf } from '../../domain/wall-clock.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { engagementReportSchedule } from '../../workflows/definitions/engagement-report.ts';
import { connectWorker, startBotDiscord } from '../support/bot.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase } from '../support/database.ts';
import { messagesIn } from '../support/on-discord.ts';
import { writePublished } from '../support/posts-with-readings.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

const HOUR_MS = 3_600_000;

/** In each, clocks are put back on the Sunday before the second of the Mondays on which reports are posted. */
const PLACES = [
  {
    timeZone: 'Europe/Berlin',
    starts: ['2026-10-19T07:00:00Z', '2026-10-26T08:00:00Z', '2026-11-02T08:00:00Z'],
  },
  {
    timeZone: 'America/New_York',
    starts: ['2026-10-26T13:00:00Z', '2026-11-02T14:00:00Z', '2026-11-09T14:00:00Z'],
  },
] as const;

describe.each(PLACES)('the weekly report in $timeZone', ({ timeZone, starts }) => {
  const mondays = starts.map((start) => toDay(start.slice(0, 10)));
  const [firstMonday = toDay('')] = mondays;
  const period = (monday: typeof firstMonday) => spanOf(addDays(monday, -7), addDays(monday, -1), timeZone);

  let discord: LocalDiscord;
  let worker: Awaited<ReturnType<typeof connectWorker>>;
  let stopWorker: () => Promise<void>;
  beforeAll(async () => {
    const { url: DATABASE_URL, close } = await freshDatabase();
    await close();
    const started = await startBotDiscord({ DATABASE_URL });
    discord = started.discord;
    const config = await loadConfigWith(`engagement: { timeZone: ${timeZone} }`);
    worker = await connectWorker(started.environment, config);
    stopWorker = await runWorker(worker.context);
    await worker.context.client.schedule.create(engagementReportSchedule(guildId(), config.engagement));
  });
  afterAll(async () => {
    await schedule().delete();
    await stopWorker();
    await worker.disconnect();
    await discord.stop();
  });

  const guildId = () => toGuildId(discord.guildId);
  const schedule = () => worker.context.client.schedule.getHandle(engagementReportsId(guildId()));
  const em = () => worker.context.database.em.fork();

  /** Lets the schedule do what it would have done in these weeks. Gives the times for which the reports were meant. */
  async function backfill(runs: number): Promise<string[]> {
    const { client } = worker.context;
    const start = new Date(momentOf(addDays(firstMonday, -1), '00:00', timeZone));
    const end = new Date(momentOf(addDays(firstMonday, 15), '00:00', timeZone));
    await schedule().backfill({ start, end, overlap: ScheduleOverlapPolicy.BUFFER_ALL });
    const query = `TemporalScheduledById = '${engagementReportsId(guildId())}' AND ExecutionStatus = 'Completed'`;
    await until(async () => (await client.workflow.count(query)).count >= runs);
    const ids = new Set<string>();
    for await (const { workflowId } of client.workflow.list({ query })) ids.add(workflowId);
    return [...ids].map((id) => id.slice(engagementReportsId(guildId()).length + 1)).sort();
  }

  test('is posted on Mondays at nine by the clock on the wall, once each, on the seven days before', async () => {
    for (const [index, monday] of mondays.entries()) {
      const { startsAt, endsAt } = period(monday);
      const readings = [{ figures: { likes: 1 } }];
      for (const publishedAt of [startsAt, endsAt - HOUR_MS])
        await writePublished(em(), guildId(), `Week ${index}`, [{ platform: 'x', publishedAt, readings }]);
    }
    expect(await backfill(3)).toEqual(starts);
    await backfill(6);
    const posted = (await messagesIn({ discord }, 'staff')).map(({ embeds }) => embeds[0]);
    expect(posted).toHaveLength(3);
    for (const [index, monday] of mondays.entries()) {
      const { startsAt, endsAt } = period(monday);
      const found = await findReport(em(), { guildId: guildId(), kind: 'engagement', startsAt, endsAt });
      expect(found).toMatchObject({
        madeAt: Date.parse(starts[index] ?? ''),
        content: {
          now: { from: addDays(monday, -7), to: addDays(monday, -1), all: { posts: 2, interactions: 2 } },
        },
      });
    }
  });
});
