/** What organisers say of an event before it is made or changed, and why it is refused. */

import type { EventTime, Length } from './event-time.ts';
import {
  type CommunityEvent,
  EVENT_DESCRIPTION_LENGTH,
  EVENT_TITLE_LENGTH,
  type EventChange,
  type EventDetails,
  type EventId,
  type EventPlace,
  PLACE_LENGTH,
  toEventId,
} from './events.ts';
import { type GuildId, type InteractionId, type MemberId, toInteractionId } from './ids.ts';
import { readLink, readTitle } from './tutorials.ts';

/** A draft by its ids: its own is that of the command with which it began. */
export interface DraftRef {
  readonly guildId: GuildId;
  readonly draftId: InteractionId;
  readonly memberId: MemberId;
}

/** What somebody has written in the form. */
export interface EventWords {
  readonly title: string;
  readonly description: string;
}

/** When an event is, as somebody has written it, and when they did (ms since 1970): `tomorrow` counts from then. */
export interface SaidTime {
  readonly text: string;
  readonly at: number;
}

/** An event that is to be made. */
export interface NewEventDraft
  extends Pick<EventDetails, 'kind' | 'place' | 'capacity' | 'hostId' | 'picture'> {
  readonly for: 'new event';
  readonly start: SaidTime;
  readonly lengthMs: number;
  /** Named with the command. null: the one that they are known to use. */
  readonly timeZone: string | null;
  /** '' until the form was sent. */
  readonly title: string;
  readonly description: string;
  /** In ms since 1970, as soon as it is known. */
  readonly startsAt: number | null;
}

/** A change of words or picture. What is left out stays. The rest of a change goes to the event's workflow by itself. */
export interface ChangeDraft {
  readonly for: 'change';
  readonly eventId: EventId;
  readonly change: Omit<EventChange, 'by' | 'draftId'>;
  readonly title?: string;
  readonly description?: string;
  readonly picture?: string;
}

/** What somebody is about to make of an event. */
export type EventDraft = NewEventDraft | ChangeDraft;

/** Why something that an organiser asks for is refused. */
export type EventRefusal =
  | { readonly kind: 'no such kind' }
  | { readonly kind: 'time'; readonly time: Exclude<EventTime, { kind: 'moment' }>; readonly text: string }
  | { readonly kind: 'length'; readonly why: Exclude<Length['kind'], 'length'> }
  | { readonly kind: 'no place' | 'two places' }
  | { readonly kind: 'wrong channel' | 'hidden channel' }
  | { readonly kind: 'bad link' | 'bad capacity' | 'two capacities' }
  | { readonly kind: 'host is a bot' | 'host is not here' }
  | { readonly kind: 'no picture' }
  | { readonly kind: 'no such event' | 'not an organiser' | 'not yours' | 'over' | 'nothing to change' };

/** Whether what was read is a refusal. */
export function isRefusal<Read extends object>(
  read: Read | { readonly refused: EventRefusal },
): read is { readonly refused: EventRefusal } {
  return 'refused' in read;
}

/** Why words that were written in the form cannot be taken. */
export type WordsProblem = 'title' | 'description';

/** The words as they are kept: the title in one line. Or what is wrong with them. */
export function readWords({ title, description }: EventWords): EventWords | WordsProblem {
  const read = title.length > EVENT_TITLE_LENGTH ? undefined : readTitle(title);
  if (read === undefined) return 'title';
  const kept = description.trim();
  return kept === '' || kept.length > EVENT_DESCRIPTION_LENGTH
    ? 'description'
    : { title: read, description: kept };
}

/** Where members meet outside of Discord, or undefined if it is no address of a page, or too long. */
export function readPlaceLink(text: string): EventPlace | undefined {
  const link = readLink(text)?.address;
  return link === undefined || link.length > PLACE_LENGTH ? undefined : { kind: 'link', link };
}

/** The event that a draft makes, once its words and its start are known. Its id is that of the command. */
export function eventOfDraft(
  { guildId, draftId, memberId }: DraftRef,
  { kind, title, description, startsAt, lengthMs, place, capacity, hostId, picture }: NewEventDraft,
) {
  if (startsAt === null || title === '') return undefined;
  return {
    ...{ guildId, eventId: toEventId(draftId), createdBy: memberId, slot: null },
    ...{ kind, title, description, startsAt, endsAt: startsAt + lengthMs, place, capacity, hostId, picture },
  };
}

/** What became of confirming a draft. */
export type Confirmation =
  | { readonly kind: 'confirmed'; readonly event: CommunityEvent }
  | { readonly kind: 'draft is gone' | 'in the past' | 'not ready' };

/** Whether somebody may change or cancel an event: organisers may with all, hosts and who has made one with theirs. */
export function mayLead(
  { hostId, createdBy }: Pick<CommunityEvent, 'hostId' | 'createdBy'>,
  { memberId, isOrganiser }: { readonly memberId: MemberId; readonly isOrganiser: boolean },
): boolean {
  return isOrganiser || memberId === hostId || memberId === createdBy;
}

/** When an event ends (ms since 1970) that is moved or made longer: it lasts as long as before, unless that changes. */
export function endOf(
  { startsAt, endsAt }: Pick<CommunityEvent, 'startsAt' | 'endsAt'>,
  moved: { readonly startsAt?: number; readonly lengthMs?: number },
): number {
  return (moved.startsAt ?? startsAt) + (moved.lengthMs ?? endsAt - startsAt);
}

/** What stands on the buttons under drafts, and in the name of their form. */
export const DRAFT_BUTTONS = ['event-draft', 'event-confirm', 'event-discard', 'event-reword'] as const;
export type DraftButton = (typeof DRAFT_BUTTONS)[number];

const DRAFT_BUTTON_ID = new RegExp(`^(${DRAFT_BUTTONS.join('|')}):(\\d{15,20})$`);

/** The `custom_id` of a draft's button, or with `event-draft` of its form. */
export function draftButtonId(button: DraftButton, draftId: InteractionId): string {
  return `${button}:${draftId}`;
}

/** The button and the draft that a `custom_id` names, or undefined if it is of no draft. */
export function parseDraftButtonId(
  customId: string,
): { readonly button: DraftButton; readonly draftId: InteractionId } | undefined {
  const [, name, draftId = ''] = DRAFT_BUTTON_ID.exec(customId) ?? [];
  const button = DRAFT_BUTTONS.find((candidate) => candidate === name);
  return button === undefined ? undefined : { button, draftId: toInteractionId(draftId) };
}
