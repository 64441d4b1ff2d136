/** Changes of what is published: on each platform one after the other, so that what stands there in the end is the latest. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { DeliveryRef } from '../domain/posts.ts';
import { inMs } from './sql.ts';

/** Longer than a platform may take for a change: a turn of a process that has died is over then. */
const TURN_MS = 120_000;
/** A request whose answer was lost may still be on its way for so long. */
const MAY_ARRIVE_MS = 10_000;

/** The right to change what is published, for a while. */
export interface EditTurn {
  readonly delivery: DeliveryRef;
  /** In ms since 1970. */
  readonly until: number;
  /** Whether nobody knows what came of an earlier change: then it is not known what stands there. */
  readonly isUnsettled: boolean;
}

/**
 * Takes the turn to change a post on a platform, at `now` (ms since 1970). Undefined: somebody else has it, or something of theirs may
 * still be on its way.
 */
export function takeEditTurn(
  em: EntityManager,
  delivery: DeliveryRef,
  now: number,
): Promise<EditTurn | undefined> {
  return em.fork().transactional(async (transaction) => {
    const [row]: { until: number | null }[] = await transaction.execute(
      `select ${inMs('changing_until', 'until')} from post_deliveries
       where guild_id = ? and post_id = ? and platform = ? for update`,
      keyOf(delivery),
    );
    if (row === undefined || (row.until !== null && row.until > now)) return undefined;
    const until = now + TURN_MS;
    await transaction.execute(
      `update post_deliveries set changing_until = ? where guild_id = ? and post_id = ? and platform = ?`,
      [new Date(until), ...keyOf(delivery)],
    );
    return { delivery, until, isUnsettled: row.until !== null };
  });
}

/** Gives back a turn in which `revision` came to stand on the platform, and writes that down. */
export async function recordEdit(em: EntityManager, turn: EditTurn, revision: number): Promise<void> {
  await em.execute(
    `update post_deliveries set published_revision = ?, changing_until = null
     where guild_id = ? and post_id = ? and platform = ? and changing_until = ?`,
    [revision, ...keyOf(turn.delivery), new Date(turn.until)],
  );
}

/** Gives back a turn, at `now` (ms since 1970), in which nothing was changed, unless `isLost`: nobody knows. */
export async function endEditTurn(
  em: EntityManager,
  { delivery, until, isUnsettled }: EditTurn,
  now: number,
  isLost: boolean,
): Promise<void> {
  const unsettledUntil = isLost ? new Date(now + MAY_ARRIVE_MS) : isUnsettled ? new Date(now) : null;
  await em.execute(
    `update post_deliveries set changing_until = ?
     where guild_id = ? and post_id = ? and platform = ? and changing_until = ?`,
    [unsettledUntil, ...keyOf(delivery), new Date(until)],
  );
}

function keyOf({ guildId, postId, platform }: DeliveryRef): [string, string, string] {
  return [guildId, postId, platform];
}
