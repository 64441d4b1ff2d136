/** From joining to the welcome, for one member after the other: ours, a bare workflow, and a script without durability. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { toMemberId } from '../../domain/ids.ts';
import { onboardingId, type Stay } from '../../domain/onboarding.ts';
import { progress } from '../support/bench.ts';
import { costOf, sampleOf, type WorkflowCost } from '../support/histories.ts';
import { untilSender } from '../support/processes.ts';
import {
  type BenchDiscord,
  type Scene,
  startBaseline,
  startDiscord,
  startOurs,
  withScene,
} from '../support/scene.ts';
import { mean, quantile } from '../support/statistics.ts';
import type { Row, Table } from '../support/table.ts';
import { WelcomeWatch } from '../support/watch.ts';
import { bareId } from './bare/definition.ts';
import { BARE_KIND_VARIABLE, type BareKind } from './bare/kind.ts';
import { filesFor } from './configuration.ts';

/** Joins before time is taken: connections are opened, and code is compiled. */
const WARM_UP = 5;
/**
 * Between a welcome and the next join. With four contenders in turn each has a join in over two seconds, which none of
 * Discord's limits or of our queues' rates holds back.
 */
const REST_MS = 700;
/** Histories that are read to see what a workflow costs. */
const HISTORIES = 20;

/** What each gives to be compared. */
interface Contender {
  readonly name: 'ours' | 'bare workflow' | 'bare, own queue' | 'plain script';
  readonly discord: BenchDiscord;
  readonly welcomes: WelcomeWatch;
  /** The id of the workflow that welcomes a member, if there is one. */
  readonly workflowId?: (stay: Stay) => string;
  readonly stays: Stay[];
  readonly waitsMs: number[];
}

/** Measures `samples` joins of each contender, in turn, so that noise hits all alike. */
export function measureWelcome(samples: number): Promise<Table[]> {
  return withScene(async (scene) => {
    const contenders = await startContenders(scene);
    for (let round = 0; round < WARM_UP; round += 1) await takeTurns(contenders);
    for (const contender of contenders) await forgetWarmUp(contender);
    for (let round = 1; round <= samples; round += 1) {
      await takeTurns(contenders);
      if (round % 10 === 0) progress(`  … welcome: ${round} of ${samples} joins each\n`);
    }
    const table = await toTable(contenders, scene.client);
    for (const { welcomes } of contenders) welcomes.close();
    return [table];
  });
}

async function startContenders(scene: Scene): Promise<Contender[]> {
  const ours = await startContender('ours', scene, onboardingId);
  const files = await filesFor('welcome', scene.folder);
  const worker = await startOurs('worker', scene, ours.discord, files);
  await startOurs('bot', scene, ours.discord, files);
  await untilSender(worker);

  const bare = await startBare('bare workflow', 'together', scene);
  const bareApart = await startBare('bare, own queue', 'on a queue of its own', scene);

  const plain = await startContender('plain script', scene);
  await startBaseline('plain-bot', new URL('plain-bot.ts', import.meta.url), scene, plain.discord);
  return [ours, bare, bareApart, plain];
}

async function startBare(name: Contender['name'], kind: BareKind, scene: Scene): Promise<Contender> {
  const contender = await startContender(name, scene, bareId);
  for (const program of ['worker', 'bot']) {
    const url = new URL(`bare/${program}.ts`, import.meta.url);
    await startBaseline(`bare-${program}`, url, scene, contender.discord, { [BARE_KIND_VARIABLE]: kind });
  }
  return contender;
}

/** Each has a local Discord of its own, so that none is told of the others' members. */
async function startContender(
  name: Contender['name'],
  scene: Scene,
  workflowId?: Contender['workflowId'],
): Promise<Contender> {
  const discord = await startDiscord(scene, name.replace(' ', '-'));
  const welcomes = await WelcomeWatch.on(discord);
  return { name, discord, welcomes, stays: [], waitsMs: [], ...(workflowId && { workflowId }) };
}

