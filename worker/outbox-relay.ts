import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { type HandOver, relayOutbox } from '../database/outbox.ts';
import { onboardingId, planSteps } from '../domain/onboarding.ts';
import type { OutboxOrder } from '../domain/outbox.ts';
import { outboxOrders } from '../runtime/metrics.ts';
import { memberLeft, ONBOARDING, startOnboarding } from '../workflows/definitions/onboarding.ts';
import type { WorkerContext } from './context.ts';

const BATCH = 50;
const POLL_MS = 500;

/** Hands over what transactions have ordered, as soon as it is there, until `stop` aborts. */
export async function relayOutboxUntil(stop: AbortSignal, context: WorkerContext): Promise<void> {
  while (!stop.aborted) {
    const taken = await relayOutbox(context.database.em, BATCH, (order) => handOver(order, context)).catch(
      (error) => {
        context.logger.warn(
          { reason: (error as Error).message },
          'the outbox waits: PostgreSQL or Temporal is away',
        );
        return 0;
      },
    );
    // The table is what lasts; this only spares the database a query in a tight loop.
    if (taken < BATCH) await pause(POLL_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function handOver(order: OutboxOrder, context: WorkerContext): Promise<HandOver> {
  const result = await carryOut(order, context);
  outboxOrders.inc({ kind: order.kind, result: 'refusal' in result ? 'refused' : 'handed over' });
  return result;
}

async function carryOut(order: OutboxOrder, { client, config }: WorkerContext): Promise<HandOver> {
  switch (order.kind) {
    case 'welcome': {
      const input = { stay: order.stay, steps: planSteps(config.onboarding) };
      return client.workflow.start(ONBOARDING, startOnboarding(input)).then(
        () => ({ handedOver: true }),
        (error) => {
          if (error instanceof WorkflowExecutionAlreadyStartedError) return { handedOver: true };
          throw error;
        },
      );
    }
    case 'member left':
      return client.workflow
        .getHandle(onboardingId(order.stay))
        .signal(memberLeft)
        .then(
          () => ({ handedOver: true }),
          (error) => {
            if (error instanceof WorkflowNotFoundError) return { refusal: 'the onboarding is over' };
            throw error;
          },
        );
  }
}
