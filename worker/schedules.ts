import { ScheduleAlreadyRunning, ScheduleNotFoundError, type ScheduleOptions } from '@temporalio/client';
import type { CommunityConfig } from '../config/schema.ts';
import { contributionsId } from '../domain/contributions.ts';
import type { GuildId } from '../domain/ids.ts';
import { WINNERS_PERIODS, winnersId } from '../domain/winners.ts';
import { type GithubAccess, githubAccess } from '../runtime/github.ts';
import { untilAborted } from '../runtime/process.ts';
import { untilItWorks } from '../runtime/temporal.ts';
import { contributionsSchedule } from '../workflows/definitions/contributions.ts';
import { leaderboardsSchedule } from '../workflows/definitions/leaderboards.ts';
import { pointsCheckSchedule } from '../workflows/definitions/points-check.ts';
import { winnersSchedule } from '../workflows/definitions/winners.ts';
import type { WorkerContext } from './context.ts';

/** How long Temporal may take over one, in ms, before it is asked again. */
const ANSWER_WITHIN_MS = 10_000;

type Needed = Pick<WorkerContext, 'client' | 'config' | 'environment' | 'logger'>;

/** A schedule that is to be there as it says, or is not to be there (any more). */
type WantedSchedule = ScheduleOptions | { readonly scheduleId: string; readonly action?: undefined };

/** Every schedule of a guild. `github` is how GitHub is used, if it is. */
export function schedulesOf(
  guildId: GuildId,
  { recognition }: CommunityConfig,
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
  ];
}

/** Makes the guild's schedules what the configuration says. It is tried until Temporal takes it or `over` aborts. */
export async function keepSchedules(over: AbortSignal, context: Needed): Promise<void> {
  const { client, config, environment, logger } = context;
  for (const schedule of schedulesOf(environment.DISCORD_GUILD_ID, config, githubAccess(environment))) {
    const keep = () =>
      client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => keepSchedule(context, schedule));
    // A client that waits for a connection does not look at an abort signal: the wait ends here.
    await Promise.race([untilItWorks('Temporal', keep, logger, over), untilAborted(over)]);
  }
}

async function keepSchedule({ client }: Needed, wanted: WantedSchedule): Promise<void> {
  const handle = client.schedule.getHandle(wanted.scheduleId);
  if (wanted.action === undefined) {
    await handle.delete().catch((error) => {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    });
    return;
  }
  try {
    await client.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // Staff may have paused it: that stays.
    await handle.update(({ state }) => ({ ...wanted, state }));
  }
}
