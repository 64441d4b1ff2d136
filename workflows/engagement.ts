/**
 * Reads what became of all posts of a guild: it sleeps until figures are due, and reads those of each platform beside the others'.
 * It ends when none will be due; the next post that is published starts it again.
 */

import { ActivityFailure, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import type { CollectionOutcome } from '../domain/engagement.ts';
import { PLATFORM_LABELS, type Platform } from '../domain/platforms.ts';
import { collecting, database } from './activities.ts';
import {
  type EngagementInput,
  type EngagementProgress,
  getEngagementProgress,
  readingsPlanned,
} from './definitions/engagement.ts';
import { EngagementCourse } from './engagement-course.ts';

export async function engagement({ guildId, held }: EngagementInput): Promise<EngagementProgress> {
  const course = new EngagementCourse(held);
  let isPlanned = false;
  setHandler(readingsPlanned, () => {
    isPlanned = true;
  });
  setHandler(getEngagementProgress, () => course.describe());

  await planNext();
  while (course.nextAt !== undefined || isPlanned) {
    const platforms = course.whoseTurn(Date.now());
    if (platforms.length > 0) await collectAndWeigh(platforms);
    else await untilNext();
    if (workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof engagement>({ guildId, held: course.held });
    await planNext();
  }
  return course.describe();

  async function planNext(): Promise<void> {
    // Not in the signal itself: a platform may have answered meanwhile that it waits for what has just been done.
    if (isPlanned) course.releaseWhoWaitsForAPerson();
    isPlanned = false;
    course.plan(await database.findNextReadings(guildId));
  }

  /** Waits for the next turn, or until readings are planned, which may be earlier ones. */
  async function untilNext(): Promise<void> {
    const waitMs = (course.nextAt ?? 0) - Date.now();
    if (waitMs > 0) await condition(() => isPlanned, waitMs, { summary: 'until figures are due' });
  }

  /** What was read is compared with what is usual as soon as it is there: staff are told of posts that do well. */
  async function collectAndWeigh(platforms: readonly Platform[]): Promise<void> {
    await Promise.all(platforms.map(collect));
    await database.weighReadings(guildId, Date.now());
  }

  async function collect(platform: Platform): Promise<void> {
    const summary = `read figures of ${PLATFORM_LABELS[platform]}`;
    const outcome = await collecting(guildId, platform)
      .collectFigures.executeWithOptions({ summary }, [guildId, Date.now()])
      .catch(toOutcome);
    course.follow(platform, outcome, Date.now());
  }
}

/** What fails in the activity itself concerns this platform alone. */
function toOutcome(error: unknown): CollectionOutcome {
  if (!(error instanceof ActivityFailure)) throw error;
  return { kind: 'unavailable', reason: error.cause?.message ?? error.message };
}
