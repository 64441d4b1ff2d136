/** What tests look at of readings: in the table, as it is. */

import { inMs } from '../../database/sql.ts';
import type { Figures, ReadingState } from '../../domain/engagement.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PostRef } from '../../domain/posts.ts';
import type { TestDatabase } from './database.ts';

/** A reading, as it is written down. Times in ms since 1970. */
export interface WrittenReading {
  readonly platform: Platform;
  readonly ageMs: number;
  readonly state: ReadingState;
  readonly dueAt: number;
  readonly takenAt: number | null;
  readonly figures: Figures;
}

/** The readings of a post, by platforms and ages. */
export async function readingsOf(
  { em }: TestDatabase['orm'],
  { guildId, postId }: PostRef,
): Promise<WrittenReading[]> {
  const figures = ['impressions', 'reach', 'likes', 'shares', 'comments', 'clicks'];
  return em.fork().execute(
    `select platform, age_ms::float8 as "ageMs", state, ${inMs('due_at', '"dueAt"')}, ${inMs('taken_at', '"takenAt"')},
       json_build_object(${figures.map((name) => `'${name}', ${name}`).join(', ')}) as figures
     from post_readings where guild_id = ? and post_id = ? order by platform, age_ms`,
    [guildId, postId],
  );
}
