/** Scheduled events of the guild (Discord docs, "Guild Scheduled Event"). */

import { createHash } from 'node:crypto';
import {
  type APIGuildScheduledEventRecurrenceRule,
  AuditLogEvent,
  ChannelType,
  GuildScheduledEventEntityType as EntityType,
  GatewayDispatchEvents,
  type Snowflake,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import { ensure, found } from '../rules/errors.ts';
import { formError } from '../rules/form.ts';
import { ensureGuildPermissions, guildPermissions } from '../rules/permissions.ts';
import type { EventRecord } from '../state/records.ts';
import { toDiscordTime, type World } from '../state/world.ts';
import { viewEvent } from '../views/guild.ts';
import { writeAuditLog } from './audit-log.ts';
import type { Actor } from './members.ts';

export interface EventForm {
  name?: string | undefined;
  description?: string | null | undefined;
  channelId?: Snowflake | null | undefined;
  location?: string | undefined;
  startsAt?: string | undefined;
  endsAt?: string | null | undefined;
  status?: Status | undefined;
  entityType?: EntityType | undefined;
  /** A picture as a data URI. */
  image?: string | null | undefined;
  recurrence?: APIGuildScheduledEventRecurrenceRule | null | undefined;
}

const maximumActiveEvents = 100;
const manageEvents = 1n << 33n;
const createEvents = 1n << 44n;
const fiveYearsMs = 5 * 365 * 24 * 60 * 60 * 1000;

/** Which status may follow which. */
const nextStatuses: Record<Status, readonly Status[]> = {
  [Status.Scheduled]: [Status.Active, Status.Canceled],
  [Status.Active]: [Status.Completed],
  [Status.Completed]: [],
  [Status.Canceled]: [],
};

function isOpen(event: EventRecord): boolean {
  return event.status === Status.Scheduled || event.status === Status.Active;
}

/** Create Events is enough for an event of one's own; Manage Events is for all. */
function ensureMayManage(world: World, actor: Actor, creatorId: Snowflake): void {
  const bits = guildPermissions(world, actor.userId);
  const may = (bits & manageEvents) !== 0n || ((bits & createEvents) !== 0n && creatorId === actor.userId);
  ensure(may, 'missingPermissions');
}

/** @throws DiscordError 50013, 30038, 50035 */
export function createEvent(
  world: World,
  actor: Actor,
  form: EventForm & { name: string; startsAt: string },
): EventRecord {
  ensureMayManage(world, actor, actor.userId);
  const open = [...world.scheduledEvents.values()].filter(isOpen);
  ensure(open.length < maximumActiveEvents, 'maximumEvents');
  const event: EventRecord = {
    id: world.newId(),
    creatorId: actor.userId,
    description: null,
    channelId: null,
    location: null,
    endsAt: null,
    status: Status.Scheduled,
    entityType: EntityType.External,
    image: null,
    recurrence: null,
    interested: [],
    ...fieldsOf(form),
    name: form.name,
    startsAt: form.startsAt,
  };
  checkEvent(world, event);
  checkTimes(world, event, true);
  world.scheduledEvents.set(event.id, event);
  tell(world, GatewayDispatchEvents.GuildScheduledEventCreate, event);
  writeAuditLog(world, actor, AuditLogEvent.GuildScheduledEventCreate, event.id, {
    changes: [{ key: 'name', new_value: event.name }],
  });
  return event;
}

function fieldsOf(form: EventForm): Partial<EventRecord> {
  const fields = {
    name: form.name,
    description: form.description,
    channelId: form.channelId,
    location: form.location,
    startsAt: form.startsAt,
    endsAt: form.endsAt,
    status: form.status,
    entityType: form.entityType,
    recurrence: form.recurrence,
    image: form.image ? createHash('sha256').update(form.image).digest('hex').slice(0, 32) : form.image,
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<EventRecord>;
}

/** Where an event of each type takes place. */
const channelTypes: Partial<Record<EntityType, ChannelType>> = {
  [EntityType.Voice]: ChannelType.GuildVoice,
  [EntityType.StageInstance]: ChannelType.GuildStageVoice,
};

function checkEvent(world: World, event: EventRecord): void {
  if (event.entityType === EntityType.External) {
    event.channelId = null;
    if (!event.location)
      throw formError(['entity_metadata', 'location'], 'BASE_TYPE_REQUIRED', 'This field is required');
    if (event.endsAt === null)
      throw formError(['scheduled_end_time'], 'BASE_TYPE_REQUIRED', 'This field is required');
    return;
  }
  event.location = null;
  if (event.channelId === null)
    throw formError(['channel_id'], 'BASE_TYPE_REQUIRED', 'This field is required');
  const channel = found(world.channels.get(event.channelId), 'unknownChannel');
  ensure(channel.type === channelTypes[event.entityType], 'wrongChannelType');
}

function checkTimes(world: World, event: EventRecord, isStartGiven: boolean): void {
  const start = Date.parse(event.startsAt);
  // What has begun can still be given another end.
  if (isStartGiven && start < world.now())
    throw formError(
      ['scheduled_start_time'],
      'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST',
      'Cannot schedule event in the past.',
    );
  if (start > world.now() + fiveYearsMs)
    throw formError(
      ['scheduled_start_time'],
      'GUILD_SCHEDULED_EVENT_SCHEDULE_TOO_FAR',
      'Cannot schedule event that far in the future.',
    );
  if (event.endsAt !== null && Date.parse(event.endsAt) <= start)
    throw formError(
      ['scheduled_end_time'],
      'GUILD_SCHEDULED_EVENT_END_BEFORE_START',
      'Cannot schedule event to end before it starts.',
    );
}

function tell(
  world: World,
  t:
    | GatewayDispatchEvents.GuildScheduledEventCreate
    | GatewayDispatchEvents.GuildScheduledEventUpdate
    | GatewayDispatchEvents.GuildScheduledEventDelete,
  event: EventRecord,
): void {
  world.events.dispatch({ t, d: viewEvent(world, event) }, { guildId: world.guild.id });
}

/** @throws DiscordError 10070 */
export function findEvent(world: World, id: Snowflake): EventRecord {
  return found(world.scheduledEvents.get(id), 'unknownEvent');
}

/**
 * Changes an event, or takes it to its next status: start, end, cancel.
 * @throws DiscordError 50013, 180000 for one that is over, 50035
 */
export function changeEvent(world: World, actor: Actor, event: EventRecord, form: EventForm): EventRecord {
  ensureMayManage(world, actor, event.creatorId);
  ensure(isOpen(event), 'eventsOver');
  const changed: EventRecord = { ...event, ...fieldsOf(form) };
  if (changed.status !== event.status && !nextStatuses[event.status].includes(changed.status))
    throw formError(
      ['status'],
      'GUILD_SCHEDULED_EVENT_INVALID_STATUS_TRANSITION',
      'Invalid guild scheduled event status transition',
    );
  checkEvent(world, changed);
  if (form.startsAt !== undefined || form.endsAt !== undefined)
    checkTimes(world, changed, form.startsAt !== undefined);
  // An event that is begun by hand began now.
  if (changed.status === Status.Active && event.status === Status.Scheduled)
    changed.startsAt = earlier(changed.startsAt, toDiscordTime(world.now()));
  world.scheduledEvents.set(event.id, changed);
  tell(world, GatewayDispatchEvents.GuildScheduledEventUpdate, changed);
  writeAuditLog(world, actor, AuditLogEvent.GuildScheduledEventUpdate, event.id, {
    changes:
      changed.status === event.status
        ? []
        : [{ key: 'status', old_value: event.status, new_value: changed.status }],
  });
  return changed;
}

function earlier(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? a : b;
}

/** @throws DiscordError 50013 */
export function deleteEvent(world: World, actor: Actor, event: EventRecord): void {
  ensureMayManage(world, actor, event.creatorId);
  world.scheduledEvents.delete(event.id);
  tell(world, GatewayDispatchEvents.GuildScheduledEventDelete, event);
  writeAuditLog(world, actor, AuditLogEvent.GuildScheduledEventDelete, event.id, {
    changes: [{ key: 'name', old_value: event.name }],
  });
}

/** Marks a member as interested, or no longer. */
export function setInterest(world: World, userId: Snowflake, event: EventRecord, interested: boolean): void {
  ensureGuildPermissions(world, userId, ['ViewChannel']);
  ensure(isOpen(event), 'eventsOver');
  if (event.interested.includes(userId) === interested) return;
  event.interested = interested
    ? [...event.interested, userId]
    : event.interested.filter((id) => id !== userId);
  world.scheduledEvents.set(event.id, event);
  const d = { guild_scheduled_event_id: event.id, user_id: userId, guild_id: world.guild.id };
  world.events.dispatch(
    interested
      ? { t: GatewayDispatchEvents.GuildScheduledEventUserAdd, d }
      : { t: GatewayDispatchEvents.GuildScheduledEventUserRemove, d },
    { guildId: world.guild.id },
  );
}
