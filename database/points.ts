/** The ledger of points. Everything that gives or takes points goes through here. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId, MemberId } from '../domain/ids.ts';
import {
  ACTION,
  type Achievement,
  type Action,
  type Award,
  type Measure,
  type RecognitionSettings,
  type Reversal,
  type StaffReason,
  tenthsOf,
} from '../domain/recognition.ts';
import { recordAchievements, recordBadges } from './badges.ts';
import { lockMembers } from './recognised-members.ts';
import { TOTALS_OF_ENTRY } from './totals.ts';

/** Whose ledger it is, and by which rules it is kept. */
export interface Ledger {
  readonly guildId: GuildId;
  readonly settings: RecognitionSettings;
}

/** An entry as it was written. */
export interface WrittenEntry {
  readonly id: string;
  readonly memberId: MemberId;
  readonly cause: string;
  readonly action: Action;
  readonly tenths: number;
  /** When it counts, in ms since 1970. */
  readonly at: number;
}

/** How a total of all time has changed. Points are in tenths. */
export interface TotalChange {
  readonly memberId: MemberId;
  readonly measure: Measure;
  readonly before: number;
  readonly after: number;
  /** The last entry that counts in it, and when it counts, in ms since 1970. */
  readonly entryId: string;
  readonly at: number;
}

/** An entry that is to be written. Times in ms since 1970. */
interface NewEntry {
  readonly memberId: MemberId;
  readonly cause: string;
  readonly action: Action;
  readonly tenths: number;
  readonly at: number;
  readonly quality?: number | undefined;
  readonly byStaff?: StaffReason | undefined;
  readonly reverses?: string;
}

/**
 * Writes `awards` into the ledger, but those whose cause is there already, with their totals and with the badges and achievements
 * that come with them; what follows from these is ordered. All in the transaction that `transaction` is in, which holds the
 * members' rows until it ends: award everything that it awards in one call, or two transactions may wait for each other.
 *
 * @returns the entries that are new; those that come with achievements are not among them
 * @throws RangeError if an award has points of its own that are no number with at most one decimal
 */
export async function award(
  transaction: EntityManager,
  ledger: Ledger,
  awards: readonly Award[],
): Promise<WrittenEntry[]> {
  for (const { points, cause } of awards) if (points !== undefined) checkPoints(points, cause);
  const entries = awards.map((one) => ({ ...one, tenths: tenthsOf(one, ledger.settings) }));
  await lockMembers(
    transaction,
    ledger.guildId,
    entries.map(({ memberId }) => memberId),
  );
  return write(transaction, ledger, entries);
}

/** Takes an entry back by another one, once. It counts where the first one did, and `byStaff` is kept with it. */
export async function reverse(
  transaction: EntityManager,
  ledger: Ledger,
  entryId: string,
  byStaff: StaffReason,
): Promise<Reversal> {
  const [entry]: ReversedRow[] = await transaction.execute(
    `select member_id, action, tenths, at, reverses from points_ledger where guild_id = ? and id = ?`,
    [ledger.guildId, entryId],
  );
  if (entry === undefined) return { kind: 'no such entry' };
  if (entry.reverses !== null) return { kind: 'is a reversal' };
  const memberId = entry.member_id;
  const reversal: NewEntry = {
    ...{ memberId, cause: `reversal/${entryId}`, action: entry.action, tenths: -entry.tenths },
    ...{ at: new Date(entry.at).getTime(), byStaff, reverses: entryId },
  };
  await lockMembers(transaction, ledger.guildId, [memberId]);
  const [written] = await write(transaction, ledger, [reversal]);
  return written === undefined
    ? { kind: 'already reversed' }
    : { kind: 'reversed', memberId, entryId: written.id, tenths: written.tenths };
}

interface ReversedRow {
  readonly member_id: MemberId;
  readonly action: Action;
  readonly tenths: number;
  readonly at: string;
  readonly reverses: string | null;
}

function checkPoints(points: number, cause: string): void {
  const tenths = Math.round(points * 10);
  if (Number.isSafeInteger(tenths) && Math.abs(tenths / 10 - points) < 1e-9) return;
  throw new RangeError(`${points} points for ${cause}: expected a number with at most one decimal`);
}

