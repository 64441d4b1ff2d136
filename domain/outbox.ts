import type { BurstWindow, Raid } from './burst.ts';
import type { EventChange, EventKindName, EventRef } from './events.ts';
import type { GuildId, InteractionId, MemberId } from './ids.ts';
import type { MessageGap } from './message-catch-up.ts';
import type { Stay } from './onboarding.ts';
import type { AccountPlatform } from './platforms.ts';
import type { DeliveryRef, PostEdit, PostRef } from './posts.ts';
import type { Recognised } from './recognition.ts';
import type { TutorialRef } from './tutorials.ts';
import type { ReturnedWinner } from './winners.ts';
import type { WorkshopRef } from './workshops.ts';

/** What an event's workflow starts with. */
export interface EventBeginning {
  readonly event: EventRef;
  readonly eventKind: EventKindName;
  readonly startsAt: number;
  readonly hostId: MemberId | null;
}

/** What a database transaction can set off in Temporal (design: "Outbox"). Each must be harmless when repeated. */
export type OutboxOrder =
  | { readonly kind: 'welcome'; readonly stay: Stay }
  | { readonly kind: 'member left'; readonly stay: Stay }
  /** Whether the member of this stay is still there. */
  | { readonly kind: 'compare member'; readonly stay: Stay }
  | { readonly kind: 'gather welcomes'; readonly window: BurstWindow; readonly endsAt: number }
  | { readonly kind: 'watch raid'; readonly raid: Raid }
  /** Messages may have been missed. */
  | { readonly kind: 'read missed messages'; readonly gap: MessageGap }
  /** A member has got a badge or an achievement, or has lost a badge. */
  | { readonly kind: 'recognise'; readonly recognised: Recognised }
  | { readonly kind: 'winner is back'; readonly winner: ReturnedWinner }
  | { readonly kind: 'review tutorial'; readonly tutorial: TutorialRef }
  | { readonly kind: 'tutorial decided'; readonly tutorial: TutorialRef }
  | { readonly kind: 'tutorial removed'; readonly tutorial: TutorialRef }
  /** Somebody has done a tutorial, or has taken that back: the number below it has changed. */
  | { readonly kind: 'count completions'; readonly tutorial: TutorialRef }
  /** An event is to be led through its life. */
  | ({ readonly kind: 'begin event' } & EventBeginning)
  /** Staff have decided something of an event that may not have begun yet. `requestId`: by which it is done once. */
  | ({
      readonly kind: 'change event';
      readonly change: EventChange;
      readonly requestId: InteractionId;
    } & EventBeginning)
  | ({
      readonly kind: 'cancel event';
      readonly by: MemberId;
      readonly requestId: InteractionId;
    } & EventBeginning)
  /** Staff want the event of a weekly workshop that the schedule has not opened. */
  | {
      readonly kind: 'open workshop';
      readonly workshop: WorkshopRef;
      readonly requestId: InteractionId;
    }
  /** More or fewer go to an event: its announcement says how many. */
  | { readonly kind: 'show registrations'; readonly event: EventRef }
  /** A member who has waited for a place has one. */
  | {
      readonly kind: 'tell moved up';
      readonly event: EventRef;
      readonly memberId: MemberId;
      /** Which press had put them in line: who leaves and waits again is told again. */
      readonly placeInLine: string;
    }
  /** A member wants direct messages, and there is no channel for them yet. */
  | { readonly kind: 'open direct messages'; readonly guildId: GuildId; readonly memberId: MemberId }
  /** A post is to be led from its draft until all of it is settled. */
  | { readonly kind: 'begin post'; readonly post: PostRef }
  /** A post was changed: its workflow looks at it anew, and what is published of it is changed. */
  | { readonly kind: 'post changed'; readonly edit: PostEdit; readonly isPublished: boolean }
  /** An account works again: what waits for it goes on. */
  | { readonly kind: 'account is back'; readonly delivery: DeliveryRef }
  /** An account has to be connected again: staff are told. `version`: of its tokens, so that they are told once. */
  | {
      readonly kind: 'tell account expired';
      readonly guildId: GuildId;
      readonly platform: AccountPlatform;
      readonly version: number;
    }
  /** Figures of a post are to be read some time: whoever reads them looks anew what is due. */
  | { readonly kind: 'read engagement'; readonly guildId: GuildId }
  /** A post does much better than usual. */
  | { readonly kind: 'amplify post'; readonly post: PostRef };
