import type { WorkflowStartOptions } from '@temporalio/client';
import type { GuildId } from '../../domain/ids.ts';
import { onboardingReportId } from '../../domain/onboarding-report.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const ONBOARDING_REPORT = 'onboardingReport';

/** What a report is about. */
export interface OnboardingReportInput {
  readonly guildId: GuildId;
  /** How many weeks, of which the present one is the last. */
  readonly weeks: number;
}

/** How a report is made: once for each interaction that asks for it, however often that is handed over. */
export function startOnboardingReport(
  input: OnboardingReportInput,
  interactionId: string,
): Omit<WorkflowStartOptions, 'args'> & { args: [OnboardingReportInput] } {
  return {
    ...once(onboardingReportId(input.guildId, interactionId)),
    taskQueue: taskQueues(input.guildId).community,
    args: [input],
    // Nobody waits for it longer than that.
    workflowExecutionTimeout: '1m',
    staticSummary: `Report on the onboardings of ${input.weeks} weeks`,
    typedSearchAttributes: searchAttributes(input.guildId, 'onboarding-report'),
  };
}
