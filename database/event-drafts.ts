/**
 * What organisers are about to make of events. The bot writes and reads it here by itself: their words must not pass through
 * Temporal.
 */

import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type Confirmation,
  type DraftRef,
  type EventDraft,
  eventOfDraft,
  type NewEventDraft,
} from '../domain/event-drafts.ts';
import { type CommunityEvent, toEventId } from '../domain/events.ts';
import { findEvent, insertEvent } from './events.ts';

/** A draft that nobody has confirmed is forgotten after this. */
const KEPT_MS = 24 * 60 * 60 * 1_000;

/** Keeps a draft, in place of what it said before. Forgets those of the guild that nobody has confirmed in a day. `at` in ms since 1970. */
export async function keepDraft(
  em: EntityManager,
  { guildId, draftId, memberId }: DraftRef,
  draft: EventDraft,
  at: number,
): Promise<void> {
  await em.fork().transactional(async (transaction) => {
    await transaction.execute(`delete from event_drafts where guild_id = ? and made_at < ?`, [
      guildId,
      new Date(at - KEPT_MS),
    ]);
    await transaction.execute(
      `insert into event_drafts (guild_id, id, member_id, draft, made_at) values (?, ?, ?, ?::jsonb, ?)
       on conflict (guild_id, id) do update set draft = excluded.draft
       where event_drafts.member_id = excluded.member_id`,
      [guildId, draftId, memberId, JSON.stringify(draft), new Date(at)],
    );
  });
}

/** A member's draft, or undefined if there is none of theirs. */
export function findDraft(em: EntityManager, draft: DraftRef): Promise<EventDraft | undefined> {
  return readDraft(em, draft, '');
}

/** Forgets a member's draft. Whether it was there. */
export async function discardDraft(
  em: EntityManager,
  { guildId, draftId, memberId }: DraftRef,
): Promise<boolean> {
  const discarded: unknown[] = await em.execute(
    `delete from event_drafts where guild_id = ? and id = ? and member_id = ? returning id`,
    [guildId, draftId, memberId],
  );
  return discarded.length > 0;
}

/**
 * Makes an event of a member's draft, which is gone with that, and orders that it begins: one transaction, however often it is
 * confirmed. Who confirms again gets the same event.
 *
 * @param now in ms since 1970
 */
export function confirmDraft(em: EntityManager, ref: DraftRef, now: number): Promise<Confirmation> {
  return em.fork().transactional(async (transaction) => {
    const draft = await readDraft(transaction, ref, 'for update');
    if (draft === undefined) return madeBefore(transaction, ref);
    if (draft.for !== 'new event') return { kind: 'draft is gone' };
    return makeEvent(transaction, ref, draft, now);
  });
}

async function makeEvent(
  transaction: EntityManager,
  ref: DraftRef,
  draft: NewEventDraft,
  now: number,
): Promise<Confirmation> {
  const event = eventOfDraft(ref, draft);
  if (event === undefined) return { kind: 'not ready' };
  if (event.startsAt <= now) return { kind: 'in the past' };
  await insertEvent(transaction, event);
  await discardDraft(transaction, ref);
  return madeBefore(transaction, ref);
}

async function madeBefore(
  em: EntityManager,
  { guildId, draftId, memberId }: DraftRef,
): Promise<Confirmation> {
  const event: CommunityEvent | undefined = await findEvent(em, { guildId, eventId: toEventId(draftId) });
  return event?.createdBy === memberId ? { kind: 'confirmed', event } : { kind: 'draft is gone' };
}

async function readDraft(
  em: EntityManager,
  { guildId, draftId, memberId }: DraftRef,
  lock: '' | 'for update',
): Promise<EventDraft | undefined> {
  const [found]: { draft: EventDraft }[] = await em.execute(
    `select draft from event_drafts where guild_id = ? and id = ? and member_id = ? ${lock}`,
    [guildId, draftId, memberId],
  );
  return found?.draft;
}
