import { setTimeout as pause } from 'node:timers/promises';
import {
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { type OrderResult, type RelayReport, relayOutbox } from '../database/outbox.ts';
import { planAmplification } from '../domain/amplification.ts';
import { catchUpId } from '../domain/catch-up.ts';
import { planDistribution } from '../domain/distribution.ts';
import { eventWorkflowId, planEvent } from '../domain/events.ts';
import { onboardingId, planOnboarding } from '../domain/onboarding.ts';
import type { EventBeginning, OutboxOrder } from '../domain/outbox.ts';
import { deliveryWorkflowId, postWorkflowId } from '../domain/posts.ts';
import { outboxOrders } from '../runtime/metrics.ts';
import { ACCOUNT_NOTICE, startAccountNotice } from '../workflows/definitions/account-notice.ts';
import { AMPLIFICATION, startAmplification } from '../workflows/definitions/amplification.ts';
import { BURST, startBurst } from '../workflows/definitions/burst.ts';
import { compareMember } from '../workflows/definitions/catch-up.ts';
import { accountIsBack } from '../workflows/definitions/delivery.ts';
import { DIRECT_MESSAGES, startDirectMessages } from '../workflows/definitions/direct-messages.ts';
import { DISTRIBUTION, postChanged, startDistribution } from '../workflows/definitions/distribution.ts';
import { ENGAGEMENT, tellReadingsPlanned } from '../workflows/definitions/engagement.ts';
import { cancelEvent, changeEvent, EVENT, startEvent } from '../workflows/definitions/event.ts';
import {
  EVENT_COUNT,
  EVENT_PLACE,
  startEventPlace,
  tellRegistrationsChanged,
} from '../workflows/definitions/event-registrations.ts';
import { MESSAGE_CATCH_UP, startMessageCatchUp } from '../workflows/definitions/message-catch-up.ts';
import { memberLeft, ONBOARDING, startOnboarding } from '../workflows/definitions/onboarding.ts';
import { POST_EDIT, startPostEdit } from '../workflows/definitions/post-edit.ts';
import { RAID, startRaid } from '../workflows/definitions/raid.ts';
import { RECOGNITION, startRecognition } from '../workflows/definitions/recognition.ts';
import { startOnce } from '../workflows/definitions/start.ts';
import {
  startTutorial,
  startTutorialRemoval,
  TUTORIAL,
  TUTORIAL_COUNT,
  TUTORIAL_REMOVAL,
  tellCompletionsChanged,
  tellTutorialDecided,
} from '../workflows/definitions/tutorial.ts';
import { startWinnersRole, WINNERS_ROLE } from '../workflows/definitions/winners.ts';
import { startWorkshop, WORKSHOP } from '../workflows/definitions/workshop.ts';
import type { WorkerContext } from './context.ts';

const BATCH = 50;
const POLL_MS = 500;
/** While nothing can be handed over, the next attempt waits twice as long as the last one, up to this. */
const LONGEST_PAUSE_MS = 10_000;
/** A Temporal that takes connections but does not answer must hold neither a transaction nor the end of the process. */
const ANSWER_WITHIN_MS = 5_000;

/** What the relay needs of a worker. */
export type RelayContext = Pick<WorkerContext, 'client' | 'config' | 'database' | 'logger'>;

/** An order of one kind. */
type OrderOf<Kind extends OutboxOrder['kind']> = Extract<OutboxOrder, { kind: Kind }>;

/** How each kind of order is handed over. */
const HAND_OVER: {
  readonly [Kind in OutboxOrder['kind']]: (
    order: OrderOf<Kind>,
    context: RelayContext,
  ) => Promise<OrderResult>;
} = {
  welcome: async ({ stay }, { client, config }) => {
    const plan = planOnboarding(config.onboarding, stay.memberId);
    await startOnce(client, ONBOARDING, startOnboarding({ stay, plan, urgency: 'catchUp' }));
    return 'handed over';
  },
  'member left': ({ stay }, { client }) =>
    ifThere(client.workflow.getHandle(onboardingId(stay)).signal(memberLeft)),
  // The bot starts catching up, which begins with everybody: it knows since when it sees the guild.
  'compare member': ({ stay: { guildId, memberId } }, { client }) =>
    ifThere(client.workflow.getHandle(catchUpId(guildId)).signal(compareMember, memberId)),
  'gather welcomes': async ({ window, endsAt }, { client }) => {
    await startOnce(client, BURST, startBurst({ window, endsAt }));
    return 'handed over';
  },
  'watch raid': async ({ raid }, { client }) => {
    await startOnce(client, RAID, startRaid({ raid }));
    return 'handed over';
  },
  'read missed messages': async ({ gap }, { client }) => {
    await startOnce(client, MESSAGE_CATCH_UP, startMessageCatchUp(gap));
    return 'handed over';
  },
  recognise: async ({ recognised }, { client }) => {
    await startOnce(client, RECOGNITION, startRecognition(recognised));
    return 'handed over';
  },
  'winner is back': async ({ winner }, { client }) => {
    await startOnce(client, WINNERS_ROLE, startWinnersRole(winner));
    return 'handed over';
  },
  'review tutorial': async ({ tutorial }, { client, config }) => {
    await startOnce(client, TUTORIAL, startTutorial(tutorial, config.recognition.tutorials));
    return 'handed over';
  },
  'tutorial decided': async ({ tutorial }, { client, config }) => {
    const told = tellTutorialDecided(tutorial, config.recognition.tutorials);
    await client.workflow.signalWithStart(TUTORIAL, told).catch(unlessItIsOver);
    return 'handed over';
  },
  'tutorial removed': async ({ tutorial }, { client }) => {
    await startOnce(client, TUTORIAL_REMOVAL, startTutorialRemoval(tutorial));
    return 'handed over';
  },
  'count completions': async ({ tutorial }, { client }) => {
    await client.workflow.signalWithStart(TUTORIAL_COUNT, tellCompletionsChanged(tutorial));
    return 'handed over';
  },
  'begin event': async (order, context) => {
    await beginEvent(order, context);
    return 'handed over';
  },
  'change event': ({ change, requestId, ...event }, context) =>
    ifItTakes(event, context, (workflow) =>
      workflow.startUpdate(changeEvent, { ...takenAs(requestId), args: [change] }),
    ),
  'cancel event': ({ by, requestId, ...event }, context) =>
    ifItTakes(event, context, (workflow) =>
      workflow.startUpdate(cancelEvent, { ...takenAs(requestId), args: [{ by }] }),
    ),
  'open workshop': async ({ workshop, requestId }, { client }) => {
    await startOnce(client, WORKSHOP, startWorkshop(workshop, requestId));
    return 'handed over';
  },
  'show registrations': async ({ event }, { client }) => {
    await client.workflow.signalWithStart(EVENT_COUNT, tellRegistrationsChanged(event));
    return 'handed over';
  },
  'tell moved up': async ({ event, memberId, placeInLine }, { client }) => {
    await startOnce(client, EVENT_PLACE, startEventPlace({ event, memberId, placeInLine }));
    return 'handed over';
  },
  'open direct messages': async ({ guildId, memberId }, { client }) => {
    await startOnce(client, DIRECT_MESSAGES, startDirectMessages({ guildId, memberId }));
    return 'handed over';
  },
  'begin post': async ({ post }, { client, config }) => {
    const plan = planDistribution(config.distribution);
    await startOnce(client, DISTRIBUTION, startDistribution({ post, plan }));
    return 'handed over';
  },
  'post changed': async ({ edit, isPublished }, { client }) => {
    if (isPublished) await startOnce(client, POST_EDIT, startPostEdit(edit));
    const told = await ifThere(client.workflow.getHandle(postWorkflowId(edit)).signal(postChanged));
    return isPublished ? 'handed over' : told;
  },
  'account is back': ({ delivery }, { client }) =>
    ifThere(client.workflow.getHandle(deliveryWorkflowId(delivery)).signal(accountIsBack)),
  'tell account expired': async ({ guildId, platform, version }, { client }) => {
    await startOnce(client, ACCOUNT_NOTICE, startAccountNotice({ guildId, platform, version }));
    return 'handed over';
  },
  'read engagement': async ({ guildId }, { client }) => {
    await client.workflow.signalWithStart(ENGAGEMENT, tellReadingsPlanned(guildId));
    return 'handed over';
  },
  'amplify post': async ({ post }, { client, config }) => {
    const plan = planAmplification(config.engagement);
    await startOnce(client, AMPLIFICATION, startAmplification({ post, plan }));
    return 'handed over';
  },
};

async function beginEvent(
  { event, eventKind: kind, startsAt, hostId }: EventBeginning,
  { client, config }: RelayContext,
): Promise<void> {
  const plan = planEvent(config.events, kind);
  await startOnce(client, EVENT, startEvent({ event, plan, kind, startsAt, hostId }));
}

/**
 * An update of an event's workflow, which is begun first: the order to begin it may still wait beside this one. It is handed over when the
 * workflow has taken it; one that is over, or refuses it, has settled it too.
 */
async function ifItTakes(
  order: EventBeginning,
  context: RelayContext,
  update: (workflow: WorkflowHandle) => Promise<unknown>,
): Promise<OrderResult> {
  await beginEvent(order, context);
  try {
    await update(context.client.workflow.getHandle(eventWorkflowId(order.event)));
    return 'handed over';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError)
      return 'refused';
    throw error;
  }
}

