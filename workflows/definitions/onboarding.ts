import type { WorkflowStartOptions } from '@temporalio/client';
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import {
  type OnboardingOutcome,
  onboardingId,
  type PlannedStep,
  type Stay,
} from '../../domain/onboarding.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

/** The workflow's type, as Temporal knows it. */
export const ONBOARDING = 'onboarding';

/** What an onboarding starts with. Steps and delays are fixed from then on. */
export interface OnboardingInput {
  readonly stay: Stay;
  readonly steps: readonly PlannedStep[];
  /** `catchUp` when the member has waited anyway, because nobody noticed the join: others go first. */
  readonly urgency?: 'welcome' | 'catchUp';
}

/** What an onboarding leaves behind. */
export interface OnboardingResult {
  readonly outcome: OnboardingOutcome;
  readonly steps: readonly StepReport[];
}

/** What became of one step. */
export interface StepReport {
  readonly step: string;
  readonly result: StepResult;
  /** What became of the step's role, if that was refused. */
  readonly role?: Refused;
}

/** Discord will never take it; this is why, and what to do. */
export type Refused = `refused: ${string}`;
export type StepResult = 'done' | 'direct messages are closed' | 'the member has left' | Refused;

/** Where an onboarding stands. */
export interface OnboardingProgress {
  readonly state: OnboardingState;
  readonly done: readonly StepReport[];
  readonly next: string | undefined;
}

/** The search attribute `State` of an onboarding. */
export type OnboardingState = 'greeting' | 'guiding' | OnboardingOutcome;

/** The member has left the guild. */
export const memberLeft = defineSignal<[], 'memberLeft'>('memberLeft');

/** The member wants no further tips. Gives the outcome with which the onboarding ends. */
export const stopTips = defineUpdate<OnboardingOutcome, [], 'stopTips'>('stopTips');

/** Where the onboarding stands. */
export const getProgress = defineQuery<OnboardingProgress, [], 'getProgress'>('getProgress');

/** How an onboarding is started: once for a stay, whoever starts it and however often (design: "Identity"). */
export function startOnboarding(input: OnboardingInput): WorkflowStartOptions {
  const { guildId, memberId } = input.stay;
  return {
    workflowId: onboardingId(input.stay),
    taskQueue: taskQueues(guildId).community,
    args: [input],
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: `Onboarding of member ${memberId}`,
    staticDetails: input.steps
      .map((step) => `- after ${step.afterMs / 1_000} s: **${step.name}** (${step.to})`)
      .join('\n'),
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.guild, value: guildId },
      { key: SEARCH_ATTRIBUTES.member, value: memberId },
      { key: SEARCH_ATTRIBUTES.feature, value: ONBOARDING },
      { key: SEARCH_ATTRIBUTES.state, value: 'greeting' satisfies OnboardingState },
    ]),
  };
}
