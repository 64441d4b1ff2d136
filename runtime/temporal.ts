import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import type { Environment } from '../config/environment.ts';
import type { Logger } from './logger.ts';
import { isMisconfiguration } from './process.ts';

const RETRY_MS = 1_000;
const ANSWER_WITHIN_MS = 1_000;
/** As gRPC numbers it. */
const NOT_FOUND = 5;

/**
 * A client of Temporal. The connection is made when it is first used, and again whenever it is lost: this does not
 * fail when Temporal is away, its calls do.
 */
export function createTemporalClient(
  settings: Pick<Environment, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>,
): Client {
  const connection = Connection.lazy({ address: settings.TEMPORAL_ADDRESS });
  return new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE });
}

/** Throws, with a reason, unless Temporal answers. */
export async function checkTemporal(client: Client): Promise<void> {
  await client.connection
    .withDeadline(Date.now() + ANSWER_WITHIN_MS, () => client.connection.workflowService.getSystemInfo({}))
    .catch((error) => {
      throw new Error(`Temporal does not answer: ${(error as Error).message}`);
    });
}

/** Why Temporal could not be asked, and what to do, for whoever runs a command by hand. */
export function whyTemporalFailed(
  error: unknown,
  { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE }: Pick<Environment, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>,
): string {
  const { message, cause } = error as Error;
  const reason = cause instanceof Error ? cause.message : message;
  const isUnknown = isGrpcServiceError(cause) && Number(cause.code) === NOT_FOUND;
  return isUnknown
    ? `Temporal at ${TEMPORAL_ADDRESS} has no namespace "${TEMPORAL_NAMESPACE}": correct TEMPORAL_NAMESPACE`
    : `Temporal at ${TEMPORAL_ADDRESS} cannot be asked: ${reason}. Is it running? TEMPORAL_ADDRESS says where it is`;
}

/**
 * Does `work`, which needs a server that may be away, again and again until it succeeds. Says what it waits for when
 * it first fails. Returns undefined if `stop` aborts first.
 *
 * @throws MisconfiguredError or ConfigError at once, since trying again does not mend those
 */
export async function untilItWorks<Result>(
  what: string,
  work: () => Promise<Result>,
  logger: Logger,
  stop: AbortSignal,
): Promise<Result | undefined> {
  for (let failures = 0; !stop.aborted; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (isMisconfiguration(error)) throw error;
      if (failures === 0)
        logger.warn({ reason: (error as Error).message }, `${what}: it is tried again until it works`);
      await pause(RETRY_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return undefined;
}
