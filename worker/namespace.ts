import { setTimeout as pause } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { SEARCH_ATTRIBUTE_TYPES } from '../workflows/definitions/search-attributes.ts';

/** How long staff can look back at closed workflows. Temporal's own default on the dev server is one day. */
const RETENTION_MS = 30 * 24 * 60 * 60 * 1_000;
const POLL_MS = 100;
/** A new namespace may take seconds to be known everywhere. What takes longer fails, and is tried again as a whole. */
const PREPARE_WITHIN_MS = 15_000;

/** gRPC's status codes: grpc.io, "Status codes and their use in gRPC". */
const ALREADY_EXISTS = 6;

const { IndexedValueType } = proto.temporal.api.enums.v1;
/** What Temporal calls the types of search attributes. */
const VALUE_TYPES = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
};

/**
 * Makes `namespace` ready: creates it if it is missing, keeps closed workflows for 30 days at least, and registers the
 * search attributes, which have to be there before the first workflow starts. Doing it again changes nothing.
 *
 * @throws ServiceError if Temporal is away, or has not done it all within 15 s
 */
export async function prepareNamespace(client: Client, namespace: string): Promise<void> {
  await client.withDeadline(Date.now() + PREPARE_WITHIN_MS, async () => {
    await createNamespace(client, namespace);
    await keepClosedWorkflows(client, namespace);
    await registerSearchAttributes(client, namespace);
  });
}

async function createNamespace(client: Client, namespace: string): Promise<void> {
  const workflowExecutionRetentionPeriod = msToTs(RETENTION_MS);
  await client.workflowService
    .registerNamespace({ namespace, workflowExecutionRetentionPeriod })
    .catch(unlessItExists);
}

async function keepClosedWorkflows(client: Client, namespace: string): Promise<void> {
  const { config } = await client.workflowService.describeNamespace({ namespace });
  const keptSeconds = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  if (keptSeconds * 1_000 >= RETENTION_MS) return;
  await client.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(RETENTION_MS) },
  });
}

async function registerSearchAttributes(client: Client, namespace: string): Promise<void> {
  const missing = await missingSearchAttributes(client, namespace);
  if (missing.length === 0) return;
  await addSearchAttributes(client, namespace, missing);
  while ((await missingSearchAttributes(client, namespace)).length > 0) await pause(POLL_MS);
}

/** Registers search attributes. Those that another worker has registered meanwhile are left alone. */
export async function addSearchAttributes(
  client: Client,
  namespace: string,
  attributes: typeof SEARCH_ATTRIBUTE_TYPES,
): Promise<void> {
  const searchAttributes = Object.fromEntries(attributes.map(({ name, type }) => [name, VALUE_TYPES[type]]));
  await client.connection.operatorService
    .addSearchAttributes({ namespace, searchAttributes })
    .catch(unlessItExists);
}

async function missingSearchAttributes(
  client: Client,
  namespace: string,
): Promise<typeof SEARCH_ATTRIBUTE_TYPES> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
  return SEARCH_ATTRIBUTE_TYPES.filter(({ name }) => !(name in (customAttributes ?? {})));
}

function unlessItExists(error: unknown): void {
  if (!isGrpcServiceError(error) || Number(error.code) !== ALREADY_EXISTS) throw error;
}
