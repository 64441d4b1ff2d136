/** Many onboardings are open at once and wait for their time: what they take, and how late they are when it comes. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { firstIdAt, type GuildId, toMemberId } from '../../domain/ids.ts';
import { type OnboardingPlan, onboardingId, STANDARD_VARIANT, type Stay } from '../../domain/onboarding.ts';
import type { OurProcess } from '../../scripts/stack/our-process.ts';
import { ONBOARDING, startOnboarding } from '../../workflows/definitions/onboarding.ts';
import { progress } from '../support/bench.ts';
import { eventsOf, type HistoryEvent, sampleOf } from '../support/histories.ts';
import { forgetPeak, type Memory, memoryOf, untilSender } from '../support/processes.ts';
import { startDiscord, startOurs, withScene } from '../support/scene.ts';
import { quantile } from '../support/statistics.ts';
import type { Row, Table } from '../support/table.ts';
import { filesFor } from './configuration.ts';

/** So many are being started at any time. */
const STARTS_AT_ONCE = 32;
/** The timers are set so that none is due before all are open, if so many are started in a second. */
const STARTS_PER_SECOND = 15;
const HEAD_START_MS = 30_000;
const POLL_MS = 2_000;
const PROGRESS_EVERY_MS = 15_000;
/** Histories that are read to see how late the timers were. */
const HISTORIES = 500;
const COLUMN = 'measured';

/** The workflows, while they wait. */
interface Waiting {
  readonly client: Client;
  readonly worker: OurProcess;
  readonly stays: readonly Stay[];
}

/** What was seen when all were open. */
interface AllOpen {
  readonly count: number;
  readonly startedInSeconds: number;
  readonly memory: Memory;
}

/** How late a step was, in ms: its timer, by Temporal's clock; a worker that takes up what follows; its activity. */
interface Lateness {
  readonly timerMs: number;
  readonly takenUpMs: number;
  readonly stepMs: number;
}

/** Opens `count` onboardings, and measures the worker while they wait and when their timers fire. */
export function measureOpen(count: number): Promise<Table[]> {
  return withScene(async (scene) => {
    const discord = await startDiscord(scene, 'open');
    await discord.control.setLimits({ enforced: false });
    const worker = await startOurs('worker', scene, discord, await filesFor('open', scene.folder));
    await untilSender(worker);
    const { client } = scene;
    const stays = inventStays(discord.guildId, count);
    const before = await memoryOf(worker);
    await forgetPeak(worker);

    const waiting: Waiting = { client, worker, stays };
    const allOpen = await openAll(waiting);
    progress(`  … open: ${allOpen.count} of ${count} at once, waiting for their timers\n`);
    await untilLastHave('activityTaskScheduledEventAttributes', waiting);
    const after = await memoryOf(worker);
    const lateness: Lateness[] = [];
    for (const stay of sampleOf(stays, HISTORIES))
      lateness.push(latenessIn(await eventsWith('activityTaskScheduledEventAttributes', client, stay)));
    return [memoryTable(before, allOpen, after), latenessTable(lateness)];
  });
}

/** Nobody has to have joined: what these onboardings do until their timers fire asks nothing of Discord. */
function inventStays(guildId: GuildId, count: number): Stay[] {
  const joinedAt = Date.now();
  const first = BigInt(firstIdAt(joinedAt));
  return Array.from({ length: count }, (_, index) => ({
    guildId,
    memberId: toMemberId(String(first + BigInt(index))),
    joinedAt,
  }));
}

/**
 * One step that is due when all are open. Its name is in no configuration, so that it is refused without a request. It is one
 * for a channel, whose queue hands out one in a second: what follows then does not get in the way of other timers.
 */
function planWait(count: number): OnboardingPlan {
  const afterMs = (count / STARTS_PER_SECOND) * 1_000 + HEAD_START_MS;
  return {
    variant: STANDARD_VARIANT,
    steps: [{ name: 'bench-wait', afterMs, to: 'channel', givesRole: false, greets: false }],
    completion: { needs: [], withinMs: 0 },
  };
}

