/** Events: workshops, AMAs and whatever else members meet for, from the announcement until the report. */

import type { TimeOfDay } from './calendar.ts';
import { type Duration, toMilliseconds } from './duration.ts';
import type { CheckInTexts } from './event-attendance.ts';
import type { FeedbackSettings } from './event-feedback.ts';
import type { ChannelId, GuildId, InteractionId, MemberId, MessageId } from './ids.ts';

declare const brand: unique symbol;
/** The id of an event of ours: that of the command that made it, or the slot and the day of a weekly workshop. */
export type EventId = string & { readonly [brand]: 'event' };
/** Discord's own id of the scheduled event that it shows for one of ours. */
export type ScheduledEventId = string & { readonly [brand]: 'scheduled event' };

const EVENT_ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** Checks that `text` can be the id of an event. @throws TypeError if it cannot */
export function toEventId(text: string): EventId {
  if (!EVENT_ID.test(text)) throw new TypeError(`"${text}" is not the id of an event`);
  return text as EventId;
}

/** Says that `text`, which Discord has given, is the id of a scheduled event. */
export const toScheduledEventId = (text: string): ScheduledEventId => text as ScheduledEventId;

/** An event by its ids: what may stand in a history. */
export interface EventRef {
  readonly guildId: GuildId;
  readonly eventId: EventId;
}

/** The id of the workflow that leads an event through its life (design: "Identity"). */
export function eventWorkflowId({ guildId, eventId }: EventRef): string {
  return `event/${guildId}/${eventId}`;
}

/** The name of a kind of event in the configuration: `workshop`, `ama`, … */
export type EventKindName = string;

/** A kind of event as staff write it. */
export interface EventKind {
  readonly name: EventKindName;
  readonly label: string;
  readonly emoji: string;
  /** How long one lasts of which nobody says. */
  readonly duration: Duration;
  /** How long before the start members are reminded. */
  readonly reminders: readonly Duration[];
}

/** How long a link to where members meet can be, and a title (Discord docs, "Guild Scheduled Event"). */
export const PLACE_LENGTH = 100;
export const EVENT_TITLE_LENGTH = 100;
/** Of a description: a line of ours stands below it on Discord, which takes 1,000. */
export const EVENT_DESCRIPTION_LENGTH = 900;

/** Where members meet: a voice or stage channel of the guild, or elsewhere. */
export type EventPlace =
  | { readonly kind: 'channel'; readonly channelId: ChannelId }
  | { readonly kind: 'link'; readonly link: string };

/** Whether it is the same place. */
export function isSamePlace(one: EventPlace, other: EventPlace): boolean {
  if (one.kind === 'channel') return other.kind === 'channel' && one.channelId === other.channelId;
  return other.kind === 'link' && one.link.trim() === other.link.trim();
}

/** What an event is, by whoever organises it. Times in ms since 1970. */
export interface EventDetails {
  readonly kind: EventKindName;
  readonly title: string;
  readonly description: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly place: EventPlace;
  /** How many can go. null: as many as like. */
  readonly capacity: number | null;
  readonly hostId: MemberId | null;
  /** The address of a picture on Discord. */
  readonly picture: string | null;
}

/**
 * Where an event stands. `planned`: to be made on Discord. `open`: announced. `live`: it has begun. `over`: feedback is open.
 * `closed`: reported. `refused`: Discord would not have it, and nothing is left of it.
 */
export type EventState = 'planned' | 'open' | 'live' | 'over' | 'closed' | 'cancelled' | 'refused';

/** The states in which somebody can still say that they go. */
export const EXPECTED: readonly EventState[] = ['planned', 'open', 'live'];

/** What stands for an event on Discord, as far as it is there. */
export interface EventOnDiscord {
  readonly scheduledEventId: ScheduledEventId | null;
  /** The channel of the announcement. */
  readonly channelId: ChannelId | null;
  readonly announcementId: MessageId | null;
  /** Below the announcement. */
  readonly threadId: ChannelId | null;
}

/** An event with people's words, which stay in the database. */
export interface CommunityEvent extends EventRef, EventDetails, EventOnDiscord {
  readonly state: EventState;
  readonly createdBy: MemberId | null;
  /** The weekly workshop that it is one of. */
  readonly slot: string | null;
  /** Grows with each change. */
  readonly revision: number;
  /** When it began and ended indeed. */
  readonly beganAt: number | null;
  readonly endedAt: number | null;
}

/** An event that is to be. */
export interface NewEvent extends EventRef, EventDetails {
  readonly createdBy: MemberId | null;
  readonly slot: string | null;
}

/** What a workflow needs to know of an event in order to lead it: times alone, in ms since 1970. */
export type EventSchedule = Pick<
  CommunityEvent,
  'state' | 'revision' | 'startsAt' | 'endsAt' | 'hostId' | 'kind'
>;

/**
 * A change of an event that is not over. What is left out stays. Words and pictures come from the draft, which is in the
 * database: they must not stand in a history.
 */
