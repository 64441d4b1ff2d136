import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createDatabaseActivities } from '../../activities/database/index.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { openDatabase } from '../../database/orm.ts';
import { planDistribution } from '../../domain/distribution.ts';
import { toGuildId } from '../../domain/ids.ts';
import { type PostRef, toPostId } from '../../domain/posts.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import {
  DISTRIBUTION,
  type DistributionResult,
  getPostProgress,
  startDistribution,
  whenPrepared,
} from '../../workflows/definitions/distribution.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { addDraft } from '../support/posts.ts';
import { sharedServers } from '../support/servers.ts';
import { until } from '../support/wait.ts';

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

const guildId = toGuildId('1180000000000004242');
/** For so many workflows the worker has room. */
const ROOM = 3;

/** The way to a database, which can be closed and opened. */
class Gate {
  readonly #server: Server;
  readonly #to: { readonly host: string; readonly port: number };
  readonly #sockets = new Set<Socket>();
  #isOpen = true;
  /** How often somebody has stood before it while it was closed. */
  refused = 0;

  constructor(to: URL) {
    this.#to = { host: to.hostname, port: Number(to.port) };
    this.#server = createServer((socket) => this.#admit(socket));
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  open(): void {
    this.#isOpen = true;
  }

  /** Whoever is within is thrown out. */
  shut(): void {
    this.#isOpen = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.shut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #admit(socket: Socket): void {
    if (!this.#isOpen) {
      this.refused += 1;
      socket.destroy();
      return;
    }
    const onward = connect(this.#to);
    for (const one of [socket, onward]) {
      this.#sockets.add(one);
      one.on('error', () => undefined).on('close', () => this.#sockets.delete(one));
    }
    socket.pipe(onward).pipe(socket);
  }
}

let stored: TestDatabase;
let gate: Gate;
let client: Client;
let stop: () => Promise<void>;

beforeAll(async () => {
  const { temporalAddress: address, bundle } = sharedServers();
  stored = await freshDatabase();
  gate = new Gate(new URL(stored.url));
  const behindGate = new URL(stored.url);
  behindGate.host = `127.0.0.1:${await gate.listen()}`;
  const database = openDatabase(behindGate.href);
  const config = await loadConfig([COMMUNITY_FILE]);
  const connection = await NativeConnection.connect({ address });
  client = new Client({ connection: await Connection.connect({ address }), namespace: 'tests' });
  const worker = await Worker.create({
    ...{ connection, namespace: 'tests', taskQueue: taskQueues(guildId).community },
    workflowBundle: { codePath: bundle },
    activities: createDatabaseActivities({
      database,
      config,
      environment: { DISCORD_API_URL: 'https://discord.com/api' },
    }),
    maxCachedWorkflows: ROOM,
  });
  const running = worker.run();
  stop = async () => {
    gate.open();
    worker.shutdown();
    await running;
    await connection.close();
    await client.connection.close();
    await database.close();
    await gate.close();
    await stored.close();
  };
});
afterAll(() => stop());

async function lead(post: PostRef): Promise<WorkflowHandle<() => Promise<DistributionResult>>> {
  const plan = planDistribution((await loadConfig([COMMUNITY_FILE])).distribution);
  return client.workflow.start(DISTRIBUTION, startDistribution({ post, plan }));
}

/** A post that waits for approval, and keeps the worker's room. */
async function leadDraft(): Promise<WorkflowHandle<() => Promise<DistributionResult>>> {
  const draft = await lead(await addDraft(stored, guildId));
  await draft.executeUpdate(whenPrepared, { args: [{ revision: 1 }] });
  return draft;
}

describe('work in the database', () => {
  test('is done once the database is back, though the worker has put its workflow away meanwhile', async () => {
    const drafts = await Promise.all(Array.from({ length: 2 * ROOM }, leadDraft));
    gate.shut();
    const led = await lead({ guildId, postId: toPostId('not-there') });
    await until(() => gate.refused > 0);
    // Whoever is asked needs room: what has been touched last stays.
    for (const draft of drafts) await draft.query(getPostProgress);
    gate.open();
    expect(await led.result()).toMatchObject({ state: 'cancelled' });
    for (const draft of drafts) await draft.cancel();
  });
});