async function takeTurns(contenders: readonly Contender[]): Promise<void> {
  for (const contender of contenders) {
    await welcomeOne(contender);
    await pause(REST_MS);
  }
}

async function welcomeOne({ discord, welcomes, stays, waitsMs }: Contender): Promise<void> {
  welcomes.forget();
  const joinedAt = performance.now();
  const { members } = await discord.control.join();
  const member = members[0]?.member;
  if (member?.joined_at == null) throw new Error('nobody has joined');
  waitsMs.push((await welcomes.untilWelcomed(member.user.id)) - joinedAt);
  stays.push({
    guildId: discord.guildId,
    memberId: toMemberId(member.user.id),
    joinedAt: Date.parse(member.joined_at),
  });
}

async function forgetWarmUp({ discord, stays, waitsMs }: Contender): Promise<void> {
  stays.length = 0;
  waitsMs.length = 0;
  await discord.control.clearRequests();
}

async function toTable(contenders: readonly Contender[], client: Client): Promise<Table> {
  const row = (what: string, summarise: (waitsMs: readonly number[]) => number): Row => ({
    what,
    values: Object.fromEntries(contenders.map(({ name, waitsMs }) => [name, summarise(waitsMs)])),
  });
  const [ours = 0, bare = 0, bareApart = 0, plain = 0] = contenders.map(({ waitsMs }) =>
    quantile(waitsMs, 0.5),
  );
  return {
    title: `Onboarding: from joining to the welcome, ${contenders[0]?.waitsMs.length} joins each, one after the other`,
    columns: contenders.map(({ name }) => name),
    rows: [
      row('p50, ms', (times) => quantile(times, 0.5)),
      row('p95, ms', (times) => quantile(times, 0.95)),
      row('fastest, ms', (times) => Math.min(...times)),
      row('slowest, ms', (times) => Math.max(...times)),
      { what: 'p50, ours / bare workflow', values: { ours: ours / bare }, aim: { atMost: 1.1 } },
      { what: 'p50, ours / bare, own queue', values: { ours: ours / bareApart } },
      { what: 'p50, ours / plain script', values: { ours: ours / plain } },
      ...(await costRows(contenders, client)),
      ...(await requestRows(contenders)),
    ],
    notes: [
      "Discord's limits are on, and nothing comes near them: each has a join in over two seconds, on a local Discord of its own.",
      'Ours and the bare workflows share a Temporal server. Costs are up to the welcome; what follows waits for its time.',
    ],
  };
}

async function costRows(contenders: readonly Contender[], client: Client): Promise<Row[]> {
  const costs = await Promise.all(
    contenders.map(async ({ name, workflowId, stays }) => {
      if (workflowId === undefined) return [];
      return [
        [name, await Promise.all(sampleOf(stays, HISTORIES).map((stay) => costOf(client, workflowId(stay))))],
      ];
    }),
  );
  const byName = costs.flat() as [string, WorkflowCost[]][];
  const row = (what: string, key: keyof WorkflowCost): Row => ({
    what: `${what} per onboarding`,
    values: Object.fromEntries(byName.map(([name, each]) => [name, mean(each.map((cost) => cost[key]))])),
  });
  return [
    row('transitions', 'transitions'),
    row('workflow tasks', 'workflowTasks'),
    row('activities', 'activities'),
    row('local activities', 'localActivities'),
  ];
}

/** Requests to Discord since the warm-up, of every kind that there was. */
async function requestRows(contenders: readonly Contender[]): Promise<Row[]> {
  const counted = await Promise.all(
    contenders.map(async ({ name, discord, waitsMs }) => {
      const { counts } = await discord.control.countRequests();
      return counts.map((entry) => ({ ...entry, name, perJoin: entry.count / waitsMs.length }));
    }),
  );
  const kinds = new Map<string, Record<string, number>>();
  for (const { method, route, status, name, perJoin } of counted.flat()) {
    const kind = `${method} ${route} ${status}`;
    kinds.set(kind, { ...kinds.get(kind), [name]: perJoin });
  }
  return [...kinds].map(([kind, values]) => ({ what: `${kind}, per join`, values }));
}
