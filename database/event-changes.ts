/** Changes of events that are not over: by command, and in Discord's own interface. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { type ChangedDetails, differencesFrom, refusalOf } from '../domain/event-changes.ts';
import {
  type ChangeResult,
  type CommunityEvent,
  type EventChange,
  type EventDetails,
  type EventRef,
  EXPECTED,
} from '../domain/events.ts';
import type { GuildId, InteractionId } from '../domain/ids.ts';
import type { Comparison, SeenChanges } from '../domain/scheduled-events.ts';
import { countRegistrations, fillPlaces } from './event-registrations.ts';
import { lockEvent, placeColumns } from './events.ts';

/** What of a draft belongs into the event. */
type DraftWords = Partial<Pick<EventDetails, 'title' | 'description' | 'picture'>>;

/**
 * Changes an event, all of it or nothing.
 *
 * @param now in ms since 1970
 */
export function changeEvent(
  em: EntityManager,
  event: EventRef,
  change: EventChange,
  now: number,
): Promise<ChangeResult> {
  return em.fork().transactional(async (transaction) => {
    const known = await lockEvent(transaction, event);
    if (known === undefined) return { kind: 'no such event' };
    if (!EXPECTED.includes(known.state)) return { kind: 'over' };
    const { draftId, startsAt, endsAt, place, capacity, hostId } = change;
    const words = draftId === undefined ? {} : await readDraft(transaction, event.guildId, draftId);
    if (words === undefined) return { kind: 'draft is gone' };
    const changes = differencesFrom(known, { startsAt, endsAt, place, capacity, hostId, ...words });
    if (Object.keys(changes).length === 0) return { kind: 'no change' };
    const { going } = await countRegistrations(transaction, event);
    const refusal = refusalOf(known, changes, going, now);
    if (refusal !== undefined) return refusal;
    await write(transaction, known, changes);
    if (changes.capacity !== undefined) await fillPlaces(transaction, { ...known, ...changes });
    return { kind: 'changed', revision: known.revision + 1, isMoved: changes.startsAt !== undefined };
  });
}

/**
 * Takes over what somebody has changed on Discord.
 *
 * @param shownRevision the event's revision that Discord has been made to show
 * @param find what differs there from the event
 * @param isOurLineGone whether Discord's description must be written anew in any case
 */
export function takeOverChanges(
  em: EntityManager,
  event: EventRef,
  shownRevision: number,
  find: (event: CommunityEvent) => SeenChanges,
  isOurLineGone: boolean,
): Promise<Extract<Comparison, 'same' | 'changed' | 'behind'>> {
  return em.fork().transactional(async (transaction) => {
    const known = await lockEvent(transaction, event);
    if (known === undefined || !EXPECTED.includes(known.state)) return 'same';
    if (known.revision !== shownRevision) return 'behind';
    const changes = find(known);
    if (Object.keys(changes).length === 0 && !isOurLineGone) return 'same';
    await write(transaction, known, changes);
    return 'changed';
  });
}

/** Calls an event off, unless it is over. Doing it again changes nothing. */
export function callOffEvent(em: EntityManager, event: EventRef): Promise<'cancelled' | 'over'> {
  return em.fork().transactional(async (transaction) => {
    const known = await lockEvent(transaction, event);
    if (known?.state === 'cancelled') return 'cancelled';
    if (known === undefined || !EXPECTED.includes(known.state)) return 'over';
    await transaction.execute(`update events set state = 'cancelled' where guild_id = ? and id = ?`, [
      event.guildId,
      event.eventId,
    ]);
    return 'cancelled';
  });
}

async function readDraft(
  transaction: EntityManager,
  guildId: GuildId,
  draftId: InteractionId,
): Promise<DraftWords | undefined> {
  const [row]: { draft: DraftWords }[] = await transaction.execute(
    'select draft from event_drafts where guild_id = ? and id = ?',
    [guildId, draftId],
  );
  if (row === undefined) return undefined;
  const { title, description, picture } = row.draft;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(picture !== undefined && { picture }),
  };
}

async function write(
  transaction: EntityManager,
  event: CommunityEvent,
  changes: ChangedDetails,
): Promise<void> {
  const changed = { ...event, ...changes };
  await transaction.execute(
    `update events set title = ?, description = ?, starts_at = ?, ends_at = ?, place_channel_id = ?, place_link = ?,
       capacity = ?, host_member_id = ?, picture = ?, revision = revision + 1
     where guild_id = ? and id = ?`,
    [
      ...[changed.title, changed.description, new Date(changed.startsAt), new Date(changed.endsAt)],
      ...[...placeColumns(changed.place), changed.capacity, changed.hostId, changed.picture],
      ...[event.guildId, event.eventId],
    ],
  );
}
