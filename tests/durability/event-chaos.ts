/** Holds events while everything is killed, and counts reminders, thanks, reports and points. */

import { setTimeout as pause } from 'node:timers/promises';
import { setWantsDirectMessages } from '../../database/event-preferences.ts';
import { respond } from '../../database/event-registrations.ts';
import { findEvent } from '../../database/events.ts';
import { toMilliseconds } from '../../domain/duration.ts';
import type { NewEvent } from '../../domain/events.ts';
import {
  createdAt,
  firstIdAt,
  type MemberId,
  toChannelId,
  toGuildId,
  toInteractionId,
  toMemberId,
} from '../../domain/ids.ts';
import { seededRandom } from '../../sandbox/state/random.ts';
import type { Print } from '../../scripts/stack/report.ts';
import { newEvent, planEvent } from '../support/events.ts';
import { until } from '../support/wait.ts';
import { type EventsToJudge, type EventVerdict, isOnceEach, judgeEvents } from './event-verdict.ts';
import { planKills } from './plan.ts';
import type { Product, ProductSetting, Victim } from './product.ts';

const KIND = 'workshop';
const REMINDERS = ['15s', '5s'] as const;
const POLL_MS = 1_000;
const SAY_EVERY_MS = 10_000;
/** So long before the first start all is planned; and longer for each event, which Discord lets be announced one in a second. */
const LEAD_MS = { atLeast: 25_000, forEach: 3_000 };
/** Between the starts of two events. */
const EVENT_EVERY_MS = 3_000;
const EVENT_LASTS_MS = 15_000;
/** Longer than a lost activity is waited for, and longer than the pause before it is tried again. */
const PATIENCE_MS = 150_000;
/** When all is done, what would come twice gets this much time. */
const LATE_MS = 3_000;

/** What takes days takes seconds; and no reminder is too late, however long everything is away. */
export const EVENT_SETTING: ProductSetting = {
  changes: {
    events: {
      kinds: [{ name: KIND, reminders: [...REMINDERS] }],
      ...{ reminderGrace: '1h', overrun: '0s', archiveAfter: '1s' },
      // Nobody is thanked or reminded when it is too late to answer: longer than all that is lost by a kill takes.
      feedback: { openFor: '75s', remindAfter: '8s' },
    },
  },
  members: 40,
};

/** How much is to happen. */
export interface EventChaosSize {
  readonly events: number;
  /** How many go to each, are there, and want direct messages. */
  readonly members: number;
  /** Within which time something is killed, once everything is announced. */
  readonly seconds: number;
  readonly kills: number;
}

/** An event, and who goes there. */
export interface PlannedEvent {
  readonly event: NewEvent;
  readonly members: readonly MemberId[];
}

/** What has happened in a run. */
export interface EventChaosReport {
  readonly seconds: number;
  readonly killed: readonly Victim[];
  readonly verdict: EventVerdict;
}

/**
 * Plans events and lets members register for them and come; kills what is drawn from `seed`; waits until everything is there or nothing
 * changes any more, and counts.
 *
 * @throws Error if a part of the product dies for good
 */
export async function playEventChaos(
  product: Product,
  seed: number,
  size: EventChaosSize,
  print: Print,
): Promise<EventChaosReport> {
  const begun = performance.now();
  const say = (text: string) =>
    print(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(7)} s  ${text}\n`);
  const judged = await prepare(product, size);
  say(`${size.events} events are announced, ${size.members} members go to each`);
  const killed = await kill(product, seed, size, say);
  const verdict = await untilSettled(product, judged, say);
  return { seconds: (performance.now() - begun) / 1_000, killed, verdict };
}

async function prepare(product: Product, size: EventChaosSize): Promise<EventsToJudge> {
  const { discord, database, config } = product;
  const guildId = toGuildId(discord.guildId);
  const { channels, members } = await discord.control.getState();
  const room = channels.find(({ name }) => name === 'Lounge');
  const [hostId, ...people] = members
    .filter(({ member }) => member.user.bot !== true)
    .map(({ member }) => toMemberId(member.user.id));
  if (room === undefined || hostId === undefined || people.length < size.members)
    throw new Error('the guild has too few members, or no room');
  const going = people.slice(0, size.members);
  const place = { kind: 'channel', channelId: toChannelId(room.id) } as const;
  const first = Math.ceil(Date.now() / 1_000) * 1_000 + LEAD_MS.atLeast + size.events * LEAD_MS.forEach;
  const events = Array.from({ length: size.events }, (_, index) => {
    const startsAt = first + index * EVENT_EVERY_MS;
    return newEvent(guildId, startsAt, { place, hostId, kind: KIND, endsAt: startsAt + EVENT_LASTS_MS });
  });
  for (const event of events) await planEvent(database.em, event);
  for (const memberId of going) {
    await discord.control.setDirectMessages({ memberId, open: true });
    await setWantsDirectMessages(database.em, guildId, memberId, true);
    await discord.control.setVoice({ memberId, channelId: room.id });
    for (const event of events) await go(product, event, memberId);
  }
  const planned = [];
  for (const event of events)
    planned.push({ event, members: going, threadId: await threadOf(product, event) });
  return { guildId, events: planned, reportChannel: config.events.reportChannel };
}

async function go({ database }: Product, { guildId, eventId }: NewEvent, memberId: MemberId): Promise<void> {
  const order = toInteractionId(firstIdAt(Date.now()));
  const response = { guildId, eventId, memberId, response: 'going', order, at: createdAt(order) } as const;
  const { kind } = await respond(database.em, response);
  if (kind !== 'registered') throw new Error(`${memberId} could not register: ${kind}`);
}

/** The thread below the announcement, once the event is announced. */
async function threadOf({ database }: Product, event: NewEvent): Promise<string> {
  const find = () => findEvent(database.em.fork(), event);
  await until(async () => (await find())?.state === 'open');
  const threadId = (await find())?.threadId ?? null;
  if (threadId === null) throw new Error(`the event ${event.eventId} has no thread`);
  return threadId;
}

async function kill(
  product: Product,
  seed: number,
  size: EventChaosSize,
  say: (text: string) => void,
): Promise<Victim[]> {
  const begun = performance.now();
  const killed: Victim[] = [];
  for (const { atMs, victims } of planKills(seededRandom(seed), size)) {
    await pause(Math.max(0, atMs - (performance.now() - begun)));
    requireAlive(product);
    for (const victim of victims) product.parts[victim].kill();
    killed.push(...victims);
    say(`killed ${victims.join(', ')}`);
  }
  return killed;
}

async function untilSettled(
  product: Product,
  judged: EventsToJudge,
  say: (text: string) => void,
): Promise<EventVerdict> {
  const { discord, database, config } = product;
  const judge = () => judgeEvents(discord, database, config, judged, REMINDERS.map(toMilliseconds));
  let lost = Number.POSITIVE_INFINITY;
  let changedAt = performance.now();
  let saidAt = changedAt;
  while (performance.now() - changedAt < PATIENCE_MS) {
    requireAlive(product);
    // PostgreSQL may be starting again.
    const verdict = await judge().catch(() => undefined);
    if (verdict !== undefined && isOnceEach(verdict)) break;
    if (verdict !== undefined && verdict.lost.length < lost) {
      lost = verdict.lost.length;
      changedAt = performance.now();
    }
    if (performance.now() - saidAt > SAY_EVERY_MS) {
      say(`${lost} are still to come`);
      saidAt = performance.now();
    }
    await pause(POLL_MS);
  }
  await pause(LATE_MS);
  return judge();
}

function requireAlive({ failures: [failure] }: Product): void {
  if (failure !== undefined) throw failure;
}
