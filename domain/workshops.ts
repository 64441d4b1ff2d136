/** Weekly workshops: each slot of the configuration opens an event for its next day. */

import type { Day, TimeOfDay, Weekday } from './calendar.ts';
import type { Duration } from './duration.ts';
import { type EventId, type EventKindName, type EventState, toEventId } from './events.ts';
import type { GuildId, InteractionId, MemberId } from './ids.ts';

/** A slot as staff write it. Members meet in the channel, or behind the link: one of the two is there. */
export interface WorkshopSlot {
  readonly name: string;
  readonly weekday: Weekday;
  /** When it begins, in the workshops' time zone. */
  readonly at: TimeOfDay;
  /** Without it, that of the kind. */
  readonly duration?: Duration | undefined;
  readonly kind: EventKindName;
  readonly title: string;
  readonly description: string;
  /** The name of a voice or stage channel. */
  readonly channel?: string | undefined;
  readonly link?: string | undefined;
  /** How many can go. Without it, as many as like. */
  readonly capacity?: number | undefined;
  readonly host?: MemberId | undefined;
}

/** The configuration's section `workshops`. */
export interface WorkshopSettings {
  readonly timeZone: string;
  /** How many days before its day an event opens. */
  readonly openAhead: number;
  readonly slots: readonly WorkshopSlot[];
}

/** What stands for every slot in commands: none can be called so. */
export const ALL_SLOTS = 'all';

/** A workshop by its slot and its day. */
export interface WorkshopRef {
  readonly guildId: GuildId;
  /** The slot's name. */
  readonly slot: string;
  /** The day that it has by the configuration, also if it was moved. */
  readonly day: Day;
}

/** When a workshop is by the configuration, in ms since 1970. */
export interface WorkshopTimes {
  readonly startsAt: number;
  readonly endsAt: number;
  /** When its event opens. */
  readonly opensAt: number;
}

/** A workshop that staff have left out (`startsAt` is null) or have moved (ms since 1970). */
export interface WorkshopException {
  readonly slot: string;
  readonly day: Day;
  readonly startsAt: number | null;
}

/** What came of opening a workshop's event. */
export type WorkshopOutcome =
  | { readonly kind: 'opened' }
  /** It was open before, or has been. */
  | { readonly kind: 'there already'; readonly state: EventState }
  /** An event of the slot is open in that week: the slot had another weekday before. */
  | { readonly kind: 'another in this week'; readonly eventId: EventId }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'in the past' }
  /** The slot is not in the configuration (any more). */
  | { readonly kind: 'not configured' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What there is to do about a workshop. `startsAt` in ms since 1970. */
export type WorkshopPlan =
  | { readonly kind: 'due'; readonly day: Day; readonly startsAt: number }
  | {
      readonly kind: 'settled';
      readonly day: Day | null;
      readonly startsAt: number | null;
      readonly outcome: WorkshopOutcome;
    };

/** What staff want of a workshop. */
export interface WorkshopRequest extends WorkshopRef {
  readonly staffId: MemberId;
  readonly requestId: InteractionId;
}

/** What became of leaving a workshop out, or of moving it. `isOpen`: its event is there, and follows. */
export type WorkshopChange =
  | { readonly kind: 'changed'; readonly isOpen: boolean }
  /** Its event has begun, or is over. */
  | { readonly kind: 'too late'; readonly state: EventState };

/** The id of a workshop's event: the same, whoever opens it and however often (design: "Identity"). */
export function workshopEventId({ slot, day }: Pick<WorkshopRef, 'slot' | 'day'>): EventId {
  return toEventId(`${slot}-${day}`);
}

/** How the ids of all schedules of a guild's workshops begin. */
export function workshopSchedules(guildId: GuildId): string {
  return `workshop/${guildId}/`;
}

/** The id of a slot's schedule; those of its workflows begin so. */
export function workshopScheduleId(guildId: GuildId, slot: string): string {
  return `${workshopSchedules(guildId)}${slot}`;
}

/** The id of the workflow that opens a workshop because staff have asked for it. */
export function workshopRequestId({ guildId, slot, day }: WorkshopRef, requestId: InteractionId): string {
  return `${workshopScheduleId(guildId, slot)}/${day}/${requestId}`;
}
