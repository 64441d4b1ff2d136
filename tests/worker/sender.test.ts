import { describe, expect, test } from '@jest/globals';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { readEnvironment } from '../../config/environment.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { openDatabase } from '../../database/orm.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { createDiscordRest } from '../../runtime/discord-rest.ts';
import { createTemporalClient } from '../../runtime/temporal.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { sendUntil } from '../../worker/sender.ts';
import { sharedServers } from '../support/servers.ts';

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

async function openContext(guildId: string): Promise<WorkerContext & { close(): Promise<void> }> {
  const { temporalAddress, databaseUrl } = sharedServers();
  const environment = readEnvironment({
    DISCORD_BOT_TOKEN: 'no-request-is-made',
    DISCORD_GUILD_ID: guildId,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: 'tests',
  });
  const client = createTemporalClient(environment);
  const database = openDatabase(databaseUrl);
  const connection = await NativeConnection.connect({ address: temporalAddress });
  return {
    environment,
    config: await loadConfig([COMMUNITY_FILE]),
    logger: pino({ level: 'silent' }),
    client,
    database,
    connection,
    rest: createDiscordRest(environment),
    async close() {
      // Fails as long as a worker holds on to the connection.
      await connection.close();
      await Promise.all([client.connection.close(), database.close()]);
    },
  };
}

describe('the sender', () => {
  test('leaves nothing behind when it is over', async () => {
    const context = await openContext('1300000000000006001');
    await sendUntil(AbortSignal.abort(), context);
    await context.close();
  });

  test('leaves nothing behind when one of its workers cannot be made, and can be taken up again', async () => {
    const context = await openContext('1300000000000006002');
    // Temporal's SDK refuses a second worker on the same queue.
    const inTheWay = await Worker.create({
      connection: context.connection,
      namespace: 'tests',
      taskQueue: taskQueues(context.environment.DISCORD_GUILD_ID).discordRoles,
      activities: { nothing: async () => undefined },
    });
    const running = inTheWay.run();
    await expect(sendUntil(new AbortController().signal, context)).rejects.toThrow();
    inTheWay.shutdown();
    await running;
    await sendUntil(AbortSignal.abort(), context);
    await context.close();
  });
});
