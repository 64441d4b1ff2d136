import type { WorkflowStartOptions } from '@temporalio/client';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Delivery } from '../../domain/delivery.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import {
  type Deed,
  type OnboardingOutcome,
  type OnboardingPlan,
  onboardingId,
  type Stay,
  type StepReport,
  type Stopped,
} from '../../domain/onboarding.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { SEARCH_ATTRIBUTES, searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const ONBOARDING = 'onboarding';

/** What an onboarding starts with. Steps and delays are fixed from then on. */
export interface OnboardingInput {
  readonly stay: Stay;
  readonly plan: OnboardingPlan;
  /** `catchUp` when the member has waited anyway, because nobody noticed the join: others go first. */
  readonly urgency?: 'welcome' | 'catchUp';
}

/** What an onboarding leaves behind. */
export interface OnboardingResult {
  readonly outcome: OnboardingOutcome;
  readonly steps: readonly StepReport[];
}

/** Where an onboarding stands. */
export interface OnboardingProgress {
  readonly state: OnboardingState;
  readonly variant: string;
  readonly done: readonly StepReport[];
  /** The step that it waits for, if tips are left. */
  readonly next: string | undefined;
  /** What the member has done of what is asked for. */
  readonly deeds: readonly Deed[];
}

/** The search attribute `State` of an onboarding. `waiting`: all is said, and the member has not done all yet. */
export type OnboardingState = 'greeting' | 'guiding' | 'waiting' | OnboardingOutcome;

/** The member has left the guild. */
export const memberLeft = defineSignal<[], 'memberLeft'>('memberLeft');

/** The member has done what the onboarding asks for. */
export const memberDid = defineSignal<[Deed], 'memberDid'>('memberDid');

/** The member wants no further tips. Steps in channels, and roles, are no tips. */
export const stopTips = defineUpdate<Stopped, [], 'stopTips'>('stopTips');

/**
 * Sends a tip again that the member has got: the step with this name, or (null) the last one. Refused if there is none. Gives what
 * became of the message; `gone` if the member has left.
 */
export const resendTip = defineUpdate<Delivery, [step: string | null], 'resendTip'>('resendTip');

/** Where the onboarding stands. */
export const getProgress = defineQuery<OnboardingProgress, [], 'getProgress'>('getProgress');

/** How an onboarding is started: once for a stay, whoever starts it and however often (design: "Identity"). */
export function startOnboarding(input: OnboardingInput): WorkflowStartOptions {
  const { guildId, memberId } = input.stay;
  return {
    ...once(onboardingId(input.stay)),
    taskQueue: taskQueues(guildId).community,
    args: [input],
    staticSummary: `Onboarding of member ${memberId}`,
    staticDetails: [
      `Variant ${input.plan.variant}:`,
      ...input.plan.steps.map((step) => `- after ${step.afterMs / 1_000} s: **${step.name}** (${step.to})`),
    ].join('\n'),
    typedSearchAttributes: searchAttributes(guildId, ONBOARDING, {
      member: memberId,
      variant: input.plan.variant,
      state: 'greeting' satisfies OnboardingState,
    }),
  };
}

/** What finds the onboardings of a member in Temporal's list, the open one first. */
export function onboardingsOf(guildId: GuildId, memberId: MemberId): string {
  return `${SEARCH_ATTRIBUTES.feature.name}="${ONBOARDING}" AND ${SEARCH_ATTRIBUTES.guild.name}="${guildId}" AND ${SEARCH_ATTRIBUTES.member.name}="${memberId}"`;
}
