/** How a member wants to hear of events: by direct message or not, and in which times they write. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId, MemberId } from '../domain/ids.ts';
import { putIntoOutbox } from './outbox.ts';

/**
 * Writes down whether a member wants direct messages about events. If they do, it orders that the channel for them is opened, unless
 * that was done before.
 */
export function setWantsDirectMessages(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
  wants: boolean,
): Promise<void> {
  return em.fork().transactional(async (transaction) => {
    const changed: { hasChannel: boolean }[] = await transaction.execute(
      `insert into event_preferences as known (guild_id, member_id, wants_direct_messages) values (?, ?, ?)
       on conflict (guild_id, member_id) do update set wants_direct_messages = excluded.wants_direct_messages
         where known.wants_direct_messages is distinct from excluded.wants_direct_messages
       returning exists (
         select from direct_message_channels as channel
         where channel.guild_id = known.guild_id and channel.member_id = known.member_id) as "hasChannel"`,
      [guildId, memberId, wants],
    );
    if (!wants || changed[0]?.hasChannel !== false) return;
    putIntoOutbox(transaction, [{ kind: 'open direct messages', guildId, memberId }]);
  });
}

/** Whether a member wants direct messages about events. Undefined if they have not said. */
export async function wantsDirectMessages(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
): Promise<boolean | undefined> {
  const [found]: { wants: boolean | null }[] = await em.execute(
    `select wants_direct_messages as wants from event_preferences where guild_id = ? and member_id = ?`,
    [guildId, memberId],
  );
  return found?.wants ?? undefined;
}

/** Writes down the time zone in which a member writes times, by its name in the IANA database. */
export async function setTimeZone(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
  timeZone: string,
): Promise<void> {
  await em.execute(
    `insert into event_preferences (guild_id, member_id, time_zone) values (?, ?, ?)
     on conflict (guild_id, member_id) do update set time_zone = excluded.time_zone`,
    [guildId, memberId, timeZone],
  );
}

/** The time zone in which a member writes times. Undefined if they have not said. */
export async function timeZoneOf(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
): Promise<string | undefined> {
  const [found]: { timeZone: string | null }[] = await em.execute(
    `select time_zone as "timeZone" from event_preferences where guild_id = ? and member_id = ?`,
    [guildId, memberId],
  );
  return found?.timeZone ?? undefined;
}
