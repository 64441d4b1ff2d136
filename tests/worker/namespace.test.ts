import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { createTemporalClient } from '../../runtime/temporal.ts';
import { prepareNamespace } from '../../worker/namespace.ts';
import { SEARCH_ATTRIBUTE_TYPES } from '../../workflows/definitions/search-attributes.ts';
import { sharedServers } from '../support/servers.ts';

const NAMESPACE = 'namespace-test';
const THIRTY_DAYS = 30 * 24 * 60 * 60;

let client: Client;

beforeAll(() => {
  client = createTemporalClient({
    TEMPORAL_ADDRESS: sharedServers().temporalAddress,
    TEMPORAL_NAMESPACE: NAMESPACE,
  });
});
afterAll(() => client.connection.close());

const keptSeconds = async (namespace: string) => {
  const { config } = await client.workflowService.describeNamespace({ namespace });
  return Number(config?.workflowExecutionRetentionTtl?.seconds);
};

describe('the namespace', () => {
  test('is made ready once, however many workers start at the same time', async () => {
    await Promise.all([prepareNamespace(client, NAMESPACE), prepareNamespace(client, NAMESPACE)]);
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
      namespace: NAMESPACE,
    });
    for (const { name } of SEARCH_ATTRIBUTE_TYPES) expect(customAttributes).toHaveProperty(name);
    expect(await keptSeconds(NAMESPACE)).toBe(THIRTY_DAYS);
  });

  test('keeps closed workflows for 30 days where the server would keep them for one', async () => {
    expect(await keptSeconds('default')).toBeLessThan(THIRTY_DAYS);
    await prepareNamespace(client, 'default');
    expect(await keptSeconds('default')).toBe(THIRTY_DAYS);
  });

  test('is left alone where it keeps them longer', async () => {
    const config = { workflowExecutionRetentionTtl: { seconds: (THIRTY_DAYS * 2) as never } };
    await client.workflowService.updateNamespace({ namespace: NAMESPACE, config });
    await prepareNamespace(client, NAMESPACE);
    expect(await keptSeconds(NAMESPACE)).toBe(THIRTY_DAYS * 2);
  });
});
