/** The whole product as it runs for people: in processes of its own, each of which can be killed and is started again. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { type Database, openDatabase } from '../../database/orm.ts';
import { toDuration, toMilliseconds } from '../../domain/duration.ts';
import { createTemporalClient } from '../../runtime/temporal.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { planOurs } from '../../scripts/stack/ours.ts';
import { Part, type PartPlan } from '../../scripts/stack/part.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { planPostgres } from '../../scripts/stack/postgres.ts';
import { planTemporal } from '../../scripts/stack/temporal.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { until } from '../support/wait.ts';
import { type Publishing, startPublishing } from './publishing.ts';

const NAMESPACE = 'durability';
/** Between one step of the onboarding and the next. */
const STEP_EVERY_MS = 1_000;
/** All else that takes longer than a test can wait. Nobody chooses a role or says hello here, so each onboarding ends when its time is up. */
const SHORTENED = {
  completion: { within: '8s' },
  burst: { window: '3s', raid: { calm: '5s' } },
};

/** What can be killed. */
export const VICTIMS = ['postgres', 'temporal', 'worker', 'bot'] as const;
export type Victim = (typeof VICTIMS)[number];

/** What is special about a run. */
export interface ProductSetting {
  /** What is laid over the rest of the configuration. */
  readonly changes: object;
  /** How many members there are beside those that every local guild has. */
  readonly members: number;
  /** Whether there are local platforms with accounts to publish on. */
  readonly publishes?: boolean;
}

/** The product, and the Discord that it serves. */
export interface Product {
  readonly discord: LocalDiscord;
  readonly parts: Readonly<Record<Victim, Part>>;
  readonly config: CommunityConfig;
  readonly client: Client;
  readonly database: Database;
  /** That of worker and bot. */
  readonly environment: Readonly<Record<string, string>>;
  /** Undefined where the setting asks for none. */
  readonly publishing: Publishing | undefined;
  /** Where everybody's logs are. */
  readonly logs: string;
  /** What has died for good. */
  readonly failures: readonly Error[];
  /** @param keepFolder for a person to look into the logs */
  stop(options?: { keepFolder?: boolean }): Promise<void>;
}

/**
 * Starts everything and waits until those who are in the guild are known: who joins from now on is to be welcomed.
 *
 * @param cli Temporal's command-line program
 */
export async function startProduct(
  cli: string,
  { changes, members, publishes = false }: ProductSetting = { changes: {}, members: 0 },
): Promise<Product> {
  const [folder, discord] = await Promise.all([temporaryFolder(), startTestDiscord()]);
  // Before the bot first sees the guild: who joins later is welcomed.
  if (members > 0) await discord.control.fill({ members });
  const publishing = publishes ? await startPublishing() : undefined;
  const files = [COMMUNITY_FILE, await writeOverlay(folder.path, changes)];
  const postgres = await planPostgres(folder.path, await freePort());
  const port = await freePort();
  const environment = {
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    TEMPORAL_NAMESPACE: NAMESPACE,
    COMMUNITY_CONFIG: files.join(','),
    ...publishing?.environment,
  };
  const failures: Error[] = [];
  const newPart = (plan: PartPlan) => new Part(plan, (error) => failures.push(error));
  const parts = {
    postgres: newPart(postgres),
    temporal: newPart(planTemporal(folder.path, { cli, port, namespace: NAMESPACE })),
    worker: newPart(planOurs('worker', folder.path, environment)),
    bot: newPart(planOurs('bot', folder.path, environment)),
  };
  const client = createTemporalClient(environment);
  const database = openDatabase(postgres.url);

  async function stop({ keepFolder = false } = {}): Promise<void> {
    await Promise.all([client.connection.close(), database.close()]);
    for (const victim of VICTIMS.toReversed()) await parts[victim].stop();
    await Promise.all([discord.stop(), publishing?.stop()]);
    if (!keepFolder) await folder.remove();
  }

  try {
    await Promise.all([parts.postgres.start(), parts.temporal.start()]);
    await publishing?.connectAccounts(environment);
    await Promise.all([parts.worker.start(), parts.bot.start()]);
    await until(async () => (await database.em.fork().count(MemberStay)) > 0);
  } catch (error) {
    await stop();
    throw error;
  }
  const config = await loadConfig(files);
  const logs = join(folder.path, 'logs');
  return {
    discord,
    parts,
    config,
    client,
    database,
    environment,
    publishing,
    logs,
    failures,
    stop,
  };
}

/** Writes down what is laid over the configuration so that an onboarding takes seconds, where all that is shortened is here, with `changes`. */
async function writeOverlay(folder: string, changes: object): Promise<string> {
  const { onboarding } = await loadConfig([COMMUNITY_FILE]);
  const steps = onboarding.steps.map(({ name, after }, index) => ({
    name,
    after: toDuration(Math.min(toMilliseconds(after), index * STEP_EVERY_MS)),
  }));
  const file = join(folder, 'overlay.yaml');
  // JSON is YAML too.
  await writeFile(file, JSON.stringify({ onboarding: { ...SHORTENED, steps }, ...changes }));
  return file;
}
