import { setTimeout as pause } from 'node:timers/promises';
import {
  type APIChannel,
  type APIGuildScheduledEvent,
  ChannelType,
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventPrivacyLevel,
  RESTJSONErrorCodes,
  type RESTPatchAPIGuildScheduledEventJSONBody,
  type RESTPostAPIGuildScheduledEventJSONBody,
  Routes,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { takeOverChanges } from '../../database/event-changes.ts';
import { findEvent, recordOnDiscord } from '../../database/events.ts';
import {
  type CommunityEvent,
  type EventPlace,
  type EventRef,
  type ScheduledEventId,
  toScheduledEventId,
} from '../../domain/events.ts';
import { type ChannelId, type GuildId, toChannelId } from '../../domain/ids.ts';
import {
  type Comparison,
  changesSeen,
  describeOnDiscord,
  eventNamedIn,
  type Made,
  type SeenScheduledEvent,
  type Shown,
} from '../../domain/scheduled-events.ts';
import type { DiscordContext } from './context.ts';
import { ask, type Refusal } from './errors.ts';
import { readPicture } from './pictures.ts';
import { SharedReading } from './shared-reading.ts';

/** Events whose reminders are due at the same instant ask within so long: ten requests in ten seconds are all that Discord allows. */
const GATHER_MS = 250;

const DONE: Shown = { kind: 'done' };
const NO_SUCH_EVENT = { kind: 'refused', reason: 'the event was deleted' } as const;

/** Which kind of scheduled event takes place in a channel of this type. */
const IN_CHANNEL: Partial<Record<ChannelType, EntityType.Voice | EntityType.StageInstance>> = {
  [ChannelType.GuildVoice]: EntityType.Voice,
  [ChannelType.GuildStageVoice]: EntityType.StageInstance,
};

/** What an organiser can do about the refusals of a scheduled event that they are likely to see. */
const ADVICE: Readonly<Record<number, string>> = {
  [RESTJSONErrorCodes.MaximumNumberOfUncompletedGuildScheduledEventsReached]:
    'Discord takes 100 events at a time, and there are 100: cancel one, or wait until one is over',
  [RESTJSONErrorCodes.MissingPermissions]:
    'the bot lacks a permission: it needs Create Events and Manage Events, and in the channel View Channel and Connect',
  [RESTJSONErrorCodes.MissingAccess]:
    'the bot cannot see the channel: it needs View Channel and Connect there',
  [RESTJSONErrorCodes.UnknownChannel]: 'the channel in which it should take place was deleted',
  [RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType]:
    'it can take place in a voice channel, a stage channel, or at a link: the channel is none of these',
};

/** The part of a scheduled event's body that says where, and of which kind it therefore is. */
type Where = Pick<RESTPostAPIGuildScheduledEventJSONBody, 'entity_type' | 'channel_id' | 'entity_metadata'>;

/** How events are shown in Discord's own list of events, and what is done to them there. */
export function scheduledEventsOnDiscord(context: DiscordContext) {
  const { database, rest, logger } = context;
  // A hundred events may be looked at in the same moment: they come with one request, where each alone comes under a narrow limit.
  const all = new SharedReading(readAll, () => pause(GATHER_MS));

  return {
    /** Makes the scheduled event of an event, once: what was made before is found by its line. */
    async makeScheduledEvent(event: EventRef): Promise<Made> {
      const found = await findEvent(database.em.fork(), event);
      if (found === undefined) return NO_SUCH_EVENT;
      const earlier = found.scheduledEventId ?? (await findByLine(event));
      // Which revision an earlier attempt has shown is not known.
      if (earlier !== undefined) return conclude(earlier, { revision: 0, picture: 'none' });
      const where = await whereOf(found);
      if ('refusal' in where) return refused(where.refusal);
      const image = found.picture === null ? undefined : await readPicture(found.picture);
      const body: RESTPostAPIGuildScheduledEventJSONBody = {
        ...wordsOf(found),
        ...where.answer,
        scheduled_start_time: new Date(found.startsAt).toISOString(),
        scheduled_end_time: new Date(found.endsAt).toISOString(),
        privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
        ...(image !== undefined && { image }),
      };
      const result = await ask(
        () =>
          rest.post(Routes.guildScheduledEvents(event.guildId), { body }) as Promise<APIGuildScheduledEvent>,
      );
      if ('refusal' in result) return refused(result.refusal);
      const picture = found.picture === null ? 'none' : image === undefined ? 'could not be had' : 'shown';
      return conclude(toScheduledEventId(result.answer.id), { revision: found.revision, picture });

      async function conclude(
        scheduledEventId: ScheduledEventId,
        shown: { revision: number; picture: 'none' | 'shown' | 'could not be had' },
      ): Promise<Made> {
        await recordOnDiscord(database.em.fork(), event, { scheduledEventId });
        return { kind: 'made', scheduledEventId, ...shown };
      }
    },

    /** Brings the scheduled event in line with the event. */
    async showInScheduledEvent(event: EventRef): Promise<Shown> {
      const found = await findEvent(database.em.fork(), event);
      if (found?.scheduledEventId == null) return NO_SUCH_EVENT;
      const where = await whereOf(found);
      if ('refusal' in where) return refused(where.refusal);
      const image = found.picture === null ? undefined : await readPicture(found.picture);
      return patch(event, found.scheduledEventId, {
        ...wordsOf(found),
        // What was a channel before may be a link now.
        ...{ channel_id: null, entity_metadata: null, ...where.answer },
        scheduled_end_time: new Date(found.endsAt).toISOString(),
        // What has begun keeps its start.
        ...(found.state !== 'live' && { scheduled_start_time: new Date(found.startsAt).toISOString() }),
        ...(image !== undefined && { image }),
      });
    },

    /**
     * Looks at what somebody may have done to the scheduled event, and takes over what they have changed of it.
     *
     * @param shownRevision the event's revision that Discord has been made to show
     */
    async compareScheduledEvent(event: EventRef, shownRevision: number): Promise<Comparison> {
      const found = await findEvent(database.em.fork(), event);
      if (found?.scheduledEventId == null) return 'same';
      const seen = await read(event.guildId, found.scheduledEventId);
      if ('refusal' in seen) {
        if (!isGone(seen.refusal)) return noted('same', seen.refusal);
        // What has begun cannot be called off on Discord, only ended.
        return found.state === 'live' ? 'ended' : 'cancelled';
      }
      const { status, description } = seen.answer;
      if (status === Status.Canceled) return 'cancelled';
      if (status === Status.Completed) return 'ended';
      const changed = await takeOverChanges(
        database.em,
        event,
        shownRevision,
        (known) => changesSeen(known, toSeen(seen.answer)),
        eventNamedIn(description) !== event.eventId,
      );
      return status === Status.Active && changed !== 'behind' ? 'begun' : changed;
    },

    /** Lets the scheduled event go live. One that somebody has begun already, or has deleted, is left as it is. */
    beginScheduledEvent: (event: EventRef): Promise<Shown> =>
      whereItStands(event, (scheduledEventId, status) =>
        status === Status.Scheduled ? patch(event, scheduledEventId, { status: Status.Active }) : DONE,
      ),

    /** Ends the scheduled event. */
    endScheduledEvent: (event: EventRef): Promise<Shown> =>
      whereItStands(event, async (scheduledEventId, status) => {
        if (status === Status.Scheduled) await patch(event, scheduledEventId, { status: Status.Active });
        return patch(event, scheduledEventId, { status: Status.Completed });
      }),

    /** Calls the scheduled event off. One that has begun can only be deleted. */
    cancelScheduledEvent: (event: EventRef): Promise<Shown> =>
      whereItStands(event, (scheduledEventId, status) =>
        status === Status.Scheduled
          ? patch(event, scheduledEventId, { status: Status.Canceled })
          : remove(event.guildId, scheduledEventId),
      ),

    /** Deletes the scheduled event of an event that does not come about, also one of which nothing is written down. */
    async removeScheduledEvent(event: EventRef): Promise<Shown> {
      const found = await findEvent(database.em.fork(), event);
      const scheduledEventId = found?.scheduledEventId ?? (await findByLine(event));
      return scheduledEventId === undefined ? DONE : remove(event.guildId, scheduledEventId);
    },
  };

  /** What was made by an attempt whose answer was lost. */
  async function findByLine({ guildId, eventId }: EventRef): Promise<ScheduledEventId | undefined> {
    const result = await readAll(guildId);
    if ('refusal' in result) return undefined;
    const found = result.answer.find(({ description }) => eventNamedIn(description) === eventId);
    return found === undefined ? undefined : toScheduledEventId(found.id);
  }

  async function whereOf({ place }: CommunityEvent): Promise<{ answer: Where } | { refusal: Refusal }> {
    if (place.kind === 'link')
      return { answer: { entity_type: EntityType.External, entity_metadata: { location: place.link } } };
    const result = await ask(() => rest.get(Routes.channel(place.channelId)) as Promise<APIChannel>);
    if ('refusal' in result) return result;
    const entityType = IN_CHANNEL[result.answer.type];
    if (entityType === undefined)
      return { refusal: { code: RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType, reason: '' } };
    return { answer: { entity_type: entityType, channel_id: place.channelId } };
  }

  /** Does what is to be done to a scheduled event that is not over. */
  async function whereItStands(
    event: EventRef,
    act: (scheduledEventId: ScheduledEventId, status: Status) => Shown | Promise<Shown>,
  ): Promise<Shown> {
    const scheduledEventId = (await findEvent(database.em.fork(), event))?.scheduledEventId;
    if (scheduledEventId == null) return DONE;
    const result = await read(event.guildId, scheduledEventId);
    if ('refusal' in result) return isGone(result.refusal) ? DONE : refused(result.refusal);
    const { status } = result.answer;
    return status === Status.Completed || status === Status.Canceled ? DONE : act(scheduledEventId, status);
  }

  /** Those that are not over. */
  function readAll(guildId: GuildId) {
    return ask(() => rest.get(Routes.guildScheduledEvents(guildId)) as Promise<APIGuildScheduledEvent[]>);
  }

  /** One that is not among them is over or gone: only Discord's answer for itself says which. */
  async function read(guildId: GuildId, scheduledEventId: ScheduledEventId) {
    const listed = await all.read(guildId);
    if ('refusal' in listed) return listed;
    const answer = listed.answer.find(({ id }) => id === scheduledEventId);
    if (answer !== undefined) return { answer };
    return ask(
      () =>
        rest.get(Routes.guildScheduledEvent(guildId, scheduledEventId)) as Promise<APIGuildScheduledEvent>,
    );
  }

  async function patch(
    { guildId }: EventRef,
    scheduledEventId: ScheduledEventId,
    body: RESTPatchAPIGuildScheduledEventJSONBody,
  ): Promise<Shown> {
    const route = Routes.guildScheduledEvent(guildId, scheduledEventId);
    const result = await ask(() => rest.patch(route, { body }));
    return 'refusal' in result ? refused(result.refusal) : DONE;
  }

  async function remove(guildId: GuildId, scheduledEventId: ScheduledEventId): Promise<Shown> {
    const result = await ask(() => rest.delete(Routes.guildScheduledEvent(guildId, scheduledEventId)));
    return 'refusal' in result && !isGone(result.refusal) ? refused(result.refusal) : DONE;
  }

  function refused(refusal: Refusal): { kind: 'refused'; reason: string } {
    return noted({ kind: 'refused', reason: ADVICE[refusal.code] ?? refusal.reason }, refusal);
  }

  function noted<Result>(result: Result, { code, reason }: Refusal): Result {
    logger.warn({ code }, `a scheduled event was refused: ${reason}`);
    return result;
  }
}

function wordsOf(event: CommunityEvent): { name: string; description: string } {
  return { name: event.title, description: describeOnDiscord(event) };
}

function toSeen(event: APIGuildScheduledEvent): SeenScheduledEvent {
  const { name, description, status, scheduled_start_time, scheduled_end_time } = event;
  return {
    hasBegun: status === Status.Active,
    title: name,
    description: description ?? '',
    startsAt: Date.parse(scheduled_start_time),
    endsAt: scheduled_end_time === null ? null : Date.parse(scheduled_end_time),
    place: placeOf(event),
  };
}

function placeOf({ channel_id, entity_metadata }: APIGuildScheduledEvent): EventPlace {
  return channel_id == null
    ? { kind: 'link', link: entity_metadata?.location ?? '' }
    : { kind: 'channel', channelId: toChannelId(channel_id) satisfies ChannelId };
}

function isGone({ code }: Refusal): boolean {
  return code === RESTJSONErrorCodes.UnknownGuildScheduledEvent;
}
