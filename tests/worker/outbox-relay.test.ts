import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { putIntoOutbox } from '../../database/outbox.ts';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import { onboardingId, type Stay } from '../../domain/onboarding.ts';
import type { OutboxOrder } from '../../domain/outbox.ts';
import { checkTemporal, createTemporalClient } from '../../runtime/temporal.ts';
import { prepareNamespace } from '../../worker/namespace.ts';
import { type RelayContext, relayOutboxUntil } from '../../worker/outbox-relay.ts';
import { CATCH_UP, startCatchUp } from '../../workflows/definitions/catch-up.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { sharedServers } from '../support/servers.ts';
import { until } from '../support/wait.ts';

const NAMESPACE = 'tests';
const guildId = toGuildId('1300000000000004001');

let database: TestDatabase;
let client: Client;
let config: CommunityConfig;
let members = 0;

beforeAll(async () => {
  database = await freshDatabase();
  client = createTemporalClient({
    TEMPORAL_ADDRESS: sharedServers().temporalAddress,
    TEMPORAL_NAMESPACE: NAMESPACE,
  });
  await prepareNamespace(client, NAMESPACE);
  config = await loadConfig([COMMUNITY_FILE]);
});
beforeEach(() => database.orm.em.fork().execute('delete from outbox'));
afterAll(async () => {
  await client.connection.close();
  await database.close();
});

const newStay = (): Stay => ({
  guildId,
  memberId: toMemberId(String(1_300_000_000_000_005_000n + BigInt(++members))),
  joinedAt: Date.parse('2026-11-22T12:00:00Z'),
});

const order = (...orders: OutboxOrder[]) =>
  database.orm.em.fork().transactional(async (transaction) => putIntoOutbox(transaction, orders));

const waiting = (): Promise<{ member_id: string; failures: number }[]> =>
  database.orm.em.fork().execute('select member_id, failures from outbox order by id');

/** How many orders a relay holds at the moment. */
async function rowsTaken(): Promise<number> {
  const free: unknown[] = await database.orm.em
    .fork()
    .execute('select id from outbox for update skip locked');
  return (await waiting()).length - free.length;
}

/** A relay of its own, on this Temporal or another. */
function startRelay(temporal: Client = client): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const context: RelayContext = {
    client: temporal,
    config,
    database: database.orm,
    logger: pino({ level: 'silent' }),
  };
  const running = relayOutboxUntil(stopping.signal, context);
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

async function untilEmpty(): Promise<void> {
  await until(async () => (await waiting()).length === 0);
}

const handleOf = (stay: Stay) => client.workflow.getHandle(onboardingId(stay));

describe('an order in the outbox', () => {
  test('to welcome starts the onboarding, and is then gone from the database', async () => {
    const stay = newStay();
    const relay = startRelay();
    await order({ kind: 'welcome', stay });
    await untilEmpty();
    expect((await handleOf(stay).describe()).status.name).toBe('RUNNING');
    await relay.stop();
  });

  test('that is given twice starts one onboarding', async () => {
    const stay = newStay();
    await order({ kind: 'welcome', stay }, { kind: 'welcome', stay });
    const relay = startRelay();
    await untilEmpty();
    const { runId } = await handleOf(stay).describe();
    await order({ kind: 'welcome', stay });
    await untilEmpty();
    expect((await handleOf(stay).describe()).runId).toBe(runId);
    await relay.stop();
  });

  test('that tells of a leaving reaches the onboarding that runs', async () => {
    const stay = newStay();
    const relay = startRelay();
    await order({ kind: 'welcome', stay });
    await untilEmpty();
    await order({ kind: 'member left', stay });
    await untilEmpty();
    const { events } = await handleOf(stay).fetchHistory();
    const signals = (events ?? []).map((event) => event.workflowExecutionSignaledEventAttributes?.signalName);
    expect(signals.filter((name) => name != null)).toEqual(['memberLeft']);
    await relay.stop();
  });

  test('that tells of a leaving when there is no onboarding is settled all the same', async () => {
    const relay = startRelay();
    await order({ kind: 'member left', stay: newStay() });
    await untilEmpty();
    await relay.stop();
  });

  test('to compare a member reaches the catching up of the guild, and only settles when there is none', async () => {
    const stay = newStay();
    const relay = startRelay();
    await order({ kind: 'compare member', stay });
    await untilEmpty();
    const catchUp = await client.workflow.start(CATCH_UP, startCatchUp(guildId));
    await order({ kind: 'compare member', stay });
    await untilEmpty();
    await relay.stop();
    const { events } = await catchUp.fetchHistory();
    const signals = (events ?? []).map((event) => event.workflowExecutionSignaledEventAttributes?.signalName);
    expect(signals.filter((name) => name != null)).toEqual(['compareMember']);
    await catchUp.terminate();
  });

  test('of a kind that only a newer version knows waits for that version, and keeps no other waiting', async () => {
    const [stranger, stay] = [newStay(), newStay()];
    await database.orm.em
      .fork()
      .execute('insert into outbox (member_id, "order") values (?, ?)', [
        stranger.memberId,
        JSON.stringify({ kind: 'from the future', stay: stranger }),
      ]);
    await order({ kind: 'welcome', stay });
    const relay = startRelay();
    await until(async () => (await waiting()).length === 1);
    await relay.stop();
    expect(await waiting()).toEqual([{ member_id: stranger.memberId, failures: 0 }]);
  });

  test('that cannot be handed over keeps no other waiting, and is tried again', async () => {
    const [broken, stay] = [newStay(), newStay()];
    // Temporal refuses a workflow id of more than 1,000 characters.
    await order({ kind: 'welcome', stay: { ...broken, guildId: 'x'.repeat(1_200) as Stay['guildId'] } });
    await order({ kind: 'welcome', stay });
    const relay = startRelay();
    await until(async () => (await waiting()).some(({ failures }) => failures >= 2));
    await relay.stop();
    expect((await waiting()).map(({ member_id }) => member_id)).toEqual([broken.memberId]);
    expect((await handleOf(stay).describe()).status.name).toBe('RUNNING');
  });
});

/** A way to Temporal that can be frozen: connections stay, and nothing passes any more. */
async function startFreezable() {
  const sockets: Socket[] = [];
  const [host, port] = sharedServers().temporalAddress.split(':');
  const server = createServer((near) => {
    const far = connect({ host, port: Number(port) });
    near.pipe(far);
    far.pipe(near);
    for (const socket of [near, far]) sockets.push(socket.on('error', () => socket.destroy()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    freeze: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe('when Temporal holds connections but does not answer', () => {
  test('the relay ends all the same, and the order is handed over later', async () => {
    const way = await startFreezable();
    const frozen = createTemporalClient({ TEMPORAL_ADDRESS: way.address, TEMPORAL_NAMESPACE: NAMESPACE });
    await checkTemporal(frozen);
    way.freeze();
    const stay = newStay();
    await order({ kind: 'welcome', stay });
    const stuck = startRelay(frozen);
    await until(async () => (await rowsTaken()) === 1);
    await stuck.stop();
    expect(await waiting()).toHaveLength(1);
    await frozen.connection.close();
    way.stop();

    const relay = startRelay();
    await untilEmpty();
    expect((await handleOf(stay).describe()).status.name).toBe('RUNNING');
    await relay.stop();
  });
});
