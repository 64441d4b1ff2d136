import { type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import {
  type ContributionSettings,
  contributionsId,
  type RepositoryName,
  type RepositoryReading,
} from '../../domain/contributions.ts';
import { toMilliseconds } from '../../domain/duration.ts';
import type { GuildId } from '../../domain/ids.ts';
import { startBySchedule } from './schedule.ts';

/** The workflow's type, as Temporal knows it. */
export const CONTRIBUTIONS = 'contributions';

/** What is read. */
export interface ContributionsInput {
  readonly guildId: GuildId;
  readonly repositories: readonly RepositoryName[];
}

/** What was found. */
export interface ContributionsResult {
  readonly repositories: readonly { readonly name: RepositoryName; readonly reading: RepositoryReading }[];
  /** How many pull requests were awarded. */
  readonly awarded: number;
}

/** How one reading is started, by the schedule or by hand. */
export function startContributions({ guildId, repositories }: ContributionsInput) {
  return {
    ...startBySchedule(guildId, 'contributions', contributionsId(guildId)),
    args: [{ guildId, repositories }] as [ContributionsInput],
    staticSummary: 'Counts merged pull requests',
    staticDetails:
      'Reads the configured repositories on GitHub, and awards what linked members have contributed.',
  };
}

/** The schedule: one reading at a time, and one for all that were missed. */
export function contributionsSchedule(
  guildId: GuildId,
  { every, repositories }: Pick<ContributionSettings, 'every' | 'repositories'>,
): ScheduleOptions {
  return {
    scheduleId: contributionsId(guildId),
    spec: { intervals: [{ every: toMilliseconds(every) }] },
    action: {
      type: 'startWorkflow',
      workflowType: CONTRIBUTIONS,
      ...startContributions({ guildId, repositories }),
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: toMilliseconds(every) },
  };
}
