import type { WorkflowStartOptions } from '@temporalio/client';
import { WorkflowIdReusePolicy } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Delivery } from '../../domain/delivery.ts';
import { toMilliseconds } from '../../domain/duration.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import {
  type Decision,
  type DecisionResult,
  type TutorialRef,
  type TutorialSettings,
  type TutorialState,
  tutorialCountId,
  tutorialRemovalId,
  tutorialWorkflowId,
} from '../../domain/tutorials.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflows' types, as Temporal knows them. */
export const TUTORIAL = 'tutorial';
export const TUTORIAL_COUNT = 'tutorialCount';
export const TUTORIAL_REMOVAL = 'tutorialRemoval';

/** What a review starts with. */
export interface TutorialInput {
  readonly tutorial: TutorialRef;
  readonly remindAfterMs: number;
  readonly decideWithinMs: number;
}

/** What became of a tutorial, and of each message about it. `deleted`: its author's data was deleted meanwhile. */
export interface TutorialResult {
  readonly state: TutorialState | 'deleted';
  readonly asked: Delivery;
  readonly reminded?: Delivery;
  readonly points?: 'awarded' | 'the author has left';
  readonly published?: Delivery;
  readonly toldAuthor?: Delivery | { readonly kind: 'not configured' };
  readonly closed: Delivery;
}

/** What became of each message about a tutorial that was taken off the list. */
export interface TutorialRemovalResult {
  readonly published: Delivery;
  readonly review: Delivery;
  readonly toldAuthor: Delivery | { readonly kind: 'not configured' };
}

/** Staff have decided, and the database knows what. */
export const tutorialDecided = defineSignal<[], 'tutorialDecided'>('tutorialDecided');

/**
 * Decides from the Temporal UI, in the name of the one of the staff who is given. A reason for the author can be given on
 * Discord alone: words must not stand in a history.
 */
export const decideOnTutorial = defineUpdate<DecisionResult, [Decision], 'decideOnTutorial'>(
  'decideOnTutorial',
);

/** Somebody has done the tutorial, or has taken that back. */
export const completionsChanged = defineSignal<[], 'completionsChanged'>('completionsChanged');

/** How a tutorial is led through its review: once, however often that is ordered (design: "Identity"). */
export function startTutorial(
  tutorial: TutorialRef,
  { remindAfter, decideWithin }: TutorialSettings,
): WorkflowStartOptions & { args: [TutorialInput] } {
  const { guildId, authorId } = tutorial;
  return {
    ...once(tutorialWorkflowId(tutorial)),
    taskQueue: taskQueues(guildId).community,
    args: [
      {
        tutorial,
        remindAfterMs: toMilliseconds(remindAfter),
        decideWithinMs: toMilliseconds(decideWithin),
      },
    ],
    staticSummary: `Tutorial of member ${authorId}`,
    typedSearchAttributes: searchAttributes(guildId, TUTORIAL, {
      member: authorId,
      state: 'waiting' satisfies TutorialState,
    }),
  };
}

/**
 * How a review is told that staff have decided. One that was terminated or cancelled runs again, and does what is left: what it
 * had done already is not done again.
 */
export function tellTutorialDecided(tutorial: TutorialRef, settings: TutorialSettings) {
  return {
    ...startTutorial(tutorial, settings),
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
    signal: tutorialDecided,
    signalArgs: [] as [],
  };
}

/** How a tutorial's message comes to say how many have done it. It runs while they are many, and is started again later. */
export function tellCompletionsChanged(tutorial: TutorialRef) {
  const { guildId, tutorialId, authorId } = tutorial;
  return {
    workflowId: tutorialCountId(tutorial),
    taskQueue: taskQueues(guildId).community,
    args: [{ tutorial }] as [{ tutorial: TutorialRef }],
    signal: completionsChanged,
    signalArgs: [] as [],
    staticSummary: `Who has done tutorial ${tutorialId}`,
    typedSearchAttributes: searchAttributes(guildId, TUTORIAL, { member: authorId }),
  };
}

/** How it is said everywhere that a tutorial was taken off the list: once, however often that is ordered. */
export function startTutorialRemoval(tutorial: TutorialRef): WorkflowStartOptions & { args: [TutorialRef] } {
  const { guildId, tutorialId, authorId } = tutorial;
  return {
    ...once(tutorialRemovalId(tutorial)),
    taskQueue: taskQueues(guildId).community,
    args: [tutorial],
    staticSummary: `Removal of tutorial ${tutorialId}, which staff have taken off the list`,
    typedSearchAttributes: searchAttributes(guildId, TUTORIAL, { member: authorId }),
  };
}
