import type { WorkflowStartOptions } from '@temporalio/client';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { type HistoryPage, type MemberStanding, pointsHistoryId, standingId } from '../../domain/standing.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflows' types, as Temporal knows them. */
export const STANDING = 'standing';
export const POINTS_HISTORY = 'pointsHistory';

/** Whose standing is read. */
export interface StandingInput {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
}

/** Of whose points which page is read. Pages count from 1. */
export interface PointsHistoryInput extends StandingInput {
  readonly page: number;
}

export type StandingWorkflow = (input: StandingInput) => Promise<MemberStanding>;
export type PointsHistoryWorkflow = (input: PointsHistoryInput) => Promise<HistoryPage>;

/** How a standing is read: once for each interaction that asks for it, however often that is handed over. */
export function startStanding(input: StandingInput, interactionId: string) {
  return {
    ...reading(input, `Standing of member ${input.memberId}`),
    ...once(standingId(input.guildId, interactionId)),
    args: [input] as [StandingInput],
  } satisfies WorkflowStartOptions<StandingWorkflow>;
}

/** How a page of a history is read: likewise. */
export function startPointsHistory(input: PointsHistoryInput, interactionId: string) {
  return {
    ...reading(input, `Page ${input.page} of the points of member ${input.memberId}`),
    ...once(pointsHistoryId(input.guildId, interactionId)),
    args: [input] as [PointsHistoryInput],
  } satisfies WorkflowStartOptions<PointsHistoryWorkflow>;
}

function reading({ guildId, memberId }: StandingInput, staticSummary: string) {
  return {
    taskQueue: taskQueues(guildId).community,
    // Nobody waits for it longer than that.
    workflowExecutionTimeout: '1m',
    staticSummary,
    typedSearchAttributes: searchAttributes(guildId, STANDING, { member: memberId }),
  } as const;
}
