/** Onboarding: what happens from the moment a member joins. */

import type { Duration } from './duration.ts';
import { toMilliseconds } from './duration.ts';
import type { GuildId, MemberId } from './ids.ts';

/** An embed as staff write it. Its texts may hold placeholders. */
export interface EmbedTemplate {
  readonly title: string;
  readonly description: string;
  readonly color: EmbedColor;
  /** The address behind the title. */
  readonly link: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** The colours that the configuration offers for embeds. */
export const EMBED_COLORS = ['blue', 'green', 'gold', 'red', 'grey'] as const;
export type EmbedColor = (typeof EMBED_COLORS)[number];

/** Where a step's message goes. */
export type StepPlace = 'channel' | 'dm';

interface StepTemplateBase {
  /** The step's name, unique in the flow: it is part of what makes each message once. */
  readonly name: string;
  /** How long after the start of the flow. */
  readonly after: Duration;
  readonly text: string;
  /** The name of a role that the member is given with this step. */
  readonly role?: string | undefined;
}

/** A step of the flow as the configuration describes it. */
export type StepTemplate =
  | (StepTemplateBase & { readonly to: 'channel'; readonly channel: string; readonly embed: EmbedTemplate })
  | (StepTemplateBase & { readonly to: 'dm'; readonly embed?: EmbedTemplate | undefined });

/** The configuration's section `onboarding`. */
export interface OnboardingSettings {
  readonly stopButton: string;
  readonly stopped: string;
  readonly alreadyOver: string;
  readonly steps: readonly StepTemplate[];
}

/**
 * A step as a workflow takes it when it starts: order, time and place. What it says is read from the
 * configuration at the moment it is sent, so that a corrected text helps at once.
 */
export interface PlannedStep {
  readonly name: string;
  readonly afterMs: number;
  readonly to: StepPlace;
  readonly givesRole: boolean;
}

/** One stay of a member in a guild: whoever comes back later begins another. Times in ms since 1970. */
export interface Stay {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  readonly joinedAt: number;
}

/** How an onboarding ended. `already run`: an earlier workflow has dealt with this stay. */
export type OnboardingOutcome = 'completed' | 'left' | 'stopped' | 'already run';

/** The id of the workflow that welcomes a member: one for each stay (design: "Identity"). */
export function onboardingId({ guildId, memberId, joinedAt }: Stay): string {
  return `onboarding/${guildId}/${memberId}/${joinedAt}`;
}

/** The configured steps as a workflow takes them, in the order of their times. */
export function planSteps(settings: OnboardingSettings): PlannedStep[] {
  return settings.steps
    .map((step) => ({
      name: step.name,
      afterMs: toMilliseconds(step.after),
      to: step.to,
      givesRole: step.role !== undefined,
    }))
    .sort((a, b) => a.afterMs - b.afterMs);
}

const STOP_PREFIX = 'onboarding/stop';

/**
 * The `custom_id` of the button under a tip that stops further ones. It names the stay and the step, and so
 * also marks which message it is; the member is whoever presses, so that nobody can stop another's tips.
 */
export function stopButtonId(joinedAt: number, step: string): string {
  return `${STOP_PREFIX}/${joinedAt}/${step}`;
}

/** What a stop button's `custom_id` says, or undefined if it is not one. */
export function parseStopButtonId(customId: string): { joinedAt: number } | undefined {
  const match = /^onboarding\/stop\/(\d{1,16})\/[\w-]{1,40}$/.exec(customId);
  return match?.[1] === undefined ? undefined : { joinedAt: Number(match[1]) };
}
