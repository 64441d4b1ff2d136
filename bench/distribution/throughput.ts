/** Posts through the whole pipeline, from approval to the last platform: ours, and a bare workflow that makes the same requests. */

import { progress } from '../support/bench.ts';
import { sampleOf, type WorkflowCost } from '../support/histories.ts';
import { startBaseline } from '../support/scene.ts';
import { mean, quantile } from '../support/statistics.ts';
import type { Row, Table } from '../support/table.ts';
import { prepareBare, prepareOurs, type ReadyPost } from './posts.ts';
import { countRequests, type RequestCounts } from './requests.ts';
import { onStage, type Stage } from './stage.ts';

/** Posts before time is taken: connections are opened, and code is compiled. */
const WARM_UP = 3;
/** So often all posts of each are approved at once, in turn, so that noise hits both. */
const ROUNDS_AT_ONCE = 2;
/** Posts whose histories are read to see what a post costs. */
const HISTORIES = 10;

/** What is to be compared, and what was seen of it. */
interface Contender {
  readonly name: 'ours' | 'bare workflow';
  readonly prepare: (stage: Stage) => Promise<ReadyPost>;
  /** From approval to the last platform, in ms: one post after the other, and all at once. */
  readonly aloneMs: number[];
  readonly atOnceMs: number[];
  /** From the first approval to the last post on the last platform, for each round. */
  readonly roundsMs: number[];
  readonly requests: RequestCounts[];
  readonly costs: WorkflowCost[];
}

/** @param count posts of each, one after the other, and again all at once in each round */
export function measureThroughput(count: number): Promise<Table[]> {
  return onStage(async (stage) => {
    const { scene, discord, files } = stage;
    const settings = { COMMUNITY_CONFIG: files.join(',') };
    const program = new URL('bare/worker.ts', import.meta.url);
    await startBaseline('bare-worker', program, scene, discord, settings);
    const contenders = [contenderOf('ours', prepareOurs), contenderOf('bare workflow', prepareBare)];
    for (let round = 0; round < WARM_UP; round += 1)
      for (const { prepare } of contenders) await publishOne(await prepare(stage));
    for (let round = 1; round <= count; round += 1) {
      for (const contender of contenders)
        contender.aloneMs.push(await publishOne(await contender.prepare(stage)));
      if (round % 10 === 0) progress(`  … ${round} of ${count} posts each, one after the other\n`);
    }
    for (let round = 1; round <= ROUNDS_AT_ONCE; round += 1) {
      for (const contender of contenders) await publishAtOnce(count, contender, stage);
      progress(`  … ${round} of ${ROUNDS_AT_ONCE} rounds of ${count} posts at once\n`);
    }
    return [throughputTable(count, contenders), costTable(count, contenders)];
  });
}

function contenderOf(name: Contender['name'], prepare: Contender['prepare']): Contender {
  return { name, prepare, aloneMs: [], atOnceMs: [], roundsMs: [], requests: [], costs: [] };
}

/** Gives how long it took until it was on the last platform, in ms. */
async function publishOne(post: ReadyPost): Promise<number> {
  const approvedAt = Date.now();
  await post.approve();
  await post.settled();
  return (await post.publishedAt()) - approvedAt;
}

async function publishAtOnce(count: number, contender: Contender, stage: Stage): Promise<void> {
  const posts: ReadyPost[] = [];
  for (let made = 0; made < count; made += 1) posts.push(await contender.prepare(stage));
  const before = await countRequests(stage);
  const approvedAt = Date.now();
  await Promise.all(posts.map((post) => post.approve()));
  await Promise.all(posts.map((post) => post.settled()));
  const after = await countRequests(stage);
  const times = await Promise.all(posts.map((post) => post.publishedAt()));
  contender.atOnceMs.push(...times.map((time) => time - approvedAt));
  contender.roundsMs.push(Math.max(...times) - approvedAt);
  contender.requests.push(
    Object.fromEntries(Object.keys(after).map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)])),
  );
  contender.costs.push(...(await Promise.all(sampleOf(posts, HISTORIES).map((post) => post.cost()))));
}

/** A row of one figure for each contender; where `compared`, with how many times ours is the other's. */
function rowOf(what: string, contenders: readonly Contender[], figure: (of: Contender) => number): Row {
  const values = Object.fromEntries(contenders.map((contender) => [contender.name, figure(contender)]));
  const { ours = 0, 'bare workflow': bare = 0 } = values;
  return { what, values: bare === 0 ? values : { ...values, 'ours / bare': ours / bare } };
}

function throughputTable(count: number, contenders: readonly Contender[]): Table {
  const row = (what: string, figure: (of: Contender) => number) => rowOf(what, contenders, figure);
  return {
    title: `Distribution: from approval to the last of five platforms, ${count} posts each`,
    columns: [...contenders.map(({ name }) => name), 'ours / bare'],
    rows: [
      row('one after the other: p50, ms', ({ aloneMs }) => quantile(aloneMs, 0.5)),
      row('one after the other: p95, ms', ({ aloneMs }) => quantile(aloneMs, 0.95)),
      row('all at once: p50, ms', ({ atOnceMs }) => quantile(atOnceMs, 0.5)),
      row('all at once: p95, ms', ({ atOnceMs }) => quantile(atOnceMs, 0.95)),
      row('all at once: posts a second', ({ roundsMs }) => (count * 1_000) / mean(roundsMs)),
    ],
    notes: [
      `All at once: ${ROUNDS_AT_ONCE} rounds, in turn. The limits of the stand-ins and of the local Discord are off.`,
      'Both share a Temporal server, a local Discord and the local platforms. All posts were published on all platforms.',
    ],
  };
}

function costTable(count: number, contenders: readonly Contender[]): Table {
  const cost = (what: string, key: keyof WorkflowCost) =>
    rowOf(what, contenders, ({ costs }) => mean(costs.map((each) => each[key])));
  const platforms = Object.keys(contenders[0]?.requests[0] ?? {});
  return {
    title: 'Distribution: what a post costs',
    columns: [...contenders.map(({ name }) => name), 'ours / bare'],
    rows: [
      cost('transitions', 'transitions'),
      cost('workflow tasks', 'workflowTasks'),
      cost('activities', 'activities'),
      cost('local activities', 'localActivities'),
      ...platforms.map((name) =>
        rowOf(
          `requests to ${name}`,
          contenders,
          ({ requests }) => mean(requests.map((each) => each[name] ?? 0)) / count,
        ),
      ),
    ],
    notes: [
      "Ours: the post's workflow and one for each platform, from the draft on, with the fetching of the video and the message that links to it all.",
      'Requests are counted from the approval on.',
    ],
  };
}
