/** The points of an event: of those who attended, and of the host. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { eventQuality, type RatingSummary } from '../domain/event-feedback.ts';
import type { EventRef } from '../domain/events.ts';
import type { MemberId } from '../domain/ids.ts';
import { ACTION, type Award, tenthsOf } from '../domain/recognition.ts';
import { findEvent } from './events.ts';
import { award, type Ledger } from './points.ts';

/** So many are awarded in one transaction, which holds their rows. */
const BATCH = 500;

/**
 * Awards some of those who attended an event, each once. They count at `at` (ms since 1970).
 *
 * @param after the last who was awarded, null for the first call
 * @returns the last who is now, or null if that were all
 */
export function awardAttendees(
  em: EntityManager,
  ledger: Ledger,
  event: EventRef,
  after: MemberId | null,
  at: number,
): Promise<MemberId | null> {
  return em.fork().transactional(async (transaction) => {
    const rows: { memberId: MemberId }[] = await transaction.execute(
      `select member_id as "memberId" from event_attendances
       where guild_id = ? and event_id = ? and attended and member_id > ? order by member_id limit ?`,
      [event.guildId, event.eventId, after ?? '', BATCH],
    );
    const awards = rows.map(({ memberId }) => ({
      ...{ memberId, action: ACTION.eventAttended, at, cause: `event/${event.eventId}/${memberId}` },
    }));
    await award(transaction, ledger, awards);
    return rows.length < BATCH ? null : (rows.at(-1)?.memberId ?? null);
  });
}

/** Awards the host of an event, once. It counts at `at` (ms since 1970). */
export async function awardHost(
  em: EntityManager,
  ledger: Ledger,
  event: EventRef,
  at: number,
): Promise<void> {
  const cause = `event/${event.eventId}/host`;
  await awardToHost(em, ledger, event, { action: ACTION.eventHosted, cause, at });
}

/** Awards the host, once, what the quality of an event makes: the difference to what hosting brings without it. */
export async function awardQuality(
  em: EntityManager,
  ledger: Ledger,
  event: EventRef,
  summary: RatingSummary,
  at: number,
): Promise<void> {
  const quality = eventQuality(summary);
  if (quality === undefined) return;
  const action = ACTION.eventHosted;
  const more = tenthsOf({ action, quality }, ledger.settings) - tenthsOf({ action }, ledger.settings);
  if (more <= 0) return;
  const cause = `event/${event.eventId}/host/quality`;
  await awardToHost(em, ledger, event, { action: ACTION.eventQuality, cause, at, points: more / 10 });
}

async function awardToHost(
  em: EntityManager,
  ledger: Ledger,
  event: EventRef,
  what: Omit<Award, 'memberId'>,
): Promise<void> {
  const hostId = (await findEvent(em.fork(), event))?.hostId ?? null;
  if (hostId === null) return;
  await em.fork().transactional((transaction) => award(transaction, ledger, [{ ...what, memberId: hostId }]));
}