/** The same request is one update, however often it is sent. */
function takenAs(updateId: string) {
  return { updateId, waitForStage: 'ACCEPTED' } as const;
}

/** A signal to a workflow that has ended, or has not begun, is settled too. */
async function ifThere(signal: Promise<void>): Promise<OrderResult> {
  try {
    await signal;
    return 'handed over';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'refused';
    throw error;
  }
}

/** Told twice: what follows has been done. */
function unlessItIsOver(error: unknown): void {
  if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
}

const KINDS = Object.keys(HAND_OVER) as OutboxOrder['kind'][];

/** Hands over what transactions have ordered, as soon as it is there, until `stop` aborts. */
export async function relayOutboxUntil(stop: AbortSignal, context: RelayContext): Promise<void> {
  let pauseMs = POLL_MS;
  while (!stop.aborted) {
    const { settled, failures } = await relayBatch(stop, context);
    if (failures.length > 0 && !stop.aborted) logFailures(failures, context);
    pauseMs = failures.length > 0 && settled === 0 ? Math.min(pauseMs * 2, LONGEST_PAUSE_MS) : POLL_MS;
    // The table is what lasts; this only spares the database a query in a tight loop.
    if (settled < BATCH) await pause(pauseMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function relayBatch(stop: AbortSignal, context: RelayContext): Promise<RelayReport> {
  // The client never takes its listeners off a signal, and a signal made by `AbortSignal.any` lives as long as `stop` does if
  // somebody listens to it: so each batch has a controller of its own, which goes with all that hangs on it.
  const batch = new AbortController();
  const end = () => batch.abort();
  stop.addEventListener('abort', end, { once: true });
  if (stop.aborted) end();
  const { connection } = context.client;
  try {
    return await relayOutbox(context.database.em, BATCH, KINDS, (order) =>
      connection.withAbortSignal(batch.signal, () =>
        connection.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => handOver(order, context)),
      ),
    );
  } catch (error) {
    return { settled: 0, failures: [error as Error] };
  } finally {
    stop.removeEventListener('abort', end);
  }
}

async function handOver(order: OutboxOrder, context: RelayContext): Promise<OrderResult> {
  const { kind } = order;
  const handOverKind = HAND_OVER[kind] as (order: OutboxOrder, context: RelayContext) => Promise<OrderResult>;
  try {
    const result = await handOverKind(order, context);
    outboxOrders.inc({ kind, result });
    return result;
  } catch (error) {
    outboxOrders.inc({ kind, result: 'failed' });
    throw error;
  }
}

function logFailures(failures: readonly Error[], { logger }: RelayContext): void {
  const reasons = [...new Set(failures.map(reasonOf))];
  logger.warn({ orders: failures.length, reasons }, 'orders stay in the outbox; they are tried again');
}

/** Temporal's client says what it was doing, and in the cause what went wrong. */
function reasonOf({ message, cause }: Error): string {
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
