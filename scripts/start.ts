/**
 * `npm start`: brings up everything on this machine, says what is there and what to try, and stops it all in order on Ctrl-C.
 * PostgreSQL, Temporal and the local Discord are brought along, unless the environment names others (see .env.example).
 */

import { isMisconfiguration } from '../runtime/process.ts';
import type { PlatformStanding } from './connect/list.ts';
import { checkDatabase, checkDiscordToken, checkTemporalAddress } from './stack/checks.ts';
import { communityConfig } from './stack/environment.ts';
import { planLocalDiscord } from './stack/local-discord.ts';
import { planLocalGithub } from './stack/local-github.ts';
import { planLocalPlatforms } from './stack/local-platforms.ts';
import { planOurs } from './stack/ours.ts';
import { DATA } from './stack/paths.ts';
import { requireFreePort } from './stack/ports.ts';
import { planPostgres } from './stack/postgres.ts';
import { SetupError, toTerminal } from './stack/report.ts';
import {
  PORTS,
  type PortName,
  readStartSettings,
  requireWritableData,
  type StartSettings,
} from './stack/settings.ts';
import { Stack } from './stack/stack.ts';
import { planTemporal } from './stack/temporal.ts';
import { findTemporalCli } from './stack/temporal-cli.ts';
import { thingsToTry } from './stack/things-to-try.ts';
import { keptTokensKey } from './stack/tokens-key.ts';

const stack = new Stack(toTerminal);
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stopEverything(0));

try {
  const startedAt = performance.now();
  const settings = readStartSettings();
  await requireWritableData();
  await requireFreePorts(settings);
  toTerminal('\nTiXL Community\n\n');
  const [databaseUrl, temporalAddress, discord, github, platforms] = await allOrFirstFailure([
    startPostgres(settings),
    startTemporal(settings),
    startDiscord(settings),
    startGithub(settings),
    startPlatforms(settings),
  ]);
  const environment = {
    ...discord,
    ...github,
    ...platforms,
    TOKENS_KEY: process.env.TOKENS_KEY || (await keptTokensKey(DATA)),
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: settings.namespace,
  };
  const [worker] = await allOrFirstFailure([
    startWorker(settings, environment),
    startBot(settings, environment),
    connectAccounts(settings, environment),
  ]);
  toTerminal(thingsToTry(settings, (performance.now() - startedAt) / 1_000, worker.pid));
  const failure = await stack.failure;
  if (!isStopping) throw failure;
} catch (error) {
  if (!isStopping) {
    const text = error instanceof SetupError ? error.message : (error as Error).stack;
    process.stderr.write(`\n  ✗ ${text?.replaceAll('\n', '\n    ')}\n\n`);
    await stopEverything(1);
  }
}

async function startPostgres({ databaseUrl, ports }: StartSettings): Promise<string> {
  const report = stack.report('PostgreSQL');
  if (databaseUrl !== undefined) {
    await checkDatabase(databaseUrl);
    report.ready('keeps what must last: yours, from DATABASE_URL');
    return databaseUrl;
  }
  const plan = await planPostgres(DATA, ports.postgres);
  await stack.start(plan, report, `keeps what must last, on port ${ports.postgres}`);
  return plan.url;
}

async function startTemporal({ temporalAddress, ports, namespace }: StartSettings): Promise<string> {
  const report = stack.report('Temporal');
  if (temporalAddress !== undefined) {
    await checkTemporalAddress(temporalAddress);
    report.ready('runs the durable workflows: yours, from TEMPORAL_ADDRESS');
    return temporalAddress;
  }
  const cli = await findTemporalCli(report);
  const plan = planTemporal(DATA, { cli, port: ports.temporal, uiPort: ports.temporalUi, namespace });
  await stack.start(plan, report, `runs the durable workflows, with its UI on port ${ports.temporalUi}`);
  return `127.0.0.1:${ports.temporal}`;
}

async function startDiscord(settings: StartSettings): Promise<Record<string, string>> {
  const { discord, ports } = settings;
  const report = stack.report('Discord');
  if (discord.kind === 'real') {
    await checkDiscordToken(discord.token, process.env.DISCORD_API_URL || undefined);
    report.ready(`the real one: guild ${discord.guildId}`);
    return { DISCORD_BOT_TOKEN: discord.token, DISCORD_GUILD_ID: discord.guildId };
  }
  const plan = planLocalDiscord(DATA, ports.localDiscord, workflowUrl(settings));
  await stack.start(plan, report, `a local one, with its page on port ${ports.localDiscord}`);
  return {
    ...plan.forBot,
    COMMUNITY_CONFIG: communityConfig(),
  };
}

