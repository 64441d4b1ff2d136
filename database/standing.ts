/** Where a member stands, read from totals, badges, achievements and the ledger. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId, MemberId } from '../domain/ids.ts';
import {
  ENTRIES_PER_PAGE,
  type Held,
  type HistoryEntry,
  type HistoryPage,
  type MemberStanding,
  type PointsInPeriod,
} from '../domain/standing.ts';
import { placeOf } from './leaderboards.ts';
import type { Ledger } from './points.ts';
import { inMs } from './sql.ts';
import { periodsAt } from './totals.ts';

/** The id of the message in a cause: `message/<id>`, `thanks/<id>/<giver>`. */
const MESSAGE_IN_CAUSE = '^(?:message|thanks)/([0-9]{15,19})(?:/|$)';

/** Where a member stands at `now` (ms since 1970): in its week, in its month, and of all time. */
export async function readStanding(
  em: EntityManager,
  ledger: Ledger,
  memberId: MemberId,
  now: number,
): Promise<MemberStanding> {
  const { guildId } = ledger;
  const periods = await periodsAt(em, ledger, now);
  const [all, month, week, badges, achievements] = await Promise.all([
    pointsIn(em, guildId, memberId, 'all'),
    pointsIn(em, guildId, memberId, periods.month),
    pointsIn(em, guildId, memberId, periods.week),
    em.execute<Held[]>(
      `select badge as name, ${inMs('at')} from badge_holdings
       where guild_id = ? and member_id = ? and lost_at is null order by at, badge`,
      [guildId, memberId],
    ),
    em.execute<Held[]>(
      `select achievement as name, ${inMs('at')} from earned_achievements
       where guild_id = ? and member_id = ? order by at, achievement`,
      [guildId, memberId],
    ),
  ]);
  return { memberId, points: { all, month, week }, badges, achievements };
}

async function pointsIn(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
  period: string,
): Promise<PointsInPeriod> {
  const own = await placeOf(em, { guildId, measure: 'points', period }, memberId);
  if (own !== undefined) return { tenths: own.amount, place: { place: own.place, of: own.of } };
  const [total]: { amount: number }[] = await em.execute(
    `select amount::float8 as amount from points_totals
     where guild_id = ? and measure = 'points' and period = ? and member_id = ?`,
    [guildId, period, memberId],
  );
  return { tenths: total?.amount ?? 0 };
}

/** A page of a member's entries, from the newest on; the last page in place of one behind it. */
export async function readHistory(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
  wanted: number,
): Promise<HistoryPage> {
  const [counted]: { entries: number }[] = await em.execute(
    `select count(*)::integer as entries from points_ledger where guild_id = ? and member_id = ?`,
    [guildId, memberId],
  );
  const pages = Math.max(1, Math.ceil((counted?.entries ?? 0) / ENTRIES_PER_PAGE));
  const page = Math.min(wanted, pages);
  const entries: HistoryEntry[] = await em.execute(
    `select entry.id::text, action, cause, tenths, ${inMs('recorded_at', 'at')}, staff_id is not null as "byStaff",
       reverses::text, message.id::text as "messageId", message.channel_id as "channelId",
       exists (select 1 from points_ledger as reversal
               where reversal.guild_id = entry.guild_id and reversal.cause = 'reversal/' || entry.id) as reversed
     from points_ledger as entry left join messages as message
       on message.guild_id = entry.guild_id and message.id = substring(cause from ?)::bigint
     where entry.guild_id = ? and entry.member_id = ?
     order by entry.id desc limit ? offset ?`,
    [MESSAGE_IN_CAUSE, guildId, memberId, ENTRIES_PER_PAGE, (page - 1) * ENTRIES_PER_PAGE],
  );
  return { guildId, memberId, page, pages, entries };
}
