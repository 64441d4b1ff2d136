/** What staff are offered who want to take an entry of the ledger back. The bot reads it by itself, while they type. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { GuildId, MemberId } from '../domain/ids.ts';
import type { ReversibleEntry } from '../domain/recognition-change.ts';
import { inMs } from './sql.ts';

/** What is older is not looked for: whoever wants it finds its number in the history. */
const LOOKED_THROUGH = 1_000;

/** Which entries are wanted. */
export interface WantedEntries {
  /** Nobody takes back what they have got themselves. */
  readonly staffId: MemberId;
  /** Whose; without it, everybody's. */
  readonly memberId?: MemberId | undefined;
  /** How their numbers begin. */
  readonly typed: string;
}

/** The latest entries that can be taken back, the newest first. */
export function latestEntries(
  em: EntityManager,
  guildId: GuildId,
  { staffId, memberId, typed }: WantedEntries,
): Promise<ReversibleEntry[]> {
  const [ofMember, values] = memberId === undefined ? ['', []] : ['and member_id = ?', [memberId]];
  return em.execute(
    `select entry.id::text, member_id as "memberId", action, cause, tenths, ${inMs('recorded_at', 'at')}
     from (select * from points_ledger where guild_id = ? ${ofMember} order by id desc limit ?) as entry
     where member_id <> ? and reverses is null and starts_with(entry.id::text, ?) and not exists (
       select 1 from points_ledger as reversal
       where reversal.guild_id = entry.guild_id and reversal.cause = 'reversal/' || entry.id)
     order by entry.id desc limit ?`,
    [guildId, ...values, LOOKED_THROUGH, staffId, typed, DISCORD_LIMITS.offeredValues],
  );
}
