import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';

/** What Temporal gives to a workflow that a schedule has started. */
const SCHEDULED_AT = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME);

/**
 * The time that this workflow is about, in ms since 1970: for which the schedule meant it, however late it was started; by hand,
 * when it was started.
 */
export function scheduledTime(): number {
  const { typedSearchAttributes, startTime } = workflowInfo();
  return (typedSearchAttributes.get(SCHEDULED_AT) ?? startTime).getTime();
}
