/** What a measurement runs in: servers of its own, each a process, which go with it. */

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { type GuildId, toGuildId } from '../../domain/ids.ts';
import { createTemporalClient } from '../../runtime/temporal.ts';
import type { ControlClient } from '../../sandbox/control/calls.ts';
import { connectToLocalDiscord } from '../../sandbox/control/client.ts';
import { planLocalDiscord } from '../../scripts/stack/local-discord.ts';
import type { OurProcess } from '../../scripts/stack/our-process.ts';
import { planOurs } from '../../scripts/stack/ours.ts';
import type { Part, PartPlan } from '../../scripts/stack/part.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { planPostgres } from '../../scripts/stack/postgres.ts';
import { Stack } from '../../scripts/stack/stack.ts';
import { planTemporal } from '../../scripts/stack/temporal.ts';
import { findTemporalCli } from '../../scripts/stack/temporal-cli.ts';
import { progress } from './bench.ts';

const NAMESPACE = 'bench';
const READY_WITHIN_MS = 60_000;

/** PostgreSQL and Temporal's dev server, and what else is started beside them. */
export interface Scene {
  readonly stack: Stack;
  readonly folder: string;
  readonly client: Client;
  /** The part of a process's environment that says where the servers are. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A local Discord with the limits of the real one. */
export interface BenchDiscord {
  readonly url: string;
  readonly control: ControlClient;
  readonly guildId: GuildId;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts a scene, does `work` in it and stops everything that was started there.
 *
 * @throws SetupError if a server cannot be started, or one of them dies for good while `work` goes on
 */
export async function withScene<Result>(work: (scene: Scene) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tixl-bench-'));
  // For PostgreSQL, which runs as another user where we are root.
  await chmod(folder, 0o755);
  const stack = new Stack(progress);
  const died = stack.failure.then((error) => Promise.reject(error));
  try {
    const result = await Promise.race([startScene(stack, folder).then(work), died, interruption()]);
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
    return result;
  } catch (error) {
    await stack.stop();
    progress(`Logs: ${join(folder, 'logs')}\n`);
    throw error;
  }
}

/** Rejects on Ctrl-C, so that everything is stopped in order. */
function interruption(): Promise<never> {
  return new Promise((_, reject) => process.once('SIGINT', () => reject(new Error('interrupted'))));
}

async function startScene(stack: Stack, folder: string): Promise<Scene> {
  const report = stack.report('Temporal');
  const cli = await findTemporalCli(report);
  const port = await freePort();
  await stack.start(planTemporal(folder, { cli, port, namespace: NAMESPACE }), report, 'dev server');
  const postgres = await planPostgres(folder, await freePort());
  await stack.start(postgres, stack.report('PostgreSQL'), 'ready');
  const temporal = { TEMPORAL_ADDRESS: `127.0.0.1:${port}`, TEMPORAL_NAMESPACE: NAMESPACE };
  return {
    stack,
    folder,
    client: createTemporalClient(temporal),
    environment: { ...temporal, DATABASE_URL: postgres.url },
  };
}

/** Starts a local Discord that keeps apart from others by `name`. */
export async function startDiscord({ stack, folder }: Scene, name: string): Promise<BenchDiscord> {
  const plan = planLocalDiscord(join(folder, name), await freePort(), '');
  await stack.start(plan, stack.report('Discord'), `a local one for ${name}`);
  return {
    url: plan.url,
    control: connectToLocalDiscord(plan),
    guildId: toGuildId(plan.forBot.DISCORD_GUILD_ID),
    environment: plan.forBot,
  };
}

/** Starts a bot or worker of ours on `discord`, configured by `files`, which are laid over each other. */
export async function startOurs(
  kind: 'bot' | 'worker',
  { stack, folder, environment }: Scene,
  discord: BenchDiscord,
  files: readonly string[],
): Promise<OurProcess> {
  const port = await freePort();
  const plan = planOurs(kind, folder, {
    ...environment,
    ...discord.environment,
    COMMUNITY_CONFIG: files.join(','),
    HEALTH_PORT: String(port),
  });
  const part = await stack.start(plan, stack.report(kind), 'ours');
  return { part, health: `http://127.0.0.1:${port}` };
}

/** Starts a program of a baseline, whose address is `program`, on `discord`. `settings` are for its environment. */
export async function startBaseline(
  name: string,
  program: URL,
  { stack, folder, environment }: Scene,
  discord: BenchDiscord,
  settings: Readonly<Record<string, string>> = {},
): Promise<Part> {
  const plan: PartPlan = {
    name,
    program: fileURLToPath(program),
    environment: { ...environment, ...discord.environment, ...settings },
    logFolder: join(folder, 'logs'),
    readyWithinMs: READY_WITHIN_MS,
  };
  return stack.start(plan, stack.report(name), 'baseline');
}
