/** Carries out what staff want changed, once. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { createdAt, type MemberId } from '../domain/ids.ts';
import { ACTION, type Award, type StaffReason } from '../domain/recognition.ts';
import {
  type ChangeOutcome,
  type ChangeRefusal,
  type ChangeRequest,
  type Presence,
  problemWith,
  type RecognitionChange,
} from '../domain/recognition-change.ts';
import { giveAchievement, giveBadge } from './badges.ts';
import { award, type Ledger, reverse } from './points.ts';
import { lockMembers } from './recognised-members.ts';
import { lockRequest, recordOutcome } from './recognition-requests.ts';

/** What changes are made by: whose ledger, who of the staff, and the one cause of what is given. */
interface ByStaff {
  readonly ledger: Ledger;
  readonly byStaff: StaffReason;
  readonly cause: string;
}
interface Change<Kind extends RecognitionChange['kind']> extends ByStaff {
  readonly change: Extract<RecognitionChange, { kind: Kind }>;
}

/** What a change has come to, before the new total is known. */
type Changed = Omit<Extract<ChangeOutcome, { kind: 'done' }>, 'kind' | 'total'> | ChangeRefusal;

/**
 * Carries out a change, and writes down in the same transaction what became of it. Whoever does it again gets the same
 * outcome, and nothing changes.
 *
 * @param presence what Discord says of who is to get something
 */
export function settleChange(
  em: EntityManager,
  ledger: Ledger,
  request: ChangeRequest,
  presence: Presence,
): Promise<ChangeOutcome> {
  return em.fork().transactional(async (transaction) => {
    const recorded = await lockRequest(transaction, request);
    if (recorded === undefined) return { kind: 'refused', why: 'no such request' };
    if (recorded.outcome !== null) return recorded.outcome;
    const changed =
      problemWith(request, recorded.reason, ledger.settings) ??
      (presence === 'member' ? await carryOut(transaction, ledger, request, recorded.reason) : presence);
    const outcome = await outcomeOf(transaction, ledger, changed);
    await recordOutcome(transaction, request, outcome);
    return outcome;
  });
}

async function outcomeOf(
  transaction: EntityManager,
  ledger: Ledger,
  changed: Changed,
): Promise<ChangeOutcome> {
  if (typeof changed === 'string') return { kind: 'refused', why: changed };
  return { kind: 'done', ...changed, total: await pointsOf(transaction, ledger, changed.memberId) };
}

function carryOut(
  transaction: EntityManager,
  ledger: Ledger,
  { interactionId, staffId, change }: ChangeRequest,
  reason: string,
): Promise<Changed> {
  const byStaff = { staffId, reason, at: createdAt(interactionId) };
  const given = { ledger, byStaff, cause: `staff/${interactionId}` };
  switch (change.kind) {
    case 'award':
      return add(transaction, given, change.memberId, { action: ACTION.byStaff, points: change.points });
    case 'award action': {
      const { memberId, action, quality } = change;
      return add(transaction, given, memberId, { action, ...(quality !== undefined && { quality }) });
    }
    case 'revoke':
      return revoke(transaction, { ...given, change });
    case 'reverse':
      return takeBack(transaction, { ...given, change });
    case 'give badge':
      return addBadge(transaction, { ...given, change });
    case 'give achievement':
      return addAchievement(transaction, { ...given, change });
  }
}

async function add(
  transaction: EntityManager,
  { ledger, byStaff, cause }: ByStaff,
  memberId: MemberId,
  what: Pick<Award, 'action' | 'points' | 'quality'>,
): Promise<Changed> {
  const [written] = await award(transaction, ledger, [{ memberId, cause, at: byStaff.at, byStaff, ...what }]);
  if (written === undefined) throw new Error(`${cause} is in the ledger already, without an outcome`);
  return { memberId, entry: { id: written.id, tenths: written.tenths } };
}

/** Nobody is left with less than nothing by it. */
async function revoke(transaction: EntityManager, revoked: Change<'revoke'>): Promise<Changed> {
  const { memberId, points } = revoked.change;
  await lockMembers(transaction, revoked.ledger.guildId, [memberId]);
  const has = await pointsOf(transaction, revoked.ledger, memberId);
  if (Math.round(points * 10) > has) return 'more than there is';
  return add(transaction, revoked, memberId, { action: ACTION.byStaff, points: -points });
}

/** What was taken from somebody, they cannot give back to themselves. */
async function takeBack(
  transaction: EntityManager,
  { ledger, byStaff, change: { entryId } }: Change<'reverse'>,
): Promise<Changed> {
  const [entry]: { member_id: MemberId }[] = await transaction.execute(
    `select member_id from points_ledger where guild_id = ? and id = ?`,
    [ledger.guildId, entryId],
  );
  if (entry?.member_id === byStaff.staffId) return 'themselves';
  const reversal = await reverse(transaction, ledger, entryId, byStaff);
  if (reversal.kind !== 'reversed') return reversal.kind;
  const { memberId, tenths } = reversal;
  return { memberId, entry: { id: reversal.entryId, tenths } };
}

async function addBadge(
  transaction: EntityManager,
  { ledger, byStaff: { at }, cause, change: { memberId, badge } }: Change<'give badge'>,
): Promise<Changed> {
  await lockMembers(transaction, ledger.guildId, [memberId]);
  const isNew = await giveBadge(transaction, ledger, { memberId, badge, cause, at });
  return isNew ? { memberId } : 'has it already';
}

async function addAchievement(
  transaction: EntityManager,
  { ledger, byStaff, cause, change: { memberId, achievement: name } }: Change<'give achievement'>,
): Promise<Changed> {
  await lockMembers(transaction, ledger.guildId, [memberId]);
  const given = { memberId, achievement: name, cause, at: byStaff.at };
  if (!(await giveAchievement(transaction, ledger, given))) return 'has it already';
  const points = ledger.settings.achievements.find((one) => one.name === name)?.points ?? 0;
  if (points === 0) return { memberId };
  const bonus = { memberId, action: ACTION.achievement, cause: `achievement/${name}/${memberId}`, points };
  const [written] = await award(transaction, ledger, [{ ...bonus, at: byStaff.at, byStaff }]);
  return { memberId, ...(written !== undefined && { entry: { id: written.id, tenths: written.tenths } }) };
}

/** All points of a member, in tenths. */
async function pointsOf(
  transaction: EntityManager,
  { guildId }: Ledger,
  memberId: MemberId,
): Promise<number> {
  const [total]: { amount: number }[] = await transaction.execute(
    `select amount::float8 as amount from points_totals
     where guild_id = ? and measure = 'points' and period = 'all' and member_id = ?`,
    [guildId, memberId],
  );
  return total?.amount ?? 0;
}
