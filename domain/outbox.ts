import type { BurstWindow, Raid } from './burst.ts';
import type { MessageGap } from './message-catch-up.ts';
import type { Stay } from './onboarding.ts';
import type { Recognised } from './recognition.ts';
import type { TutorialRef } from './tutorials.ts';

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
  | { readonly kind: 'review tutorial'; readonly tutorial: TutorialRef }
  | { readonly kind: 'tutorial decided'; readonly tutorial: TutorialRef }
  /** Somebody has done a tutorial, or has taken that back: the number below it has changed. */
  | { readonly kind: 'count completions'; readonly tutorial: TutorialRef };
