import type { Client, WorkflowStartOptions } from '@temporalio/client';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/common';

/** The id of a workflow that runs only once, whether or not it is over: for the options of its start (design: "Identity"). */
export function once(
  workflowId: string,
): Pick<WorkflowStartOptions, 'workflowId' | 'workflowIdReusePolicy' | 'workflowIdConflictPolicy'> {
  return {
    workflowId,
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  };
}

/**
 * Starts a workflow whose id may run only once, and leaves it at that if it runs or has run already: whoever asks for
 * it twice (Discord delivers an event again, an order from the outbox is repeated) gets what they wanted.
 *
 * @param type the workflow's type, as Temporal knows it
 * @param options its id as `once` gives it, and its input
 * @throws whatever else kept Temporal from starting it
 */
export async function startOnce(client: Client, type: string, options: WorkflowStartOptions): Promise<void> {
  await client.workflow.start(type, options).catch((error) => {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  });
}
