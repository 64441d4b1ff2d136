/** A community that grows for a year: its ledger, made in the database. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { foldSteps } from '../../database/leaderboard-steps.ts';
import { award, type Ledger } from '../../database/points.ts';
import { rebuildTotals } from '../../database/totals.ts';
import { toMemberId } from '../../domain/ids.ts';

/** How large it becomes: all members are there from the beginning, entries come in equal parts. */
export interface Growth {
  readonly members: number;
  /** In a year. */
  readonly entries: number;
}

const YEAR = 2025;
const MONTHS = 12;
/** Members are numbered from here. */
const FIRST_MEMBER = 1_400_000_000_000_000_000n;
/** Points that come in after the last time that PostgreSQL has cleaned the tables. */
const AWARDS_SINCE = 5_000;
const BATCH = 100;
/** After so many of them the steps of leaderboards are folded, which a worker does every ten seconds. */
const FOLDED_AFTER = 1_000;

/** When a month begins, in ms since 1970. */
export function startOfMonth(month: number): number {
  return Date.UTC(YEAR, month - 1);
}

/** The member with this number, from 0. */
export function memberAt(index: number) {
  return toMemberId(String(FIRST_MEMBER + BigInt(index)));
}

/**
 * Writes a month into the ledger. Few members do much, most do little; nine entries of ten are messages. The same every time:
 * the seed is the month.
 */
export async function fillMonth(em: EntityManager, { guildId }: Ledger, month: number, growth: Growth) {
  const from = startOfMonth(month);
  const seconds = (startOfMonth(month + 1) - from) / 1_000;
  await em.transactional(async (transaction) => {
    await transaction.execute(`select setseed(?)`, [month / 100]);
    await transaction.execute(
      `insert into points_ledger (guild_id, member_id, cause, action, tenths, at, recorded_at)
       select ?, (?::bigint + floor(? * power(who, 2))::bigint)::text, 'bench/' || ? || '/' || number,
         case when what < 0.9 then 'message' when what < 0.98 then 'helpful-answer'
           when what < 0.99 then 'tutorial-created' else 'event-attended' end,
         case when what < 0.9 then 10 when what < 0.98 then 50 when what < 0.99 then 250 else 10 end,
         at, at
       from (
         select number, random() as who, random() as what,
           to_timestamp(?) + make_interval(secs => random() * ?) as at
         from generate_series(1, ?) as number
       ) as entry order by at`,
      [
        ...[guildId, String(FIRST_MEMBER), growth.members, month],
        ...[from / 1_000, seconds, Math.round(growth.entries / MONTHS)],
      ],
    );
  });
}

/** Makes the totals, and lets PostgreSQL clean up as it does by itself after a while. */
export async function makeTotals(em: EntityManager, ledger: Ledger): Promise<void> {
  await rebuildTotals(em, ledger);
  await em.execute(`vacuum analyze points_ledger`);
  await em.execute(`vacuum analyze points_totals`);
}

/** Points go on coming: what PostgreSQL has not cleaned yet makes reading slower, and there is always some of it. */
export async function keepUsing(em: EntityManager, ledger: Ledger, month: number): Promise<void> {
  const at = startOfMonth(month + 1) - 60_000;
  for (let first = 0; first < AWARDS_SINCE; first += BATCH) {
    if (first % FOLDED_AFTER === 0) await foldSteps(em, ledger.guildId);
    const awards = Array.from({ length: BATCH }, (_, index) => ({
      ...{ memberId: memberAt((first + index) * 7), action: 'tested', at },
      cause: `since/${month}/${first + index}`,
    }));
    await em.fork().transactional((transaction) => award(transaction, ledger, awards));
  }
}
