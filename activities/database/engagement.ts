import { findNextReadings } from '../../database/engagement.ts';
import type { NextReadings } from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { DatabaseContext } from './context.ts';

/** What reading figures needs of the database. */
export function engagementInDatabase({ database }: DatabaseContext) {
  return {
    /** For each platform with readings that are due, or will be: when the next one is. */
    findNextReadings(guildId: GuildId): Promise<NextReadings[]> {
      return findNextReadings(database.em.fork(), guildId);
    },
  };
}
