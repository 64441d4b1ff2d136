/** Interest that members show in Discord's own event: it counts as going, unless they have pressed a button of ours. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { Registered, RegistrationState } from '../domain/event-registrations.ts';
import { type EventId, type EventRef, EXPECTED, type ScheduledEventId } from '../domain/events.ts';
import { createdAt, firstIdAt, type GuildId, type MemberId } from '../domain/ids.ts';
import { respond } from './event-registrations.ts';

/** A member who has shown interest, or has taken that back. */
export interface ShownInterest {
  readonly guildId: GuildId;
  readonly scheduledEventId: ScheduledEventId;
  readonly memberId: MemberId;
  readonly isInterested: boolean;
  /** When we heard of it, as an id of that moment: Discord does not say when it was. What is heard later has a greater one. */
  readonly order: string;
}

/** Notes the interest of a member in an event. An event that is none of ours is left alone. */
export async function noteInterest(em: EntityManager, interest: ShownInterest): Promise<Registered> {
  const { guildId, scheduledEventId } = interest;
  const [event]: { eventId: EventId }[] = await em
    .fork()
    .execute(`select id as "eventId" from events where guild_id = ? and scheduled_event_id = ?`, [
      guildId,
      scheduledEventId,
    ]);
  if (event === undefined) return { kind: 'no such event' };
  return respondByInterest(em, { guildId, eventId: event.eventId }, interest);
}

function respondByInterest(
  em: EntityManager,
  event: EventRef,
  { memberId, isInterested, order }: Pick<ShownInterest, 'memberId' | 'isInterested' | 'order'>,
): Promise<Registered> {
  const response = isInterested ? 'going' : 'not going';
  return respond(em, { ...event, memberId, response, order, at: createdAt(order) }, 'interest');
}

/** The events of which Discord shows who is interested, and to which somebody can still go. */
export function eventsWithInterest(em: EntityManager, guildId: GuildId): Promise<EventRef[]> {
  return em.execute(
    `select guild_id as "guildId", id as "eventId" from events
     where guild_id = ? and state in (?) and scheduled_event_id is not null order by starts_at, id`,
    [guildId, EXPECTED],
  );
}

/** A part of those who are interested in an event, in the order of their ids, as Discord gives them. */
export interface InterestedPage {
  readonly members: readonly MemberId[];
  /** It holds everybody whose id is greater than this, */
  readonly after: string;
  /** and not greater than this. Without: all others. */
  readonly upTo?: string;
}

/**
 * Makes up for what was not heard of those with ids in a page. What is heard or pressed after `at` counts more.
 *
 * @param at when Discord was asked, in ms since 1970
 * @returns how many had shown interest or taken it back unheard
 */
export async function compareInterest(
  em: EntityManager,
  event: EventRef,
  page: InterestedPage,
  at: number,
): Promise<number> {
  const known = await registeredWithin(em, event, page);
  const states = new Map(known.map((member) => [member.memberId, member]));
  const interested = new Set(page.members);
  const isNew = (memberId: MemberId) => {
    const member = states.get(memberId);
    return member === undefined || (member.isByInterest && member.state === 'not going');
  };
  const hasLostInterest = ({ memberId, state, isByInterest }: KnownMember) =>
    isByInterest && state !== 'not going' && !interested.has(memberId);

  const order = firstIdAt(at);
  const shown = page.members.filter(isNew).map((memberId) => ({ memberId, isInterested: true, order }));
  const lost = known
    .filter(hasLostInterest)
    .map(({ memberId }) => ({ memberId, isInterested: false, order }));
  // Places are free before others ask for them.
  for (const change of [...lost, ...shown]) await respondByInterest(em, event, change);
  return lost.length + shown.length;
}

interface KnownMember {
  readonly memberId: MemberId;
  readonly state: RegistrationState;
  readonly isByInterest: boolean;
}

function registeredWithin(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  { after, upTo }: InterestedPage,
): Promise<KnownMember[]> {
  return em.fork().execute(
    `select member_id as "memberId", state, source = 'interest' as "isByInterest" from event_registrations
     where guild_id = ? and event_id = ? and member_id::numeric > ?::numeric
       and (?::numeric is null or member_id::numeric <= ?::numeric)
     order by member_id::numeric`,
    [guildId, eventId, after, upTo ?? null, upTo ?? null],
  );
}
