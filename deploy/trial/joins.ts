/** Members join, everything is killed in turn, and it is counted what each member got. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { checkTemporal } from '../../runtime/temporal.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import type { OurProcess } from '../../scripts/stack/our-process.ts';
import type { Part } from '../../scripts/stack/part.ts';
import { ONBOARDING } from '../../workflows/definitions/onboarding.ts';
import { holderOf, isReady } from './community.ts';
import { countReceived, membersWelcomed } from './tally.ts';

/** All that runs. */
export interface Scene {
  readonly discord: LocalDiscord;
  readonly client: Client;
  readonly postgres: Part;
  readonly temporal: Part;
  readonly workers: readonly OurProcess[];
  readonly bots: readonly OurProcess[];
  readonly databaseUrl: string;
  /** How many tips by direct message each member gets. */
  readonly tips: number;
}

const SINGLE_JOINS = 9;
const JOINS_BEFORE_KILL = 3;
const JOINS_WHILE_DOWN = 4;
const POLL_MS = 25;
const JOIN_EVERY_MS = 200;
/** Longer than Discord's limits hold anything back. */
const REST_MS = 2_000;
const GIVE_UP_MS = 5 * 60 * 1_000;

/** Lets members join one after the other, at rest, and says how long each waited for the welcome. */
export async function timeSingleJoins({ discord }: Scene): Promise<string> {
  const waits: number[] = [];
  for (let count = 0; count < SINGLE_JOINS; count += 1) {
    await pause(REST_MS);
    const startedAt = performance.now();
    const memberId = await join(discord);
    await until('the welcome', async () => (await membersWelcomed(discord)).includes(memberId));
    waits.push(performance.now() - startedAt);
  }
  const [fastest, median, slowest] = [0, (SINGLE_JOINS - 1) / 2, SINGLE_JOINS - 1].map(
    (rank) => `${waits.toSorted((a, b) => a - b)[rank]?.toFixed(0)} ms`,
  );
  return `  from joining to the welcome: ${median}; the fastest of ${SINGLE_JOINS} ${fastest}, the slowest ${slowest}\n`;
}

/**
 * Lets members join while the bot that holds the gateway, the worker that sends, Temporal and PostgreSQL are killed.
 *
 * @throws Error unless every member got every step exactly once
 */
export async function joinWhileKilling(scene: Scene): Promise<string> {
  const victims: [string, () => Promise<Part | undefined>][] = [
    ['the bot with the gateway', async () => (await holderOf('gateway', scene.bots))?.part],
    ['the worker that sends', async () => (await holderOf('sender', scene.workers))?.part],
    ['the Temporal server', async () => scene.temporal],
    ['PostgreSQL', async () => scene.postgres],
  ];
  const members: string[] = [];
  const lines: string[] = [];
  const startedAt = performance.now();
  for (const [name, find] of victims) {
    members.push(...(await joinMany(scene.discord, JOINS_BEFORE_KILL)));
    const victim = await find();
    if (victim === undefined) throw new Error(`there is nothing to kill: ${name}`);
    const killedAt = performance.now();
    victim.kill();
    members.push(...(await joinMany(scene.discord, JOINS_WHILE_DOWN)));
    await until('all of it', () => isWhole(scene));
    lines.push(`  killed ${name}: all ready again after ${inSeconds(killedAt)}\n`);
  }
  await until(
    'the onboardings',
    async () => (await countCompleted(scene.client)) >= members.length + SINGLE_JOINS,
  );
  lines.push(`  all ${members.length} onboardings complete after ${inSeconds(startedAt)}\n`);

  const received = await countReceived(scene.discord, members);
  const wrong = received.filter(
    ({ welcomes, roles, directMessages }) => welcomes !== 1 || roles !== 1 || directMessages !== scene.tips,
  );
  if (wrong.length > 0) throw new Error(`not exactly once: ${JSON.stringify(wrong)}`);
  lines.push(
    `  each of the ${received.length} got one welcome, one role and ${scene.tips} direct messages\n`,
  );
  return lines.join('');
}

async function joinMany(discord: LocalDiscord, count: number): Promise<string[]> {
  const members: string[] = [];
  for (let index = 0; index < count; index += 1) {
    members.push(await join(discord));
    await pause(JOIN_EVERY_MS);
  }
  return members;
}

async function join({ control }: LocalDiscord): Promise<string> {
  const { members } = await control.join();
  const id = members[0]?.member.user.id;
  if (id === undefined) throw new Error('nobody has joined');
  return id;
}

async function isWhole({ client, workers, bots }: Scene): Promise<boolean> {
  const temporal = checkTemporal(client).then(
    () => true,
    () => false,
  );
  const answers = await Promise.all([
    temporal,
    ...[...workers, ...bots].map(isReady),
    holderOf('gateway', bots).then(Boolean),
    holderOf('sender', workers).then(Boolean),
  ]);
  return answers.every(Boolean);
}

/** As many as the list of workflows shows, which follows a little later than what they do. */
function countCompleted(client: Client): Promise<number> {
  const query = `WorkflowType="${ONBOARDING}" AND ExecutionStatus="Completed"`;
  return client.workflow.count(query).then(
    ({ count }) => count,
    () => 0,
  );
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = AbortSignal.timeout(GIVE_UP_MS);
  while (!(await condition())) {
    if (deadline.aborted) throw new Error(`${what}: not there after ${GIVE_UP_MS / 60_000} minutes`);
    await pause(POLL_MS);
  }
}

function inSeconds(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}
