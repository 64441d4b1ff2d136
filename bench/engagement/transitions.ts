/**
 * What reading the figures of posts costs Temporal: by one workflow for all of them, which is ours, and by the workflow of each post on
 * each platform, which stays open instead.
 */

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { deliveriesOf } from '../../database/posts.ts';
import { engagementId, type ReadOrder } from '../../domain/engagement.ts';
import { PLATFORMS } from '../../domain/platforms.ts';
import type { PostRef } from '../../domain/posts.ts';
import { until } from '../../tests/support/wait.ts';
import { prepareOurs } from '../distribution/posts.ts';
import { onStage, type Stage } from '../distribution/stage.ts';
import { progress } from '../support/bench.ts';
import { costOf, type WorkflowCost } from '../support/histories.ts';
import { startBaseline } from '../support/scene.ts';
import type { Row, Table } from '../support/table.ts';
import { type BareReadings, bareId, startBare } from './bare/definition.ts';

/**
 * Of the same number as ours has in production. They are minutes apart, so that the platforms of a post, which are published within seconds,
 * are read at one time, and those of different posts are not.
 */
const READINGS = ['1m', '2m', '3m', '4m'];
const APART_MS = 15_000;
const READ_WITHIN_MS = 6 * 60_000;
/** What it costs to wait does not depend on how long that is. */
const BARE_AGES_MS = [1_000, 2_000, 3_000, 4_000];
const POSTS_A_WEEK = 50;

/** @param count posts, of which those beyond the fourth are read at the same time as another */
export function measureTransitions(count: number): Promise<Table[]> {
  return onStage(
    async (stage) => {
      const posts = await publish(count, stage);
      progress(`  … ${count} posts are published; they are read for four minutes\n`);
      await untilRead(count, stage);
      const ours = await costOfOurs(stage);
      const orders = (await Promise.all(posts.map((post) => ordersFor(post, stage)))).flat();
      const bare = await costOfBare(orders, stage);
      return [tableOf(count, ours, bare)];
    },
    { engagement: { readings: READINGS } },
  );
}

async function publish(count: number, stage: Stage): Promise<PostRef[]> {
  const posts: PostRef[] = [];
  for (let made = 0; made < count; made += 1) {
    const startedAt = Date.now();
    const post = await prepareOurs(stage);
    await post.approve();
    await post.settled();
    posts.push(post.ref);
    await pause(Math.max(0, APART_MS - (Date.now() - startedAt)));
  }
  return posts;
}

/** @throws Error if not everything was read */
async function untilRead(count: number, { database, scene, discord }: Stage): Promise<void> {
  const handle = scene.client.workflow.getHandle(engagementId(discord.guildId));
  await until(async () => (await handle.describe()).status.name === 'COMPLETED', READ_WITHIN_MS);
  const [row]: { taken: number }[] = await database.em
    .fork()
    .execute(`select count(*)::int as taken from post_readings where state = 'taken'`);
  const expected = count * PLATFORMS.length * READINGS.length;
  if (row?.taken !== expected) throw new Error(`${row?.taken} of ${expected} readings were taken`);
}

/** It may have gone on as a new run, or have ended and been started again. */
async function costOfOurs({ scene: { client }, discord }: Stage): Promise<WorkflowCost> {
  const workflowId = engagementId(discord.guildId);
  const costs: WorkflowCost[] = [];
  for await (const { runId } of client.workflow.list({ query: `WorkflowId="${workflowId}"` }))
    costs.push(await costOf(client, workflowId, runId));
  return sumOf(costs);
}

async function ordersFor(post: PostRef, { database }: Stage): Promise<ReadOrder[]> {
  const deliveries = await deliveriesOf(database.em.fork(), post);
  return deliveries.flatMap(({ platform, publishedId, publishedAt }) =>
    publishedId === null || publishedAt === null ? [] : [{ ...post, platform, publishedId, publishedAt }],
  );
}

/** What the four readings add to a workflow that is there anyway: one that reads nothing is taken off. */
async function costOfBare(orders: readonly ReadOrder[], stage: Stage): Promise<WorkflowCost> {
  const { scene, discord, files } = stage;
  const settings = { COMMUNITY_CONFIG: files.join(',') };
  await startBaseline('bare-worker', new URL('bare/worker.ts', import.meta.url), scene, discord, settings);
  const reading = await Promise.all(
    orders.map((order) => costOfOne(scene.client, { order, agesMs: BARE_AGES_MS })),
  );
  const empty = await Promise.all(orders.map((order) => costOfOne(scene.client, { order, agesMs: [] })));
  return combine(sumOf(reading), sumOf(empty), (all, none) => all - none);
}

/** @throws Error if it has not read its post each time */
async function costOfOne(client: Client, readings: BareReadings): Promise<WorkflowCost> {
  const handle = await client.workflow.start(...startBare(readings));
  const outcomes: string[] = await handle.result();
  if (outcomes.some((outcome) => outcome !== 'read')) throw new Error(`not read: ${outcomes}`);
  return costOf(client, bareId(readings));
}

const NOTHING: WorkflowCost = {
  ...{ transitions: 0, events: 0, workflowTasks: 0, activities: 0, localActivities: 0 },
};

function sumOf(costs: readonly WorkflowCost[]): WorkflowCost {
  return costs.reduce((sum, cost) => combine(sum, cost, (one, other) => one + other), NOTHING);
}

function combine(
  one: WorkflowCost,
  other: WorkflowCost,
  by: (one: number, other: number) => number,
): WorkflowCost {
  const figure = (key: keyof WorkflowCost) => by(one[key], other[key]);
  return {
    transitions: figure('transitions'),
    events: figure('events'),
    workflowTasks: figure('workflowTasks'),
    activities: figure('activities'),
    localActivities: figure('localActivities'),
  };
}

function tableOf(count: number, ours: WorkflowCost, bare: WorkflowCost): Table {
  const row = (what: string, key: keyof WorkflowCost, times = 1): Row => ({
    what,
    values: {
      'one workflow': (ours[key] * times) / count,
      'children stay open': (bare[key] * times) / count,
      ratio: ours[key] / bare[key],
    },
  });
  return {
    title: `Engagement: four readings of a post on five platforms, ${count} posts`,
    columns: ['one workflow', 'children stay open', 'ratio'],
    rows: [
      row('transitions', 'transitions'),
      row('workflow tasks', 'workflowTasks'),
      row('activities', 'activities'),
      row('events', 'events'),
      row(`transitions a week, ${POSTS_A_WEEK} posts`, 'transitions', POSTS_A_WEEK),
      row(`events a week, ${POSTS_A_WEEK} posts`, 'events', POSTS_A_WEEK),
      {
        what: `open workflows, ${POSTS_A_WEEK} posts a week`,
        values: { 'one workflow': 1, 'children stay open': POSTS_A_WEEK * PLATFORMS.length },
      },
    ],
    notes: [
      `One workflow: all that it has cost, with being told of each post on each platform (${count * PLATFORMS.length} signals).`,
      'Children: what four timers and four activities add to the workflow that has brought a post to a platform.',
    ],
  };
}
