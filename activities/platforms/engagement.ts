/** Reads what became of posts on a platform. Nobody is shown anything by it, so it may be repeated at will. */

import { findDueReadings, missReadings, recordReadings } from '../../database/engagement.ts';
import type {
  CollectionOutcome,
  DueReading,
  FiguresOutcome,
  PostFigures,
  Reading,
} from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import { PLATFORM_LABELS } from '../../domain/platforms.ts';
import { whileBeating } from '../heartbeat.ts';
import { connectToRead, withConnection } from './connection.ts';
import type { PlatformContext } from './context.ts';
import { readToolsFor } from './tools.ts';

/** So many posts are read in one activity. After a long outage there may be more: they come next. */
const MOST_AT_ONCE = 500;

const NOTHING_DUE: CollectionOutcome = { kind: 'read', taken: 0, gone: 0, requests: 0 };

/** Reading figures, on a platform's queue. */
export function createEngagementActivities(context: PlatformContext) {
  const { platform, connect, database } = context;
  const label = PLATFORM_LABELS[platform];

  return {
    /**
     * Reads the figures of the posts that are due on this platform, and writes them down.
     *
     * @param at the workflow's time, in ms since 1970
     */
    async collectFigures(guildId: GuildId, at: number): Promise<CollectionOutcome> {
      await missReadings(database.em.fork(), guildId, platform, at);
      const due = await findDueReadings(database.em.fork(), guildId, platform, at, MOST_AT_ONCE);
      if (due.length === 0) return NOTHING_DUE;
      const outcome = await whileBeating(() => readFigures(due));
      if (outcome.kind !== 'read') return outcome;
      const { taken, gone } = sortOut(outcome.posts, due, at);
      // What is left out is asked for again: not at once, if that is all of it.
      if (taken.length + gone.length === 0)
        return { kind: 'unavailable', reason: `${label} said nothing of what it was asked for` };
      return {
        kind: 'read',
        ...(await recordReadings(database.em, taken, gone)),
        requests: outcome.requests,
      };
    },
  };

  function readFigures(due: readonly DueReading[]): Promise<FiguresOutcome> {
    const tools = readToolsFor(context);
    return withConnection(connectToRead(connect), async (publisher): Promise<FiguresOutcome> => {
      const outcome = await publisher.readFigures?.(due, tools);
      return outcome ?? { kind: 'not allowed', reason: `${label} gives no figures` };
    });
  }
}

/** Which readings were taken by what a platform has said, and what is gone from it. */
function sortOut(posts: readonly PostFigures[], due: readonly DueReading[], takenAt: number) {
  const readings = new Map(due.map((reading) => [reading.postId, reading]));
  const taken: Reading[] = [];
  const gone: DueReading[] = [];
  for (const post of posts) {
    const reading = readings.get(post.order.postId);
    if (reading === undefined) continue;
    if (post.kind === 'gone') gone.push(reading);
    else taken.push({ ...reading, takenAt, figures: post.figures });
  }
  return { taken, gone };
}

export type EngagementActivities = ReturnType<typeof createEngagementActivities>;