/** Writes entries, totals and what comes with them. Achievements bring points, which may bring badges. */
async function write(
  transaction: EntityManager,
  ledger: Ledger,
  entries: readonly NewEntry[],
): Promise<WrittenEntry[]> {
  const { written, changes } = await writeEntries(transaction, ledger, entries);
  const earned = await recordAchievements(transaction, ledger, changes);
  await recordBadges(transaction, ledger, changes);
  const bonuses = earned.filter(({ achievement }) => achievement.points > 0).map(toBonus);
  if (bonuses.length > 0) await write(transaction, ledger, bonuses);
  return written;
}

function toBonus({ achievement, change }: { achievement: Achievement; change: TotalChange }): NewEntry {
  return {
    memberId: change.memberId,
    cause: `achievement/${achievement.name}/${change.memberId}`,
    action: ACTION.achievement,
    tenths: Math.round(achievement.points * 10),
    at: change.at,
  };
}

interface WrittenRow {
  readonly entries: readonly WrittenEntry[] | null;
  readonly changes: readonly (Omit<TotalChange, 'before' | 'after'> & { readonly by: number })[] | null;
  readonly totals: readonly Pick<TotalChange, 'memberId' | 'measure' | 'after'>[] | null;
}

/**
 * One statement, however many there are. Changes and totals are put together here: PostgreSQL does not know how many there will be,
 * and would compare each with each.
 */
async function writeEntries(
  transaction: EntityManager,
  { guildId, settings: { timeZone } }: Ledger,
  entries: readonly NewEntry[],
): Promise<{ written: WrittenEntry[]; changes: TotalChange[] }> {
  if (entries.length === 0) return { written: [], changes: [] };
  const [row]: WrittenRow[] = await transaction.execute(
    `with entry as (
       insert into points_ledger
         (guild_id, member_id, cause, action, tenths, at, recorded_at, quality, staff_id, reason, reverses)
       select ?, member_id, cause, action, tenths, to_timestamp(at / 1000.0), to_timestamp(recorded_at / 1000.0),
         quality, staff_id, reason, reverses
       from rows from (jsonb_to_recordset(?::jsonb) as (
         member_id text, cause text, action text, tenths integer, at float8, recorded_at float8,
         quality numeric, staff_id text, reason text, reverses bigint
       )) with ordinality order by ordinality
       on conflict (guild_id, cause) do nothing
       returning id, guild_id, member_id, cause, action, tenths, at, reverses
     ), change as (
       select guild_id, member_id, measure, period, sum(amount)::bigint as amount, max(at) as at, max(id) as entry_id
       from entry cross join lateral ${TOTALS_OF_ENTRY}
       group by guild_id, member_id, measure, period
     ), total as (
       insert into points_totals as total (guild_id, measure, period, member_id, amount, reached_at, shown)
       select guild_id, measure, period, member_id, amount, at, not (opted_out or has_left)
       from change join recognised_members using (guild_id, member_id)
       on conflict (guild_id, measure, period, member_id) do update
         set amount = total.amount + excluded.amount, reached_at = greatest(total.reached_at, excluded.reached_at)
       returning member_id, measure, period, amount
     )
     select
       (select jsonb_agg(jsonb_build_object('id', id::text, 'memberId', member_id, 'cause', cause, 'action', action,
          'tenths', tenths, 'at', round(extract(epoch from at) * 1000)) order by id) from entry) as entries,
       (select jsonb_agg(jsonb_build_object('memberId', member_id, 'measure', measure, 'by', amount,
          'entryId', entry_id::text, 'at', round(extract(epoch from at) * 1000)) order by entry_id)
        from change where period = 'all') as changes,
       (select jsonb_agg(jsonb_build_object('memberId', member_id, 'measure', measure, 'after', amount))
        from total where period = 'all') as totals`,
    [guildId, JSON.stringify(entries.map(toColumns)), timeZone, timeZone],
  );
  return { written: [...(row?.entries ?? [])], changes: row === undefined ? [] : changesIn(row) };
}

function changesIn({ changes, totals }: WrittenRow): TotalChange[] {
  const key = ({ memberId, measure }: Pick<TotalChange, 'memberId' | 'measure'>) => `${memberId}/${measure}`;
  const totalOf = new Map((totals ?? []).map((total) => [key(total), total.after]));
  return (changes ?? []).map(({ by, ...change }) => {
    const after = totalOf.get(key(change)) ?? by;
    return { ...change, before: after - by, after };
  });
}

function toColumns({ memberId, cause, action, tenths, at, quality, byStaff, reverses }: NewEntry) {
  return {
    ...{ member_id: memberId, cause, action, tenths, at, recorded_at: byStaff?.at ?? at, quality },
    ...{ staff_id: byStaff?.staffId, reason: byStaff?.reason, reverses },
  };
}
