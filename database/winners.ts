/** Weeks and months that are over, and who has won them. The winners' role belongs to those of the last one. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId, MemberId } from '../domain/ids.ts';
import type { ClosedPeriod, Winner, WinnersPeriod } from '../domain/winners.ts';
import type { Ledger } from './points.ts';
import { periodsAt } from './totals.ts';

/** Which period is to be closed, and how. */
export interface Closing {
  readonly kind: WinnersPeriod;
  /** On the day after its end, in ms since 1970. */
  readonly at: number;
  /** Up to which place one wins. */
  readonly first: number;
}

/**
 * Closes the week or month that was over on the day before, and writes down who has won it. Once: whoever closes it again gets
 * the same winners, whatever has become of their points since.
 */
export async function closePeriod(
  em: EntityManager,
  ledger: Ledger,
  { kind, at, first }: Closing,
): Promise<ClosedPeriod> {
  const { guildId } = ledger;
  return em.fork().transactional(async (transaction) => {
    const { [kind]: period } = await periodsAt(transaction, ledger, at, 1);
    // Of two that close it at the same time, the second one waits here until the first one has.
    const isNew: unknown[] = await transaction.execute(
      `insert into closed_periods (guild_id, kind, period, closed_at) values (?, ?, ?, ?)
       on conflict do nothing returning period`,
      [guildId, kind, period, new Date(at)],
    );
    if (isNew.length > 0) await writeWinners(transaction, guildId, { kind, period, first });
    return {
      period,
      winners: await winnersOf(transaction, guildId, kind, period),
      roles: await possibleHolders(transaction, guildId, kind),
    };
  });
}

/** Who has won a period, from the first on. */
export async function winnersOf(
  em: EntityManager,
  guildId: GuildId,
  kind: WinnersPeriod,
  period: string,
): Promise<Winner[]> {
  return em.execute(
    `select member_id as "memberId", place from period_winners
     where guild_id = ? and kind = ? and period = ? order by place, member_id`,
    [guildId, kind, period],
  );
}

/** Whether the winners' role is a member's: those of the last period that was closed have it. */
export async function hasWonLast(
  em: EntityManager,
  guildId: GuildId,
  kind: WinnersPeriod,
  memberId: MemberId,
): Promise<boolean> {
  return (await lastWonBy(em, guildId, memberId)).includes(kind);
}

/** Of what a member has won the last one that was closed. */
export async function lastWonBy(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
): Promise<WinnersPeriod[]> {
  const rows: { kind: WinnersPeriod }[] = await em.execute(
    `select kind from period_winners as won where guild_id = ? and member_id = ? and period = (
       select max(period) from closed_periods as closed where closed.guild_id = won.guild_id and closed.kind = won.kind
     ) order by kind`,
    [guildId, memberId],
  );
  return rows.map(({ kind }) => kind);
}

/** Writes down that the role which a member had from earlier periods is taken. */
export async function recordRoleTaken(
  em: EntityManager,
  guildId: GuildId,
  kind: WinnersPeriod,
  memberId: MemberId,
): Promise<void> {
  await em.execute(
    `update period_winners set may_have_role = false
     where guild_id = ? and kind = ? and member_id = ? and may_have_role
       and period < (select max(period) from closed_periods where guild_id = ? and kind = ?)`,
    [guildId, kind, memberId, guildId, kind],
  );
}

async function writeWinners(
  transaction: EntityManager,
  guildId: GuildId,
  { kind, period, first }: { kind: WinnersPeriod; period: string; first: number },
): Promise<void> {
  await transaction.execute(
    `insert into period_winners (guild_id, kind, period, member_id, place)
     select guild_id, ?, period, member_id, place
     from (
       select guild_id, period, member_id, rank() over (order by amount desc) as place
       from points_totals where guild_id = ? and measure = 'points' and period = ? and shown and amount > 0
     ) as standing
     where place <= ?`,
    [kind, guildId, period, first],
  );
}

async function possibleHolders(
  transaction: EntityManager,
  guildId: GuildId,
  kind: WinnersPeriod,
): Promise<MemberId[]> {
  const rows: { member_id: MemberId }[] = await transaction.execute(
    `select distinct member_id from period_winners where guild_id = ? and kind = ? and may_have_role order by member_id`,
    [guildId, kind],
  );
  return rows.map(({ member_id }) => member_id);
}
