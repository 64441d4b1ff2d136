import type { Client, WorkflowStartOptions } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';

/**
 * Starts a workflow whose id may run only once, and leaves it at that if it runs or has run already: whoever asks for
 * it twice (Discord delivers an event again, an order from the outbox is repeated) gets what they wanted.
 *
 * @param type the workflow's type, as Temporal knows it
 * @param options its id, its input, and `REJECT_DUPLICATE` as the policy for reuse
 * @throws whatever else kept Temporal from starting it
 */
export async function startOnce(client: Client, type: string, options: WorkflowStartOptions): Promise<void> {
  await client.workflow.start(type, options).catch((error) => {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  });
}
