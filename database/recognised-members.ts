/** Members who have points, or have had something to do with them: their rows are locked before anything of theirs changes. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId, MemberId } from '../domain/ids.ts';
import type { OutboxOrder } from '../domain/outbox.ts';
import { putIntoOutbox } from './outbox.ts';
import { lastWonBy } from './winners.ts';

/** What can change about who is shown on leaderboards; what is not named stays. */
export interface VisibilityChange {
  readonly hasLeft?: boolean;
  /** The member does not want to be shown. */
  readonly optedOut?: boolean;
}

/**
 * Locks the rows of members until the transaction that `transaction` is in ends: in the order of their ids, so that two
 * transactions with several members never wait for each other. Those who have none get one.
 */
export async function lockMembers(
  transaction: EntityManager,
  guildId: GuildId,
  memberIds: readonly MemberId[],
): Promise<void> {
  const members = [...new Set(memberIds)].sort();
  if (members.length === 0) return;
  await transaction.execute(
    `insert into recognised_members (guild_id, member_id)
     select ?, value from jsonb_array_elements_text(?::jsonb) order by value
     on conflict (guild_id, member_id) do nothing`,
    [guildId, JSON.stringify(members)],
  );
  await lockKnown(transaction, guildId, members);
}

/**
 * Changes whether members are shown, in the transaction that `transaction` is in. Points that come at the same time are shown or
 * not as this says. Whoever is hidden before they have points gets a row that says so.
 */
export async function changeVisibility(
  transaction: EntityManager,
  guildId: GuildId,
  memberIds: readonly MemberId[],
  { hasLeft, optedOut }: VisibilityChange,
): Promise<void> {
  if (memberIds.length === 0) return;
  if (hasLeft || optedOut) await lockMembers(transaction, guildId, memberIds);
  else await lockKnown(transaction, guildId, memberIds);
  const changed: { member_id: MemberId }[] = await transaction.execute(
    `update recognised_members as known set has_left = wanted.has_left, opted_out = wanted.opted_out
     from (
       select guild_id, member_id,
         coalesce(?::boolean, has_left) as has_left, coalesce(?::boolean, opted_out) as opted_out
       from recognised_members where guild_id = ? and member_id in (?)
     ) as wanted
     where known.guild_id = wanted.guild_id and known.member_id = wanted.member_id
       and (known.has_left, known.opted_out) is distinct from (wanted.has_left, wanted.opted_out)
     returning known.member_id`,
    [hasLeft ?? null, optedOut ?? null, guildId, memberIds],
  );
  const ids = changed.map(({ member_id }) => member_id);
  if (ids.length > 0) await showOrHide(transaction, guildId, ids);
}

/** Somebody who has joined or left, with when the stay began that it is about (ms since 1970). */
export interface ComingOrGoing {
  readonly memberId: MemberId;
  readonly joinedAt: number;
}

/**
 * Shows or hides members as they have a stay that has not ended, or none. Called in the transaction that changes stays. Leaving
 * takes a member's roles: whoever is back gets those of their badges, and of what they have won, again.
 */
export async function noteWhoIsThere(
  transaction: EntityManager,
  guildId: GuildId,
  members: readonly ComingOrGoing[],
): Promise<void> {
  if (members.length === 0) return;
  const memberIds = members.map(({ memberId }) => memberId);
  // Of two transactions that change a member's stays, the second one to get the lock sees what the first one did.
  const known = await lockKnown(transaction, guildId, memberIds);
  const there: { member_id: MemberId }[] = await transaction.execute(
    `select distinct member_id from member_stays where guild_id = ? and member_id in (?) and left_at is null`,
    [guildId, memberIds],
  );
  const isThere = new Set(there.map(({ member_id }) => member_id));
  const gone = memberIds.filter((memberId) => !isThere.has(memberId));
  await changeVisibility(transaction, guildId, gone, { hasLeft: true });
  const back = members.filter(({ memberId }) => isThere.has(memberId) && known.get(memberId)?.hasLeft);
  await changeVisibility(
    transaction,
    guildId,
    back.map(({ memberId }) => memberId),
    { hasLeft: false },
  );
  await giveRolesAgain(transaction, guildId, back);
}

/** Orders the roles that members had by their badges, and by what they have won. For a badge without a role nothing will follow. */
async function giveRolesAgain(
  transaction: EntityManager,
  guildId: GuildId,
  members: readonly ComingOrGoing[],
): Promise<void> {
  for (const { memberId, joinedAt } of members) {
    const won = await lastWonBy(transaction, guildId, memberId);
    putIntoOutbox(transaction, [
      ...(await badgesAgain(transaction, guildId, { memberId, joinedAt })),
      ...won.map((kind) => ({
        kind: 'winner is back' as const,
        winner: { guildId, memberId, kind, joinedAt },
      })),
    ]);
  }
}

async function badgesAgain(
  transaction: EntityManager,
  guildId: GuildId,
  { memberId, joinedAt }: ComingOrGoing,
): Promise<OutboxOrder[]> {
  const held: { badge: string }[] = await transaction.execute(
    `select badge from badge_holdings where guild_id = ? and member_id = ? and lost_at is null order by badge`,
    [guildId, memberId],
  );
  const entryId = `joined-${joinedAt}`;
  return held.map(({ badge }) => ({
    kind: 'recognise',
    recognised: { guildId, memberId, what: 'badge again', name: badge, entryId },
  }));
}

/** Gives what was known of those who have a row. */
async function lockKnown(
  transaction: EntityManager,
  guildId: GuildId,
  memberIds: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, { readonly hasLeft: boolean }>> {
  const rows: { member_id: MemberId; has_left: boolean }[] = await transaction.execute(
    `select member_id, has_left from recognised_members
     where guild_id = ? and member_id in (?) order by member_id for update`,
    [guildId, memberIds],
  );
  return new Map(rows.map(({ member_id, has_left }) => [member_id, { hasLeft: has_left }]));
}

async function showOrHide(
  transaction: EntityManager,
  guildId: GuildId,
  memberIds: readonly MemberId[],
): Promise<void> {
  await transaction.execute(
    `update points_totals as total set shown = not (opted_out or has_left) from recognised_members as known
     where known.guild_id = ? and known.member_id in (?)
       and total.guild_id = known.guild_id and total.member_id = known.member_id`,
    [guildId, memberIds],
  );
}
