/** Onboarding: what happens from the moment a member joins. */

import type { BurstSettings, Greeting } from './burst.ts';
import type { Delivery } from './delivery.ts';
import type { Duration } from './duration.ts';
import { toMilliseconds } from './duration.ts';
import type { EmbedTemplate } from './embed.ts';
import type { GuildId, MemberId } from './ids.ts';
import { ITEM_NAME } from './item-names.ts';
import { drawShare } from './shares.ts';

/** What a member can do that an onboarding asks for. */
export const DEEDS = ['role chosen', 'introduced'] as const;
export type Deed = (typeof DEEDS)[number];

/** What a step can put under its message for the member to choose from. */
export const OFFERS = ['roles', 'topics'] as const;
export type Offer = (typeof OFFERS)[number];

interface StepTemplateBase {
  /** The step's name, unique in the flow: it is part of what makes each message once. */
  readonly name: string;
  /** How long after the start of the flow. */
  readonly after: Duration;
  readonly text: string;
  /** The name of a role that the member is given with this step. */
  readonly role?: string | undefined;
  /** The step is left out if the member has done this. */
  readonly unless?: Deed | undefined;
}

interface ChannelStep extends StepTemplateBase {
  readonly to: 'channel';
  readonly channel: string;
  readonly embed: EmbedTemplate;
}

/** A step of the flow as the configuration describes it. */
export type StepTemplate =
  | ChannelStep
  | (StepTemplateBase & {
      readonly to: 'dm';
      readonly embed?: EmbedTemplate | undefined;
      readonly offers?: Offer | undefined;
    });

/** Another version of the flow, and how many of a hundred members get it. */
export interface VariantTemplate {
  readonly name: string;
  readonly share: number;
  /** The steps that it leaves out, by name. */
  readonly without: readonly string[];
  /** What it says otherwise in other steps. */
  readonly steps: readonly {
    readonly name: string;
    readonly after?: Duration | undefined;
    readonly text?: string | undefined;
  }[];
}

/** Where the guidance goes of members who take no direct messages. */
export interface ClosedDmSettings {
  readonly channel: string;
  readonly text: string;
  readonly title: string;
  readonly link: string;
}

/** The configuration's section `onboarding`. */
export interface OnboardingSettings {
  readonly stopButton: string;
  readonly stopped: string;
  readonly alreadyOver: string;
  /** The channel in which members introduce themselves. */
  readonly introductions: string;
  /** Who comes back within this time goes on where they were. */
  readonly returnsWithin: Duration;
  readonly completion: {
    readonly needs: readonly Deed[];
    readonly within: Duration;
    readonly goalPercent: number;
  };
  readonly burst: BurstSettings;
  readonly closedDms?: ClosedDmSettings | undefined;
  readonly steps: readonly StepTemplate[];
  readonly variants: readonly VariantTemplate[];
}

/** The version of the flow that `steps` describes. The shares of the other variants are taken from it. */
export const STANDARD_VARIANT = 'standard';

/**
 * A step as a workflow takes it when it starts: order, time and place. What it says is read from the
 * configuration at the moment it is sent, so that a corrected text helps at once.
 */
export interface PlannedStep {
  readonly name: string;
  readonly afterMs: number;
  readonly to: 'channel' | 'dm';
  readonly givesRole: boolean;
  /** Whether this is the welcome, which is left to the gathered one when many join at once. */
  readonly greets: boolean;
}

/** What an onboarding carries out, fixed from its start. */
export interface OnboardingPlan {
  readonly variant: string;
  readonly steps: readonly PlannedStep[];
  readonly completion: { readonly needs: readonly Deed[]; readonly withinMs: number };
}

/** One stay of a member in a guild: whoever comes back later begins another. Times in ms since 1970. */
export interface Stay {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  readonly joinedAt: number;
}

/**
 * A member's visit: one stay, or several with short absences between them. Each step happens once in a visit.
 * `visitBegan` is when the first of its stays began, in ms since 1970.
 */
export interface Visit extends Stay {
  readonly visitBegan: number;
}

/** How an onboarding ended. `already run`: an earlier workflow has dealt with this stay. */
export type OnboardingOutcome = 'completed' | 'left' | 'stopped' | 'timed out' | 'already run';

/** What became of the wish for no further tips: there may be none left, or the member may have left. */
export type Stopped = 'stopped' | 'no tips left' | 'left';

/** Discord will never take it; this is why, and what to do. */
export type Refused = `refused: ${string}`;

/** What became of the message of a step. */
export type StepResult =
  | 'under way'
  | 'done'
  | 'done in an earlier stay'
  | 'left to the gathered welcome'
  | `not needed: ${Deed}`
  | 'direct messages are closed'
  | 'said in the channel instead'
  | 'the member has left'
  | 'not sent'
  | Refused;

/** What a step asks of an activity. Its texts are those of the variant, and `now` decides whether tips are held back. */
export interface StepOrder {
  readonly visit: Visit;
  readonly variant: string;
  readonly step: string;
  readonly now: number;
}

/** So many join at once that tips wait until then, in ms since 1970. */
export interface Held {
  readonly kind: 'held';
  readonly until: number;
}

