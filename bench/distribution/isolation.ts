/** What one platform that takes nothing does to the others. */

import { setTimeout as pause } from 'node:timers/promises';
import { PLATFORMS } from '../../domain/platforms.ts';
import type { FaultRule } from '../../sandbox/social/control.ts';
import { progress } from '../support/bench.ts';
import { quantile } from '../support/statistics.ts';
import type { Row, Table } from '../support/table.ts';
import { prepareOurs, untilOn } from './posts.ts';
import { onStage, type Stage } from './stage.ts';

/** So many are approved at once. */
const BATCH = 5;
const DAY_MS = 86_400_000;
const EVERY_REQUEST = 1_000_000;
/** Until the messages are written that link to the posts of a batch, which belongs to none of the times. */
const REST_MS = 2_500;

const LIMITED = 'x';
const OTHERS = PLATFORMS.filter((platform) => platform !== LIMITED);
/** X answers 429 to everything, and says that nothing is taken before tomorrow. */
const RULES: readonly FaultRule[] = (['publish', 'upload', 'read'] as const).map((on) => ({
  ...{ platform: LIMITED, on, times: EVERY_REQUEST },
  fault: { kind: 'rate limit', resetAfterMs: DAY_MS },
}));

type Column = 'X works' | 'X answers 429';
type Times = Readonly<Record<Column, number[]>>;

/** @param count posts with the platform, and as many without it, in batches in turn */
export function measureIsolation(count: number): Promise<Table[]> {
  return onStage(async (stage) => {
    const times: Times = { 'X works': [], 'X answers 429': [] };
    await publishBatch([], stage);
    while (times['X works'].length < count) {
      times['X works'].push(...(await publishBatch([], stage)));
      times['X answers 429'].push(...(await publishBatch(RULES, stage)));
      progress(`  … ${times['X works'].length} of ${count} posts with and without X\n`);
    }
    return [tableOf(times)];
  });
}

/** Gives how long each post took from its approval to the last of the others, in ms. */
async function publishBatch(rules: readonly FaultRule[], stage: Stage): Promise<number[]> {
  await forgetLimit(stage);
  await stage.platforms.setFaults({ rules: [...rules] });
  const posts: Awaited<ReturnType<typeof prepareOurs>>[] = [];
  for (let made = 0; made < BATCH; made += 1) posts.push(await prepareOurs(stage));
  const approvedAt = Date.now();
  await Promise.all(posts.map((post) => post.approve()));
  const awaited = rules.length === 0 ? PLATFORMS : OTHERS;
  await Promise.all(posts.map((post) => untilOn(awaited, post, stage)));
  await pause(REST_MS);
  return Promise.all(posts.map(async (post) => (await post.publishedAt(OTHERS)) - approvedAt));
}

/** So that X is asked again: otherwise nothing is sent to it before the end of the limit that it has named. */
async function forgetLimit({ database, discord }: Stage): Promise<void> {
  await database.em
    .fork()
    .execute('update platform_accounts set limited_until = null where guild_id = ? and platform = ?', [
      discord.guildId,
      LIMITED,
    ]);
}

function tableOf(times: Times): Table {
  const { 'X works': without, 'X answers 429': with429 } = times;
  const row = (what: string, q: number): Row => {
    const [works, limited] = [quantile(without, q), quantile(with429, q)];
    return { what, values: { 'X works': works, 'X answers 429': limited, ratio: limited / works } };
  };
  return {
    title: `Distribution: from approval to the last of the four other platforms, ${with429.length} posts each`,
    columns: ['X works', 'X answers 429', 'ratio'],
    rows: [row('p50, ms', 0.5), row('p95, ms', 0.95)],
    notes: [
      `In turn, ${BATCH} approved at once. X answers 429 to every request, with a reset in a day: its posts wait all the while.`,
    ],
  };
}
