/** Badges and achievements: who has which. What follows from getting one is ordered in the same transaction. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId, MemberId } from '../domain/ids.ts';
import { type Achievement, badgesBetween, type Recognised } from '../domain/recognition.ts';
import { putIntoOutbox } from './outbox.ts';
import type { Ledger, TotalChange } from './points.ts';

/** Who gets a badge for a cause, and not for points. */
export interface GivenBadge {
  readonly memberId: MemberId;
  readonly badge: string;
  readonly cause: string;
  /** In ms since 1970. */
  readonly at: number;
}

/** Who gets an achievement for a cause, and not for what they did often enough. */
export interface GivenAchievement extends Omit<GivenBadge, 'badge'> {
  readonly achievement: string;
}

/** Writes down the achievements that a change of totals brings, and orders what follows. Gives those that are new. */
export async function recordAchievements(
  transaction: EntityManager,
  ledger: Ledger,
  changes: readonly TotalChange[],
): Promise<{ achievement: Achievement; change: TotalChange }[]> {
  const reached = changes.flatMap((change) =>
    ledger.settings.achievements
      .filter(({ when }) => when.action === change.measure && isReached(change, when.times))
      .map((achievement) => ({ achievement, change })),
  );
  if (reached.length === 0) return [];
  const rows = reached.map(({ achievement: { name }, change: { memberId, at } }) => ({ memberId, name, at }));
  const inserted: { member_id: MemberId; achievement: string }[] = await transaction.execute(
    `insert into earned_achievements (guild_id, member_id, achievement, at)
     select ?, "memberId", name, to_timestamp(at / 1000.0)
     from jsonb_to_recordset(?::jsonb) as ("memberId" text, name text, at float8)
     on conflict do nothing returning member_id, achievement`,
    [ledger.guildId, JSON.stringify(rows)],
  );
  const isNew = new Set(inserted.map((row) => `${row.member_id}/${row.achievement}`));
  const earned = reached.filter(({ achievement, change }) =>
    isNew.has(`${change.memberId}/${achievement.name}`),
  );
  order(
    transaction,
    ledger,
    earned.map(({ achievement: { name }, change }) => recognised(ledger, change, 'achievement', name)),
  );
  return earned;
}

function isReached({ before, after }: TotalChange, times: number): boolean {
  return before < times && after >= times;
}

/** Writes down the badges that a change of points brings or, where the configuration says so, takes; and orders what follows. */
export async function recordBadges(
  transaction: EntityManager,
  ledger: Ledger,
  changes: readonly TotalChange[],
): Promise<void> {
  const orders: Recognised[] = [];
  const gained: Gained[] = [];
  for (const change of changes.filter(({ measure }) => measure === 'points')) {
    const { before, after } = change;
    // Whoever had nothing may cross a threshold of nothing.
    const crossed = badgesBetween(before === 0 ? -1 : before, after, ledger.settings);
    if (crossed.length === 0) continue;
    if (after > before) gained.push(...crossed.map((badge) => ({ change, badge })));
    else if (ledger.settings.whenPointsFall === 'lose badge')
      orders.push(...(await lose(transaction, ledger, change, crossed)));
  }
  orders.push(...(await gain(transaction, ledger, gained)));
  order(transaction, ledger, orders);
}

/** A badge that a change of points brings. */
interface Gained {
  readonly change: TotalChange;
  readonly badge: string;
}

/**
 * Gives a badge for a cause, once, unless the member has it. One that was lost is had again, and does not go with points any more.
 *
 * @returns whether it was given
 */
export async function giveBadge(
  transaction: EntityManager,
  ledger: Ledger,
  given: GivenBadge,
): Promise<boolean> {
  const { memberId, badge, cause, at } = given;
  const [held]: { is_new: boolean }[] = await transaction.execute(
    `insert into badge_holdings as holding (guild_id, member_id, badge, cause, at) values (?, ?, ?, ?, ?)
     on conflict (guild_id, member_id, badge) do update set lost_at = null, cause = excluded.cause
       where holding.lost_at is not null
     returning xmax = 0 as is_new`,
    [ledger.guildId, memberId, badge, cause, new Date(at)],
  );
  if (held === undefined) return false;
  const what = held.is_new ? 'badge' : 'badge again';
  order(transaction, ledger, [recognised(ledger, { memberId, entryId: cause }, what, badge)]);
  return true;
}

/**
 * Gives an achievement for a cause, once, without the points that come with it: they are for whoever gives it to award.
 *
 * @returns whether it was given
 */