export interface EventChange {
  readonly by: MemberId;
  readonly draftId?: InteractionId;
  readonly startsAt?: number;
  readonly endsAt?: number;
  readonly place?: EventPlace;
  /** null: as many as like. */
  readonly capacity?: number | null;
  readonly hostId?: MemberId;
}

/** What became of a change. */
export type ChangeResult =
  | { readonly kind: 'changed'; readonly revision: number; readonly isMoved: boolean }
  | { readonly kind: 'no change' }
  | { readonly kind: 'no such event' | 'over' | 'in the past' | 'ends before it starts' | 'draft is gone' }
  /** So many are going already. */
  | { readonly kind: 'capacity too low'; readonly going: number };

/** What became of making an event on Discord. `reason` is one that the organiser can read. */
export type Announced =
  | {
      readonly kind: 'announced';
      readonly scheduledEventId: ScheduledEventId;
      readonly threadId: ChannelId | null;
    }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** What is fixed of an event's course when its workflow begins, in ms. */
export interface EventPlan {
  /** How long before the start, the longest first. */
  readonly remindersMs: readonly number[];
  /** A reminder that would be later than this is not sent. */
  readonly reminderGraceMs: number;
  /** How long after the planned end an event may go on while people are there. */
  readonly overrunMs: number;
  /** Which part of the event, in percent, counts as having attended. */
  readonly attendedPercent: number;
  readonly feedbackMs: number;
  /** After the end. */
  readonly feedbackReminderMs: number;
  /** After the end. */
  readonly archiveMs: number;
}

/** What is told to everybody concerned, each member once. Its name is part of the id under which it is sent. */
export type EventNotice =
  | { readonly kind: 'reminder'; readonly beforeMs: number; readonly revision: number }
  | { readonly kind: 'moved'; readonly revision: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'thanks' }
  | { readonly kind: 'feedback reminder' };

/** A name for a notice that no other of its event has. A reminder of an event that was moved comes again. */
export function noticeName(notice: EventNotice): string {
  switch (notice.kind) {
    case 'reminder':
      return `reminder/${notice.beforeMs}/${notice.revision}`;
    case 'moved':
      return `moved/${notice.revision}`;
    default:
      return notice.kind;
  }
}

/** The key under which a notice is sent to a member: once. */
export function noticeKey(event: EventRef, notice: EventNotice, memberId: MemberId): string {
  return `${eventWorkflowId(event)}/${noticeName(notice)}/${memberId}`;
}

/** A short name for a notice, which stands in the buttons of its messages: each is found again by them. */
export function noticeMark(notice: EventNotice): string {
  switch (notice.kind) {
    case 'reminder':
      return `r${notice.beforeMs.toString(36)}-${notice.revision}`;
    case 'moved':
      return `m${notice.revision}`;
    case 'feedback reminder':
      return 'asked-again';
    default:
      return notice.kind;
  }
}

/** The configuration's section `events`. */
export interface EventSettings {
  /** In which times are understood of somebody who has not said otherwise. */
  readonly timeZone: string;
  /** Where events are announced. Each has a thread below its announcement. */
  readonly channel: string;
  /** Where staff read what became of an event. */
  readonly reportChannel: string;
  /** The names of the roles that may create and change events. */
  readonly organisers: readonly string[];
  readonly kinds: readonly EventKind[];
  readonly reminderGrace: Duration;
  readonly overrun: Duration;
  readonly attendedPercent: number;
  readonly checkIn: CheckInTexts;
  readonly feedback: FeedbackSettings;
  readonly archiveAfter: Duration;
  /** The note that lists the events of the day, and when it is posted. */
  readonly morning: { readonly at: TimeOfDay; readonly title: string };
  /** The address behind headlines. */
  readonly link: string;
  readonly texts: EventTexts;
}

/** What members read of events. The texts may hold placeholders. */
export interface EventTexts {
  readonly announced: string;
  readonly reminder: string;
  readonly begun: string;
  readonly moved: string;
  readonly cancelled: string;
  readonly movedUp: string;
  readonly thanks: string;
  readonly feedbackReminder: string;
}

/** The course of an event of `kind`, by the configuration. A kind that is no longer configured has no reminders. */
export function planEvent(settings: EventSettings, kind: EventKindName): EventPlan {
  const reminders = settings.kinds.find(({ name }) => name === kind)?.reminders ?? [];
  return {
    remindersMs: reminders.map(toMilliseconds).sort((one, other) => other - one),
    reminderGraceMs: toMilliseconds(settings.reminderGrace),
    overrunMs: toMilliseconds(settings.overrun),
    attendedPercent: settings.attendedPercent,
    feedbackMs: toMilliseconds(settings.feedback.openFor),
    feedbackReminderMs: toMilliseconds(settings.feedback.remindAfter),
    archiveMs: toMilliseconds(settings.archiveAfter),
  };
}
