/**
 * Runs the community on Temporal's production server and PostgreSQL, without Docker: lets members join while everything is
 * killed in turn, and counts what each of them got. See README.md.
 */

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMUNITY_FILE, loadConfig } from '../config/load.ts';
import { createTemporalClient } from '../runtime/temporal.ts';
import { type LocalDiscord, startLocalDiscord } from '../sandbox/start.ts';
import { freePort } from '../scripts/stack/ports.ts';
import { planPostgres } from '../scripts/stack/postgres.ts';
import { SetupError, toTerminal } from '../scripts/stack/report.ts';
import { Stack } from '../scripts/stack/stack.ts';
import { startTwo } from './trial/community.ts';
import { joinWhileKilling, type Scene, timeSingleJoins } from './trial/joins.ts';
import { describeUsage } from './trial/measure.ts';
import {
  findTemporalRelease,
  planTemporalServer,
  readComposeService,
  setUpSchema,
} from './trial/temporal-server.ts';

/** Far from the ports of "npm start". The server takes this one and some around it, see temporal/server.yaml. */
const TEMPORAL_PORT = 17_233;
const NAMESPACE = 'tixl-community';

/** TiXL's, with delays that do not take a week. */
const CONFIGURATION = [COMMUNITY_FILE, fileURLToPath(new URL('trial/community.yaml', import.meta.url))];

const folder = await mkdtemp(join(tmpdir(), 'tixl-production-'));
// For PostgreSQL, which runs as another user where we are root.
await chmod(folder, 0o755);
const stack = new Stack(toTerminal);
let discord: LocalDiscord | undefined;
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopEverything(1));

try {
  const failure = stack.failure.then((error) => Promise.reject(error));
  await Promise.race([tryOut(await startEverything()), failure]);
  await stopEverything(0);
} catch (error) {
  process.stderr.write(`\n  ✗ ${error instanceof SetupError ? error.message : (error as Error).stack}\n`);
  await stopEverything(1);
}

async function startEverything(): Promise<Scene> {
  const report = stack.report('Temporal');
  const { version, command } = await readComposeService();
  const release = await findTemporalRelease(version, report);

  const plan = await planPostgres(folder, await freePort());
  const postgres = await stack.start(plan, stack.report('PostgreSQL'), 'keeps everything');
  const { hostname, port, username, password } = new URL(plan.url);
  const database = { POSTGRES_HOST: hostname, POSTGRES_PORT: port, DB_USER: username, DB_PASSWORD: password };

  const schemaReport = stack.report('schema');
  await setUpSchema(release, database);
  schemaReport.ready("Temporal's databases are made");
  await setUpSchema(release, database);
  schemaReport.ready('once more, as at each start: nothing to do');

  const server = planTemporalServer(release, command, {
    database,
    port: TEMPORAL_PORT,
    logFolder: join(folder, 'logs'),
  });
  const temporal = await stack.start(server, report, `server ${version}, on PostgreSQL`);
  discord = await startLocalDiscord();
  const surroundings = {
    stack,
    folder,
    environment: {
      DISCORD_BOT_TOKEN: discord.token,
      DISCORD_GUILD_ID: discord.guildId,
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_URL: plan.url,
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_NAMESPACE: NAMESPACE,
      COMMUNITY_CONFIG: CONFIGURATION.join(','),
    },
  };
  const workers = await startTwo('worker', surroundings);
  const bots = await startTwo('bot', surroundings);
  const client = createTemporalClient(surroundings.environment);
  const { onboarding } = await loadConfig(CONFIGURATION);
  const tips = onboarding.steps.filter(({ to }) => to === 'dm').length;
  return { discord, client, postgres, temporal, workers, bots, databaseUrl: plan.url, tips };
}

async function tryOut(scene: Scene): Promise<void> {
  toTerminal('\nOne member after the other:\n');
  toTerminal(await timeSingleJoins(scene));
  toTerminal('\nMembers join while everything is killed in turn:\n');
  toTerminal(await joinWhileKilling(scene));
  toTerminal('\nWhat it takes:\n');
  toTerminal(await describeUsage(scene));
}

async function stopEverything(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  toTerminal('\nStopping, in order:\n');
  await stack.stop();
  await discord?.stop();
  if (code === 0) await rm(folder, { recursive: true, force: true });
  else toTerminal(`\nLogs: ${join(folder, 'logs')}\n`);
  process.exit(code);
}