/** What became of opening the channel for direct messages. */
export type Opening = { readonly kind: 'done' } | { readonly kind: 'gone' } | Held;

/** What became of the order to send a step. */
export type StepDelivery =
  | Delivery
  | Held
  /** The member has done already what it asks for. */
  | { readonly kind: 'not needed'; readonly deed: Deed };

/** What became of one step. */
export interface StepReport {
  readonly step: string;
  readonly result: StepResult;
  /** What became of the step's role, if that was refused. */
  readonly role?: Refused;
}

/** Whether a run may welcome, and what it has to know for it. */
export type Claim =
  | {
      readonly kind: 'mine';
      readonly visitBegan: number;
      readonly greeting: Greeting;
      /** The steps that were carried out in an earlier stay of this visit, by name. */
      readonly done: readonly string[];
      /** The member wanted no tips in an earlier stay of this visit. */
      readonly stoppedBefore: boolean;
    }
  /** Another run has this stay. */
  | { readonly kind: 'already run' }
  /** The member has left in the meantime. */
  | { readonly kind: 'left' };

/** The id of the workflow that welcomes a member: one for each stay (design: "Identity"). */
export function onboardingId({ guildId, memberId, joinedAt }: Stay): string {
  return `onboarding/${guildId}/${memberId}/${joinedAt}`;
}

/** When the stay began that the workflow with this id is about, in ms since 1970. */
export function joinedAtOf(workflowId: string): number {
  return Number(workflowId.split('/').at(-1));
}

/** The key of the message of `step`, by which it is sent once in a visit. */
export function stepKey({ guildId, memberId, visitBegan }: Visit, step: string): string {
  return `onboarding/${guildId}/${memberId}/${visitBegan}/${step}`;
}

/** What an onboarding of `memberId` that starts now carries out. */
export function planOnboarding(settings: OnboardingSettings, memberId: MemberId): OnboardingPlan {
  const variant = drawVariant(settings, memberId);
  return {
    variant,
    steps: planSteps(stepsOf(settings, variant), welcomeStep(settings.steps)),
    completion: {
      needs: settings.completion.needs,
      withinMs: toMilliseconds(settings.completion.within),
    },
  };
}

/** The names of all versions of the flow, the standard one first. */
export function variantNames({ variants }: Pick<OnboardingSettings, 'variants'>): string[] {
  return [STANDARD_VARIANT, ...variants.map(({ name }) => name)];
}

/** The variant of a member: always the same for the same member, as long as the shares and their order stay as they are. */
export function drawVariant({ variants }: OnboardingSettings, memberId: MemberId): string {
  return drawShare(variants, memberId)?.name ?? STANDARD_VARIANT;
}

/** The steps of a variant; those of the standard flow for one that is no longer configured. */
export function stepsOf(
  { steps, variants }: Pick<OnboardingSettings, 'steps' | 'variants'>,
  variant: string,
): StepTemplate[] {
  const template = variants.find(({ name }) => name === variant);
  if (template === undefined) return [...steps];
  return steps
    .filter(({ name }) => !template.without.includes(name))
    .map((step) => {
      const { after = step.after, text = step.text } =
        template.steps.find(({ name }) => name === step.name) ?? {};
      return { ...step, after, text };
    });
}

/**
 * The welcome among the steps of the standard flow: the first in a channel, by its time. Every variant has it, and those who
 * are gathered with others are welcomed in its channel.
 */
export function welcomeStep(steps: readonly StepTemplate[]): ChannelStep | undefined {
  return inOrderOfTime(steps).find((step) => step.to === 'channel');
}

/** Steps as a workflow takes them, in the order of their times. */
function planSteps(steps: readonly StepTemplate[], welcome: StepTemplate | undefined): PlannedStep[] {
  return inOrderOfTime(steps).map((step) => ({
    name: step.name,
    afterMs: toMilliseconds(step.after),
    to: step.to,
    givesRole: step.role !== undefined,
    greets: step.name === welcome?.name,
  }));
}

function inOrderOfTime<Step extends { readonly after: Duration }>(steps: readonly Step[]): Step[] {
  return steps.toSorted((one, other) => toMilliseconds(one.after) - toMilliseconds(other.after));
}

const STOP_PREFIX = 'onboarding/stop';
const STOP_BUTTON = new RegExp(`^${STOP_PREFIX}/(\\d{1,16})/(${ITEM_NAME})(?:/\\d{1,20})?$`);

/**
 * The `custom_id` of the button under a tip that stops further ones. It names the visit and the step, and so
 * also marks which message it is; the member is whoever presses, so that nobody can stop another's tips.
 *
 * @param again what tells a tip that is sent again from the first one: digits
 */
export function stopButtonId(visitBegan: number, step: string, again?: string): string {
  return [STOP_PREFIX, visitBegan, step, ...(again === undefined ? [] : [again])].join('/');
}

/** What a stop button's `custom_id` says, or undefined if it is not one. */
export function parseStopButtonId(customId: string): { visitBegan: number; step: string } | undefined {
  const [, visitBegan, step] = STOP_BUTTON.exec(customId) ?? [];
  return visitBegan === undefined || step === undefined
    ? undefined
    : { visitBegan: Number(visitBegan), step };
}