async function openAll({ client, worker, stays }: Waiting): Promise<AllOpen> {
  const startedAt = performance.now();
  const plan = planWait(stays.length);
  const toStart = stays.values();
  const startSome = async () => {
    for (const stay of toStart) await client.workflow.start(ONBOARDING, startOnboarding({ stay, plan }));
  };
  const telling = setInterval(() => void tellOpen(client), PROGRESS_EVERY_MS);
  await Promise.all(Array.from({ length: STARTS_AT_ONCE }, startSome));
  await untilLastHave('timerStartedEventAttributes', { client, worker, stays });
  clearInterval(telling);
  return {
    count: await countOpen(client),
    startedInSeconds: (performance.now() - startedAt) / 1_000,
    memory: await memoryOf(worker),
  };
}

/** Waits until the last to be started, which are the last that a worker gets to, have come to an event of this kind. */
async function untilLastHave(kind: keyof HistoryEvent, { client, stays }: Waiting): Promise<void> {
  for (const stay of stays.slice(-STARTS_AT_ONCE)) await eventsWith(kind, client, stay);
}

/** The history of an onboarding, as soon as it has an event of this kind. */
async function eventsWith(kind: keyof HistoryEvent, client: Client, stay: Stay): Promise<HistoryEvent[]> {
  for (;;) {
    const events = await eventsOf(client, onboardingId(stay));
    if (events.some((event) => event[kind])) return events;
    await pause(POLL_MS);
  }
}

async function countOpen(client: Client): Promise<number> {
  const { count } = await client.workflow.count(`WorkflowType="${ONBOARDING}" AND ExecutionStatus="Running"`);
  return count;
}

async function tellOpen(client: Client): Promise<void> {
  progress(`  … open: ${await countOpen(client)} so far\n`);
}

/** @throws Error if the history has no timer that has fired, with a step after it */
function latenessIn(events: readonly HistoryEvent[]): Lateness {
  const started = events.find((event) => event.timerStartedEventAttributes);
  const dueAt = timeOf(started) + tsToMs(started?.timerStartedEventAttributes?.startToFireTimeout);
  const afterwards = events.slice(events.findIndex((event) => event.timerFiredEventAttributes));
  const lateness = (of: keyof HistoryEvent) => timeOf(afterwards.find((event) => event[of])) - dueAt;
  return {
    timerMs: lateness('timerFiredEventAttributes'),
    takenUpMs: lateness('workflowTaskStartedEventAttributes'),
    stepMs: lateness('activityTaskScheduledEventAttributes'),
  };
}

function timeOf(event: HistoryEvent | undefined): number {
  if (event === undefined) throw new Error('an onboarding has not waited for its step');
  return tsToMs(event.eventTime);
}

function memoryTable(before: Memory, allOpen: AllOpen, after: Memory): Table {
  const row = (what: string, value: number): Row => ({ what, values: { [COLUMN]: value } });
  return {
    title: `Onboarding: ${allOpen.count.toLocaleString('en')} open at once`,
    columns: [COLUMN],
    rows: [
      row('open at once', allOpen.count),
      row('opened in, s', allOpen.startedInSeconds),
      row('memory of the worker before, MB', before.nowMb),
      row('peak memory of the worker at its start, MB', before.peakMb),
      row('memory of the worker when all are open, MB', allOpen.memory.nowMb),
      row('peak memory of the worker until all timers have fired, MB', after.peakMb),
    ],
    notes: ["Started by the client, without a bot; Discord's limits are off, and nothing is asked of it."],
  };
}

function latenessTable(lateness: readonly Lateness[]): Table {
  const row = (what: string, times: readonly number[]): Row => ({
    what,
    values: { p50: quantile(times, 0.5), p99: quantile(times, 0.99), slowest: Math.max(...times) },
  });
  return {
    title: `Onboarding: how late the timers of ${lateness.length} of them were, ms`,
    columns: ['p50', 'p99', 'slowest'],
    rows: [
      row(
        'the timer, by the history',
        lateness.map(({ timerMs }) => timerMs),
      ),
      row(
        'a worker takes up what follows',
        lateness.map(({ takenUpMs }) => takenUpMs),
      ),
      row(
        'the activity of its step is scheduled',
        lateness.map(({ stepMs }) => stepMs),
      ),
    ],
  };
}
