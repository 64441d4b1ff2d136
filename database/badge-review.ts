/** Badges for points that members have already: a threshold may have become lower, or a badge may be new. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemberId } from '../domain/ids.ts';
import { badgesByPoints } from '../domain/recognition.ts';
import { recordHeldBadges } from './badges.ts';
import type { Ledger } from './points.ts';
import { lockMembers } from './recognised-members.ts';

/** Members are looked after so many at a time: each transaction locks their rows. */
const BATCH = 500;

/** Who has points for a badge and does not have it. Whoever has nothing at all in the ledger is not looked at. */
const LACKING = `
  select total.member_id as "memberId", threshold.badge
  from points_totals as total
  join jsonb_to_recordset(?::jsonb) as threshold (badge text, tenths bigint) on total.amount >= threshold.tenths
  left join badge_holdings as holding
    on holding.guild_id = total.guild_id and holding.member_id = total.member_id
      and holding.badge = threshold.badge and holding.lost_at is null
  where total.guild_id = ? and total.measure = 'points' and total.period = 'all' and holding.badge is null`;

/** A badge that a member has points for and does not have. */
export interface LackedBadge {
  readonly memberId: MemberId;
  readonly badge: string;
}

/**
 * Gives the badges for which members have had points already, and orders what follows. Doing it again gives nothing more.
 *
 * @param at when, in ms since 1970
 * @returns how many were given
 */
export async function reviewBadges(em: EntityManager, ledger: Ledger, at: number): Promise<number> {
  let given = 0;
  for (;;) {
    const members = await membersLacking(em, ledger);
    if (members.length === 0) return given;
    given += await em.fork().transactional(async (transaction) => {
      await lockMembers(transaction, ledger.guildId, members);
      // What was read before the lock may have changed: points taken back, a badge given.
      const lacked: LackedBadge[] = await transaction.execute(
        `${LACKING} and total.member_id in (?) order by total.member_id, threshold.tenths`,
        [thresholds(ledger), ledger.guildId, members],
      );
      await recordHeldBadges(transaction, ledger, lacked, at);
      return lacked.length;
    });
  }
}

async function membersLacking(em: EntityManager, ledger: Ledger): Promise<MemberId[]> {
  const rows: { memberId: MemberId }[] = await em
    .fork()
    .execute(`select distinct "memberId" from (${LACKING}) as lacking order by "memberId" limit ?`, [
      ...[thresholds(ledger), ledger.guildId, BATCH],
    ]);
  return rows.map(({ memberId }) => memberId);
}

function thresholds({ settings }: Ledger): string {
  return JSON.stringify(
    badgesByPoints(settings).map(({ name, points }) => ({ badge: name, tenths: Math.round(points * 10) })),
  );
}
