/** Many join at once, and every step is carried out: how long it takes beside what Discord's limits allow. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { toMemberId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';
import type { RequestEntry } from '../../sandbox/control/api.ts';
import type { OurProcess } from '../../scripts/stack/our-process.ts';
import { ONBOARDING } from '../../workflows/definitions/onboarding.ts';
import { progress } from '../support/bench.ts';
import { forgetPeak, type Memory, memoryOf, untilSender } from '../support/processes.ts';
import { allRequests } from '../support/requests.ts';
import { type BenchDiscord, startDiscord, startOurs, withScene } from '../support/scene.ts';
import type { Table } from '../support/table.ts';
import { filesFor } from './configuration.ts';
import { floorsOf } from './limits-floor.ts';
import { type Press, Presser } from './presses.ts';
import { limitsTable, resultTable } from './raid-tables.ts';

/** One call of the local Discord lets so many join. */
const JOINS_AT_ONCE = 500;
const POLL_MS = 1_000;
const PROGRESS_EVERY_MS = 15_000;
/** If no step reaches Discord for so long, it will not come to an end. */
const STUCK_MS = 120_000;

/** What runs in a raid. */
export interface Raid {
  readonly discord: BenchDiscord;
  readonly client: Client;
  readonly bot: OurProcess;
  readonly worker: OurProcess;
}

/** What came of it. */
export interface Drained {
  readonly stays: readonly Stay[];
  /** From the first join to the last step. */
  readonly seconds: number;
  readonly requests: readonly RequestEntry[];
  readonly presses: readonly Press[];
  /** What they held when they had started, and while it drained. */
  readonly memory: Readonly<Record<'bot' | 'worker', { readonly started: Memory; readonly drained: Memory }>>;
}

/** Lets `joins` members join at once and measures until the last of them has had their last step. */
export function measureRaid(joins: number): Promise<Table[]> {
  return withScene(async (scene) => {
    const discord = await startDiscord(scene, 'raid');
    const files = await filesFor('raid', scene.folder);
    const worker = await startOurs('worker', scene, discord, files);
    const bot = await startOurs('bot', scene, discord, files);
    await untilSender(worker);
    const raid: Raid = { discord, client: scene.client, bot, worker };
    const drained = await drain(raid, joins);
    const floors = floorsOf(drained.requests, await discord.control.getLimits());
    return [await resultTable(raid, drained, floors), limitsTable(floors, joins)];
  });
}

async function drain(raid: Raid, joins: number): Promise<Drained> {
  const { discord, bot, worker } = raid;
  const presser = await Presser.on(discord);
  await discord.control.clearRequests();
  const started = { bot: await memoryOf(bot), worker: await memoryOf(worker) };
  await Promise.all([bot, worker].map(forgetPeak));
  const startedAt = Date.now();
  const stays = await letJoin(discord, joins);
  await untilDrained(raid, joins, presser);
  const presses = await presser.stop();
  const requests = await allRequests(discord);
  const lastAt = Math.max(...requests.filter(isStep).map(({ at }) => Date.parse(at)));
  return {
    stays,
    seconds: (lastAt - startedAt) / 1_000,
    requests,
    presses,
    memory: {
      bot: { started: started.bot, drained: await memoryOf(bot) },
      worker: { started: started.worker, drained: await memoryOf(worker) },
    },
  };
}

async function letJoin({ control, guildId }: BenchDiscord, joins: number): Promise<Stay[]> {
  const stays: Stay[] = [];
  while (stays.length < joins) {
    const { members } = await control.join({ count: Math.min(JOINS_AT_ONCE, joins - stays.length) });
    for (const { member } of members) {
      if (member.joined_at === null) throw new Error('Discord has not said when somebody joined');
      const joinedAt = Date.parse(member.joined_at);
      stays.push({ guildId, memberId: toMemberId(member.user.id), joinedAt });
    }
  }
  return stays;
}

/**
 * Waits until every onboarding has come to its end.
 *
 * @throws Error if it does not go on
 */
async function untilDrained(raid: Raid, joins: number, presser: Presser): Promise<void> {
  const startedAt = performance.now();
  let toldAt = startedAt;
  let last = { steps: 0, at: startedAt };
  for (;;) {
    await pause(POLL_MS);
    const now = performance.now();
    const over = await countOver(raid);
    if (over >= joins) return;
    const steps = await countSteps(raid);
    if (steps > last.steps) last = { steps, at: now };
    if (now - last.at > STUCK_MS) throw new Error(`only ${over} of ${joins} onboardings came to an end`);
    if (now - toldAt < PROGRESS_EVERY_MS) continue;
    toldAt = now;
    const seconds = Math.round((now - startedAt) / 1_000);
    progress(
      `  … raid: ${seconds} s, ${over} of ${joins} over, ${steps} roles and messages, ${presser.count} presses\n`,
    );
  }
}

async function countOver({ client }: Raid): Promise<number> {
  const { count } = await client.workflow.count(
    `WorkflowType="${ONBOARDING}" AND ExecutionStatus="Completed"`,
  );
  return count;
}

async function countSteps({ discord }: Raid): Promise<number> {
  const { counts } = await discord.control.countRequests();
  return counts.filter(isStep).reduce((sum, { count }) => sum + count, 0);
}

/** Whether it gave a role or sent a message: what members see of a step. */
function isStep({ method, route, status }: Pick<RequestEntry, 'method' | 'route' | 'status'>): boolean {
  const isRole = method === 'PUT' && route.endsWith('/roles/:roleId');
  const isMessage = method === 'POST' && route === '/channels/:channelId/messages';
  return status >= 200 && status < 300 && (isRole || isMessage);
}
