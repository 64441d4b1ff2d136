/** Events as tests let them happen in a community, and what stands for them on Discord. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '@temporalio/client';
import type {
  APIGuildScheduledEvent,
  APIMessage,
  APIThreadChannel,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { findEvent, insertEvent } from '../../database/events.ts';
import {
  type CommunityEvent,
  type EventRef,
  eventWorkflowId,
  type NewEvent,
  toEventId,
} from '../../domain/events.ts';
import { type ChannelId, firstIdAt, type GuildId, toChannelId, toMemberId } from '../../domain/ids.ts';
import {
  type EventInput,
  type EventResult,
  getEventProgress,
  whenAnnounced,
} from '../../workflows/definitions/event.ts';
import { isStarted } from '../histories/recordings/recording.ts';
import type { TestCommunity } from './community.ts';
import { messagesIn } from './on-discord.ts';
import { until } from './wait.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Who organises the events of tests. */
export const ORGANISER = toMemberId('1300000000000000098');

const FIRST = BigInt(firstIdAt(Date.now()));
let commands = 0n;

/** An event that nobody has planned yet: an hour long, at a link, unless it is said otherwise. */
export function newEvent(guildId: GuildId, startsAt: number, rest: Partial<NewEvent> = {}): NewEvent {
  commands += 1n;
  return {
    ...{ guildId, eventId: toEventId(String(FIRST + commands)), kind: 'workshop' },
    ...{ title: `Event ${commands}`, description: 'We make something together.' },
    ...{ startsAt, endsAt: startsAt + HOUR_MS, place: { kind: 'link', link: 'https://meet.example/tixl' } },
    ...{ capacity: null, hostId: ORGANISER, picture: null, createdBy: ORGANISER, slot: null, ...rest },
  };
}

/** Plans an event, as its confirmation does. */
export async function planEvent(em: EntityManager, event: NewEvent): Promise<void> {
  await em.fork().transactional((transaction) => insertEvent(transaction, event));
}

/** What tests do with events in a community, and what they find there. */
export function eventsIn(community: TestCommunity) {
  const { client, database, discord, environmentOfTemporal } = community;
  const guildId = community.environment.DISCORD_GUILD_ID;
  const withoutSkipping = new Client({ connection: environmentOfTemporal.connection });
  const handleOf = (event: EventRef) =>
    client.workflow.getHandle<(input: EventInput) => Promise<EventResult>>(eventWorkflowId(event));

  const events = {
    handleOf,

    /** The time of the workflows, which is skipped, in ms since 1970. */
    now: () => environmentOfTemporal.currentTimeMs(),

    /** Lets time pass, in ms. */
    pass: (ms: number) => environmentOfTemporal.sleep(ms),

    /** Plans an event that starts in `inMs`. It is not waited for until it is announced. */
    async plan(inMs: number, rest: Partial<NewEvent> = {}): Promise<NewEvent> {
      const startsAt = Math.ceil(((await events.now()) + inMs) / 1_000) * 1_000;
      const event = newEvent(guildId, startsAt, rest);
      await planEvent(database.em, event);
      await until(() => isStarted(handleOf(event)));
      return event;
    },

    /** The same, until it is announced, and waits. */
    async announce(inMs: number, rest: Partial<NewEvent> = {}): Promise<NewEvent> {
      const event = await events.plan(inMs, rest);
      const announced = await handleOf(event).executeUpdate(whenAnnounced);
      if (announced.kind !== 'announced')
        throw new Error(`it was not announced: ${JSON.stringify(announced)}`);
      return event;
    },

    /** Lets time pass until it is live. */
    async begin(event: NewEvent): Promise<void> {
      await events.passUntil(event.startsAt);
      await until(async () => (await events.progressOf(event)).state === 'live');
      await until(async () => (await events.saidIn(event)).some((text) => text.includes('has begun')));
    },

    /** Lets time pass until `time`. */
    async passUntil(time: number): Promise<void> {
      await events.pass(Math.max(1, time - (await events.now())));
    },

    progressOf: (event: EventRef) => handleOf(event).query(getEventProgress),

    /**
     * Lets time pass from one thing that its workflow waits for to the next, and gives what it ends with. With the client that skips
     * time for a result, the server goes on to the next thing after that, which is ten years away: Discord takes no event then.
     */
    async resultOf(event: EventRef): Promise<EventResult> {
      const handle = withoutSkipping.workflow.getHandle<(input: EventInput) => Promise<EventResult>>(
        eventWorkflowId(event),
      );
      await until(async () => {
        if ((await handle.describe()).status.name !== 'RUNNING') return true;
        const { waitsFor } = await events.progressOf(event);
        const left = (waitsFor?.until ?? 0) - (await events.now());
        if (left > 0) await events.pass(left + 1);
        return false;
      });
      return handle.result();
    },

    async rowOf(event: EventRef): Promise<CommunityEvent> {
      const found = await findEvent(database.em.fork(), event);
      if (found === undefined) throw new Error('there is no such event');
      return found;
    },

    /** Discord's events for it, those that are over or called off too. */
    async scheduledFor({ eventId }: EventRef): Promise<APIGuildScheduledEvent[]> {
      const { events: all } = await discord.control.getState();
      return all
        .map(({ event }) => event)
        .filter(({ description }) => description?.endsWith(`Event ${eventId}`));
    },

    /** The one that there is. */
    async scheduledOf(event: EventRef): Promise<APIGuildScheduledEvent> {
      const [found, ...others] = await events.scheduledFor(event);
      if (found === undefined || others.length > 0) throw new Error('there is not one event on Discord');
      return found;
    },

    /** How Discord's event stands, or undefined if it has none. */
    async statusOf(event: EventRef): Promise<Status | undefined> {
      return (await events.scheduledFor(event))[0]?.status;
    },

    /** The announcements with the title of the event. */
    async announcementsOf({ title }: NewEvent): Promise<APIMessage[]> {
      const all = await messagesIn(community, 'events');
      return all.filter(({ embeds }) => embeds[0]?.title?.endsWith(title));
    },

    /** The thread below the announcement, or undefined if there is none. */
    async threadOf(event: EventRef): Promise<APIThreadChannel | undefined> {
      const { announcementId } = await events.rowOf(event);
      const { threads } = await discord.control.getState();
      return threads.find(({ id }) => id === announcementId);
    },

    /** What has been said in the thread, oldest first. */
    async saidIn(event: EventRef): Promise<string[]> {
      const { announcementId } = await events.rowOf(event);
      if (announcementId === null) return [];
      const { messages } = await discord.control.getMessages({ channelId: announcementId, limit: 100 });
      return messages.map(({ message }) => message.content).filter((content) => content !== '');
    },

    /** A channel of the guild by its name. */
    async channelNamed(name: string): Promise<ChannelId> {
      const { channels } = await discord.control.getState();
      const found = channels.find((channel) => channel.name === name);
      if (found === undefined) throw new Error(`the guild has no channel "${name}"`);
      return toChannelId(found.id);
    },

    /** Somebody changes Discord's event in its own interface, and the bot hears of it. */
    async changeOnDiscord(
      event: EventRef,
      change: Omit<Parameters<typeof discord.control.editEvent>[0], 'memberId' | 'eventId'>,
    ): Promise<void> {
      const { id } = await events.scheduledOf(event);
      await discord.control.editEvent({ memberId: await events.owner(), eventId: id, ...change });
    },

    /** The guild's owner, who may do everything. */
    async owner(): Promise<string> {
      return (await discord.control.getState()).guild.owner_id;
    },
  };
  return events;
}
