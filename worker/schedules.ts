import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
} from '@temporalio/client';
import type { CommunityConfig } from '../config/schema.ts';
import { contributionsId } from '../domain/contributions.ts';
import type { GuildId } from '../domain/ids.ts';
import { WINNERS_PERIODS, winnersId } from '../domain/winners.ts';
import { type WorkshopSlot, workshopScheduleId, workshopSchedules } from '../domain/workshops.ts';
import { type GithubAccess, githubAccess } from '../runtime/github.ts';
import { untilAborted } from '../runtime/process.ts';
import { untilItWorks } from '../runtime/temporal.ts';
import { contributionsSchedule } from '../workflows/definitions/contributions.ts';
import { engagementReportSchedule } from '../workflows/definitions/engagement-report.ts';
import { leaderboardsSchedule } from '../workflows/definitions/leaderboards.ts';
import { morningNoteSchedule } from '../workflows/definitions/morning-note.ts';
import { pointsCheckSchedule } from '../workflows/definitions/points-check.ts';
import { winnersSchedule } from '../workflows/definitions/winners.ts';
import { openDueWorkshops, workshopSchedule } from '../workflows/definitions/workshop.ts';
import type { WorkerContext } from './context.ts';

/** How long Temporal may take over one, in ms, before it is asked again. */
const ANSWER_WITHIN_MS = 10_000;

type Needed = Pick<WorkerContext, 'client' | 'config' | 'environment' | 'logger'>;

/** A schedule that is to be there as it says, or is not to be there (any more). */
type WantedSchedule = ScheduleOptions | { readonly scheduleId: string; readonly action?: undefined };

/** Every schedule of a guild. `github` is how GitHub is used, if it is. */
export function schedulesOf(
  guildId: GuildId,
  { recognition, events, workshops, engagement }: CommunityConfig,
  github?: GithubAccess,
): WantedSchedule[] {
  const { timeZone, leaderboards, contributions } = recognition;
  const hasContributions = github !== undefined && contributions.repositories.length > 0;
  return [
    leaderboardsSchedule(guildId, leaderboards.posts, timeZone),
    ...WINNERS_PERIODS.map((period) => {
      const settings = leaderboards.winners.find((one) => one.period === period);
      return settings === undefined
        ? { scheduleId: winnersId(guildId, period) }
        : winnersSchedule(guildId, settings, timeZone);
    }),
    pointsCheckSchedule(guildId, timeZone),
    hasContributions
      ? contributionsSchedule(guildId, contributions)
      : { scheduleId: contributionsId(guildId) },
    morningNoteSchedule(guildId, events.morning.at, events.timeZone),
    ...workshops.slots.map((slot) => workshopSchedule(guildId, slot, workshops)),
    engagementReportSchedule(guildId, engagement),
  ];
}

/** Makes the guild's schedules what the configuration says. It is tried until Temporal takes it or `over` aborts. */
export async function keepSchedules(over: AbortSignal, context: Needed): Promise<void> {
  const { client, config, environment, logger } = context;
  const guildId = environment.DISCORD_GUILD_ID;
  const steps = [
    ...schedulesOf(guildId, config, githubAccess(environment)).map(
      (schedule) => () => keepSchedule(client, schedule),
    ),
    () => removeFormerWorkshops(client, guildId, config),
    ...config.workshops.slots.map((slot) => () => openDueWorkshop(client, guildId, slot, config)),
  ];
  for (const step of steps) {
    const keep = () => client.withDeadline(Date.now() + ANSWER_WITHIN_MS, step);
    // A client that waits for a connection does not look at an abort signal: the wait ends here.
    await Promise.race([untilItWorks('Temporal', keep, logger, over), untilAborted(over)]);
  }
}

async function keepSchedule(client: Client, wanted: WantedSchedule): Promise<void> {
  if (wanted.action === undefined) return removeSchedule(client, wanted.scheduleId);
  try {
    await client.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = client.schedule.getHandle(wanted.scheduleId);
    // Staff may have paused it: that stays.
    await handle.update(({ state }) => ({ ...wanted, state }));
  }
}

async function removeSchedule(client: Client, scheduleId: string): Promise<void> {
  await client.schedule.getHandle(scheduleId).delete().catch(unlessNotFound);
}

/** The schedules of slots that are no longer in the configuration go, as far as Temporal lists them already. */
async function removeFormerWorkshops(
  client: Client,
  guildId: GuildId,
  { workshops }: CommunityConfig,
): Promise<void> {
  const wanted = workshops.slots.map(({ name }) => workshopScheduleId(guildId, name));
  for await (const { scheduleId } of client.schedule.list()) {
    const isFormer = scheduleId.startsWith(workshopSchedules(guildId)) && !wanted.includes(scheduleId);
    if (isFormer) await removeSchedule(client, scheduleId);
  }
}

/**
 * Opens the event that should be open by now: at the first start, and after a change of the configuration, the time has passed at which the
 * schedule would have opened it. A slot that staff have paused stays closed.
 */
async function openDueWorkshop(
  client: Client,
  guildId: GuildId,
  { name }: WorkshopSlot,
  { workshops }: CommunityConfig,
): Promise<void> {
  const schedule = client.schedule.getHandle(workshopScheduleId(guildId, name));
  const isPaused = await schedule.describe().then(({ state }) => state.paused, unlessNotFound);
  if (isPaused === false) await openDueWorkshops(schedule, workshops, Date.now());
}

/** Staff may have deleted it in the Temporal UI meanwhile: the next start makes it again. */
function unlessNotFound(error: unknown): undefined {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}
