/** Whom a notice of an event concerns, and who of them wants to hear of it by direct message. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { type EventNotice, type EventRef, noticeKey } from '../domain/events.ts';
import type { MemberId } from '../domain/ids.ts';

/** In which table those are whom it concerns, and which of them. */
interface Audience {
  readonly table: 'event_registrations' | 'event_attendances';
  readonly condition: string;
}

/** What is sent only to those who have asked for it, and what all get who have not refused it. */
const WANTED = 'preference.wants_direct_messages';
const NOT_REFUSED = 'preference.wants_direct_messages is distinct from false';

/** A change concerns what somebody has signed up for. */
const SIGNED_UP: Audience = {
  table: 'event_registrations',
  condition: `concerned.state in ('going', 'waiting', 'maybe') and ${NOT_REFUSED}`,
};

const AUDIENCES: Readonly<Record<EventNotice['kind'], Audience>> = {
  reminder: { table: 'event_registrations', condition: `concerned.state = 'going' and ${WANTED}` },
  moved: SIGNED_UP,
  cancelled: SIGNED_UP,
  thanks: { table: 'event_attendances', condition: `concerned.attended and ${WANTED}` },
  'feedback reminder': {
    table: 'event_attendances',
    condition: `concerned.attended and ${WANTED} and not exists (
      select from event_feedback as answer
      where answer.guild_id = concerned.guild_id and answer.event_id = concerned.event_id
        and answer.member_id = concerned.member_id)`,
  },
};

/** A member whom a notice concerns. */
export interface Concerned {
  readonly memberId: MemberId;
  /** Whether the channel for direct messages with them is known: it need not be opened, which Discord limits much more. */
  readonly hasChannel: boolean;
}

/** Those whom a notice concerns, in the order of their ids as texts, from after `after` on. */
export function membersConcerned(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  kind: EventNotice['kind'],
  after: string,
  limit: number,
): Promise<Concerned[]> {
  const { table, condition } = AUDIENCES[kind];
  return em.execute(
    `select concerned.member_id as "memberId", channel.channel_id is not null as "hasChannel"
     from ${table} as concerned
     left join event_preferences as preference
       on preference.guild_id = concerned.guild_id and preference.member_id = concerned.member_id
     left join direct_message_channels as channel
       on channel.guild_id = concerned.guild_id and channel.member_id = concerned.member_id
     where concerned.guild_id = ? and concerned.event_id = ? and ${condition} and concerned.member_id > ?
     order by concerned.member_id limit ?`,
    [guildId, eventId, after, limit],
  );
}

/** Those of `members` whom it concerns still: they may have changed their minds while it was their turn. */
export async function stillConcerned(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  kind: EventNotice['kind'],
  members: readonly MemberId[],
): Promise<ReadonlySet<MemberId>> {
  const { table, condition } = AUDIENCES[kind];
  const rows: { memberId: MemberId }[] = await em.execute(
    `select concerned.member_id as "memberId"
     from ${table} as concerned
     left join event_preferences as preference
       on preference.guild_id = concerned.guild_id and preference.member_id = concerned.member_id
     where concerned.guild_id = ? and concerned.event_id = ? and ${condition} and concerned.member_id in (?)`,
    [guildId, eventId, members],
  );
  return new Set(rows.map(({ memberId }) => memberId));
}

/** How many of `members` have been told. */
export async function countTold(
  em: EntityManager,
  event: EventRef,
  notice: EventNotice,
  members: readonly MemberId[],
): Promise<number> {
  const [row]: { told: number }[] = await em.execute(
    `select count(*)::integer as told from sent_messages where key in (?) and message_id is not null`,
    [members.map((member) => noticeKey(event, notice, member))],
  );
  return row?.told ?? 0;
}
