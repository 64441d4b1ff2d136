/** What staff want changed: written down before a workflow carries it out, so that the reason stays out of its history. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemberId } from '../domain/ids.ts';
import type { ChangeOutcome, ChangeRequest, RecognitionChange } from '../domain/recognition-change.ts';

/** A request with what became of it. */
export interface RecordedRequest {
  readonly staffId: MemberId;
  readonly change: RecognitionChange;
  readonly reason: string;
  readonly outcome: ChangeOutcome | null;
}

type RequestKey = Pick<ChangeRequest, 'guildId' | 'interactionId'>;

/** Writes down what is wanted, and why. Doing it again changes nothing. */
export async function recordRequest(
  em: EntityManager,
  { guildId, interactionId, staffId, change }: ChangeRequest,
  reason: string,
): Promise<void> {
  await em.execute(
    `insert into recognition_requests (guild_id, interaction_id, staff_id, member_id, change, reason)
     values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [
      ...[guildId, interactionId, staffId, 'memberId' in change ? change.memberId : null],
      ...[JSON.stringify(change), reason],
    ],
  );
}

/** What was wanted, and what became of it; undefined if nobody has asked. */
export async function findRequest(
  em: EntityManager,
  { guildId, interactionId }: RequestKey,
): Promise<RecordedRequest | undefined> {
  const [row]: RecordedRequest[] = await em.execute(
    `select staff_id as "staffId", change, reason, outcome from recognition_requests
     where guild_id = ? and interaction_id = ?`,
    [guildId, interactionId],
  );
  return row;
}

/** The same, held until the transaction ends: who comes second waits, and finds the outcome. */
export async function lockRequest(
  transaction: EntityManager,
  key: RequestKey,
): Promise<RecordedRequest | undefined> {
  await transaction.execute(
    `select 1 from recognition_requests where guild_id = ? and interaction_id = ? for update`,
    [key.guildId, key.interactionId],
  );
  return findRequest(transaction, key);
}

/** Writes down what became of it. */
export async function recordOutcome(
  transaction: EntityManager,
  { guildId, interactionId }: RequestKey,
  outcome: ChangeOutcome,
): Promise<void> {
  await transaction.execute(
    `update recognition_requests set outcome = ?, member_id = coalesce(member_id, ?)
     where guild_id = ? and interaction_id = ?`,
    [
      ...[JSON.stringify(outcome), outcome.kind === 'done' ? outcome.memberId : null],
      ...[guildId, interactionId],
    ],
  );
}