/** With an application of theirs, or with none and a real guild, nothing is started. */
async function startGithub({ usesLocalGithub, ports }: StartSettings): Promise<Record<string, string>> {
  if (!usesLocalGithub) return {};
  const plan = planLocalGithub(DATA, ports.localGithub);
  await stack.start(plan, stack.report('GitHub'), `a local one, with its page on port ${ports.localGithub}`);
  return plan.forWorker;
}

/** With the address of others, or an application of theirs, nothing is started. */
async function startPlatforms({ usesLocalPlatforms, ports }: StartSettings): Promise<Record<string, string>> {
  if (!usesLocalPlatforms) return {};
  const plan = planLocalPlatforms(DATA, ports.localPlatforms);
  const text = `a local X, LinkedIn and YouTube, with their page on port ${ports.localPlatforms}`;
  await stack.start(plan, stack.report('platforms'), text);
  return plan.forWorker;
}

/** Says where posts can go. What is loaded for it is loaded while the worker and the bot start. */
async function connectAccounts(
  settings: StartSettings,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const report = stack.report('accounts');
  const { connectLocalAccounts } = await import('./stack/platform-accounts.ts');
  try {
    const found = await connectLocalAccounts(settings, { ...process.env, ...environment });
    for (const problem of found.problems) report.progress(problem);
    for (const { name, isConnected, text } of found.platforms)
      if (!isConnected) report.progress(`${name}: ${text}`);
    report.ready(`posts go to ${namesOf(found.platforms)}`);
  } catch (error) {
    // What is set up wrongly the worker finds too, and says.
    if (!isMisconfiguration(error)) report.progress(`not looked at: ${(error as Error).message}`);
  }
}

function namesOf(platforms: readonly PlatformStanding[]): string {
  const connected = platforms.filter(({ isConnected }) => isConnected).map(({ name }) => name);
  if (connected.length === 0) return 'Discord alone';
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(['Discord', ...connected]);
}

function startWorker({ discord, ports }: StartSettings, environment: Readonly<Record<string, string>>) {
  const plan = planOurs('worker', DATA, {
    ...{ ...environment, HEALTH_PORT: String(ports.workerHealth) },
    // config/demo.yaml has links of ours for the local Discord.
    ...(discord.kind === 'local' && { LINKS_PORT: String(ports.links) }),
  });
  return stack.start(plan, stack.report('worker'), 'carries out the workflows');
}

function startBot({ ports }: StartSettings, environment: Readonly<Record<string, string>>) {
  const plan = planOurs('bot', DATA, { ...environment, HEALTH_PORT: String(ports.botHealth) });
  return stack.start(
    plan,
    stack.report('bot'),
    'listens to Discord and hands over what happens',
    'waits in line: another bot holds the gateway',
  );
}

/** Where the Temporal UI lists the workflows of a member or an event: the page fills in whose. Empty if the UI is theirs. */
function workflowUrl({ temporalAddress, ports, namespace }: StartSettings): string {
  if (temporalAddress !== undefined) return '';
  const query = 'Member%3D%22{id}%22%20OR%20ScheduledEvent%3D%22{id}%22';
  return `http://127.0.0.1:${ports.temporalUi}/namespaces/${namespace}/workflows?query=${query}`;
}

async function requireFreePorts(settings: StartSettings): Promise<void> {
  const unused: PortName[] = [
    ...(settings.discord.kind === 'real' ? (['localDiscord', 'links'] as const) : []),
    ...(settings.usesLocalGithub ? [] : (['localGithub'] as const)),
    ...(settings.usesLocalPlatforms ? [] : (['localPlatforms'] as const)),
    ...(settings.databaseUrl === undefined ? [] : (['postgres'] as const)),
    ...(settings.temporalAddress === undefined ? [] : (['temporal', 'temporalUi'] as const)),
  ];
  for (const name of (Object.keys(PORTS) as PortName[]).filter((name) => !unused.includes(name))) {
    await requireFreePort(settings.ports[name], PORTS[name].part, PORTS[name].variable);
  }
}

/** Like `Promise.all`, but a part that dies for good while others are still starting counts too. */
function allOrFirstFailure<const Parts extends readonly Promise<unknown>[]>(parts: Parts) {
  const failed = stack.failure.then((error) => Promise.reject(error));
  return Promise.race([Promise.all(parts), failed]);
}

async function stopEverything(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  toTerminal('\nStopping, in order:\n');
  await stack.stop();
  process.exit(code);
}
