/** Events to which members can go, as rows: without a workflow that leads them. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { CommunityEventEntry } from '../../database/entities/event.ts';
import { EventPreference } from '../../database/entities/event-preference.ts';
import { EventRegistration } from '../../database/entities/event-registration.ts';
import type { RegistrationState } from '../../domain/event-registrations.ts';
import { type EventRef, toEventId } from '../../domain/events.ts';
import { firstIdAt, type GuildId, type MemberId } from '../../domain/ids.ts';

const HOUR_MS = 3_600_000;
/** Whole seconds: that is how Discord shows times. */
const BEGIN = Math.floor(Date.now() / 1_000) * 1_000;
let events = 0;

/** Adds an event that begins in an hour. Without a capacity as many as like can go. */
export async function addOpenEvent(
  em: EntityManager,
  guildId: GuildId,
  values: Partial<Omit<CommunityEventEntry, 'guildId' | 'id'>> = {},
): Promise<EventRef> {
  events += 1;
  const eventId = toEventId(`test-event-${events}`);
  const fork = em.fork();
  fork.create(CommunityEventEntry, {
    ...{ guildId, id: eventId, kind: 'workshop', title: `Event ${events}`, description: 'Bring your laptop' },
    ...{ startsAt: new Date(BEGIN + HOUR_MS), endsAt: new Date(BEGIN + 2 * HOUR_MS), state: 'open' },
    placeLink: 'https://meet.example/one',
    ...values,
  });
  await fork.flush();
  return { guildId, eventId };
}

/** Lets members go to an event, or whatever they say of it, and get direct messages about it if they want them. */
export async function register(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  members: readonly MemberId[],
  state: RegistrationState = 'going',
  wantsDirectMessages: boolean | null = true,
): Promise<void> {
  const fork = em.fork();
  const first = BigInt(firstIdAt(BEGIN));
  for (const [index, memberId] of members.entries()) {
    const order = String(first + BigInt(index));
    fork.create(EventRegistration, {
      ...{ guildId, eventId, memberId, state, placeInLine: order, lastOrder: order },
      respondedAt: new Date(BEGIN),
    });
    fork.create(EventPreference, { guildId, memberId, wantsDirectMessages });
  }
  await fork.flush();
}