export async function giveAchievement(
  transaction: EntityManager,
  ledger: Ledger,
  { memberId, achievement, cause, at }: GivenAchievement,
): Promise<boolean> {
  const inserted: unknown[] = await transaction.execute(
    `insert into earned_achievements (guild_id, member_id, achievement, at) values (?, ?, ?, ?)
     on conflict do nothing returning achievement`,
    [ledger.guildId, memberId, achievement, new Date(at)],
  );
  if (inserted.length === 0) return false;
  order(transaction, ledger, [recognised(ledger, { memberId, entryId: cause }, 'achievement', achievement)]);
  return true;
}

/**
 * Gives badges that members have had points for before `at` (ms since 1970), in the transaction that holds their rows, and orders
 * what follows.
 */
export async function recordHeldBadges(
  transaction: EntityManager,
  ledger: Ledger,
  lacked: readonly { readonly memberId: MemberId; readonly badge: string }[],
  at: number,
): Promise<void> {
  const gained: { member_id: MemberId; badge: string; is_new: boolean }[] = await transaction.execute(
    `insert into badge_holdings as holding (guild_id, member_id, badge, at)
     select ?, "memberId", badge, ? from jsonb_to_recordset(?::jsonb) as ("memberId" text, badge text)
     on conflict (guild_id, member_id, badge) do update set lost_at = null where holding.lost_at is not null
     returning member_id, badge, xmax = 0 as is_new`,
    [ledger.guildId, new Date(at), JSON.stringify(lacked)],
  );
  const orders = gained.map(({ member_id: memberId, badge, is_new }) =>
    recognised(ledger, { memberId, entryId: `review-${at}` }, is_new ? 'badge' : 'badge again', badge),
  );
  order(transaction, ledger, orders);
}

/** Whether a member has a badge now. */
export async function holdsBadge(
  em: EntityManager,
  { guildId, memberId, badge }: { guildId: GuildId; memberId: MemberId; badge: string },
): Promise<boolean> {
  const held: unknown[] = await em.execute(
    `select 1 from badge_holdings where guild_id = ? and member_id = ? and badge = ? and lost_at is null`,
    [guildId, memberId, badge],
  );
  return held.length > 0;
}

/** One statement, however many there are: a batch of messages may be the first of thousands. */
async function gain(
  transaction: EntityManager,
  ledger: Ledger,
  gained: readonly Gained[],
): Promise<Recognised[]> {
  if (gained.length === 0) return [];
  const rows = gained.map(({ change: { memberId, at }, badge }) => ({ memberId, badge, at }));
  const changed: { member_id: MemberId; badge: string; is_new: boolean }[] = await transaction.execute(
    `insert into badge_holdings as holding (guild_id, member_id, badge, at)
     select ?, "memberId", badge, to_timestamp(at / 1000.0)
     from jsonb_to_recordset(?::jsonb) as gained ("memberId" text, badge text, at float8)
     on conflict (guild_id, member_id, badge) do update set lost_at = null where holding.lost_at is not null
     returning member_id, badge, xmax = 0 as is_new`,
    [ledger.guildId, JSON.stringify(rows)],
  );
  const isNew = new Map(changed.map((row) => [`${row.member_id}/${row.badge}`, row.is_new]));
  return gained.flatMap(({ change, badge }) => {
    const found = isNew.get(`${change.memberId}/${badge}`);
    return found === undefined ? [] : [recognised(ledger, change, found ? 'badge' : 'badge again', badge)];
  });
}

async function lose(
  transaction: EntityManager,
  ledger: Ledger,
  change: TotalChange,
  badges: readonly string[],
): Promise<Recognised[]> {
  const lost: { badge: string }[] = await transaction.execute(
    `update badge_holdings set lost_at = ?
     where guild_id = ? and member_id = ? and badge in (?) and lost_at is null and cause is null returning badge`,
    [new Date(change.at), ledger.guildId, change.memberId, badges],
  );
  return lost.map(({ badge }) => recognised(ledger, change, 'badge lost', badge));
}

function recognised(
  { guildId }: Ledger,
  { memberId, entryId }: Pick<TotalChange, 'memberId' | 'entryId'>,
  what: Recognised['what'],
  name: string,
): Recognised {
  return { guildId, memberId, what, name, entryId };
}

/** From what nobody is told of, and no role comes with, nothing follows. */
function order(transaction: EntityManager, { settings }: Ledger, all: readonly Recognised[]): void {
  const hasEffect = ({ what, name }: Recognised) => {
    const listed = what === 'achievement' ? settings.achievements : settings.badges;
    const found = listed.find((one) => one.name === name);
    return found !== undefined && (found.announced || ('role' in found && found.role !== undefined));
  };
  putIntoOutbox(
    transaction,
    all.filter(hasEffect).map((recognised) => ({ kind: 'recognise', recognised })),
  );
}
