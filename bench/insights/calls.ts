/** How much of what platforms let one ask of them reading figures takes, for the posts of a week. */

import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { GuildDirectory } from '../../activities/discord/directory.ts';
import { createDiscordPublisher } from '../../activities/discord/publisher.ts';
import { connectAlways } from '../../activities/platforms/connection.ts';
import { createEngagementActivities } from '../../activities/platforms/engagement.ts';
import type { Publisher } from '../../activities/platforms/publisher.ts';
import { readEnvironment } from '../../config/environment.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { findNextReadings } from '../../database/engagement.ts';
import { type CollectionOutcome, readingAges } from '../../domain/engagement.ts';
import { PLATFORM_LABELS, PLATFORMS, type Platform } from '../../domain/platforms.ts';
import type { PostRef } from '../../domain/posts.ts';
import { createDiscordRest } from '../../runtime/discord-rest.ts';
import { connectAll } from '../distribution/bare/publish.ts';
import { prepareOurs } from '../distribution/posts.ts';
import { onStage, type Stage } from '../distribution/stage.ts';
import { progress } from '../support/bench.ts';
import type { Row, Table } from '../support/table.ts';
import { type Made, mostWithin, QUOTAS } from './quotas.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** So far apart a post comes to its platforms. */
const BETWEEN_PLATFORMS_MS = 3_000;
/** Nothing is read by the worker meanwhile. */
const NOT_YET = { engagement: { readings: ['90d'] } };

type Requests = Readonly<Record<Platform, readonly Made[]>>;

/** Publishes `count` posts on the local platforms, and reads what is due of them as if they were published evenly in a week. */
export function measureCalls(count: number): Promise<Table[]> {
  return onStage(async (stage) => {
    const { engagement } = await loadConfig([COMMUNITY_FILE]);
    const ages = readingAges(engagement);
    const posts: PostRef[] = [];
    while (posts.length < count) posts.push(await publish(stage));
    progress(`  … ${count} posts are published\n`);
    const from = Date.now() + DAY_MS;
    await spread(posts, from, ages, stage);
    const before = await countReceived(stage);
    const made = await readAll(stage);
    const after = await countReceived(stage);
    await checkTaken(count * PLATFORMS.length * ages.length, stage);
    return [tableOf(count, ages.length, made, (platform) => after[platform] - before[platform])];
  }, NOT_YET);
}

async function publish(stage: Stage): Promise<PostRef> {
  const post = await prepareOurs(stage);
  await post.approve();
  await post.settled();
  return post.ref;
}

/** Says that the posts were published evenly in the week after `from`, and plans their readings. */
async function spread(
  posts: readonly PostRef[],
  from: number,
  ages: readonly number[],
  { database, discord }: Stage,
): Promise<void> {
  const published = posts.flatMap(({ postId }, index) =>
    PLATFORMS.map((platform, place) => ({
      ...{ postId, platform },
      at: new Date(from + (index * WEEK_MS) / posts.length + place * BETWEEN_PLATFORMS_MS),
    })),
  );
  await database.em.fork().transactional(async (transaction) => {
    await transaction.execute(`delete from post_readings where guild_id = ?`, [discord.guildId]);
    await transaction.execute(
      `update post_deliveries as delivery set published_at = published.at
       from jsonb_to_recordset(?::jsonb) as published ("postId" text, platform text, at timestamptz)
       where guild_id = ? and post_id = "postId" and delivery.platform = published.platform`,
      [JSON.stringify(published), discord.guildId],
    );
    await transaction.execute(
      `insert into post_readings (guild_id, post_id, platform, age_ms, due_at)
       select guild_id, post_id, platform, age_ms, published_at + make_interval(secs => age_ms / 1000.0)
       from post_deliveries
       cross join (select value::text::bigint as age_ms from jsonb_array_elements(?::jsonb)) as age
       where guild_id = ?`,
      [JSON.stringify(ages), discord.guildId],
    );
  });
}

/** Reads all that is due, turn by turn as the workflow does, at the time at which it would. */
async function readAll(stage: Stage): Promise<Requests> {
  const { database, discord } = stage;
  const collect = await collectorsOf(stage);
  const made: Record<Platform, Made[]> = { discord: [], x: [], linkedin: [], youtube: [], github: [] };
  for (;;) {
    const next = await findNextReadings(database.em.fork(), discord.guildId);
    if (next.length === 0) return made;
    const at = Math.min(...next.map(({ dueAt }) => dueAt));
    for (const { platform } of next.filter(({ firstAt }) => firstAt <= at)) {
      const outcome = await collect[platform](at);
      if (outcome.kind !== 'read') throw new Error(`${platform}: ${JSON.stringify(outcome)}`);
      made[platform].push({ at, requests: outcome.requests });
    }
  }
}

/** The activity of each platform. */
async function collectorsOf({ scene, discord, files, database }: Stage) {
  const environment = readEnvironment({
    ...{ ...scene.environment, ...discord.environment, COMMUNITY_CONFIG: files.join(',') },
  });
  const config = await loadConfig(files);
  const logger = pino({ level: 'silent' });
  const rest = createDiscordRest(environment);
  const directory = new GuildDirectory(rest, discord.guildId);
  const publishers: Readonly<Record<Platform, Publisher>> = {
    ...(await connectAll(environment, config.distribution)),
    discord: createDiscordPublisher({ rest, database, config, directory, logger }),
  };
  const collectorOn = (platform: Platform) => {
    const { collectFigures } = createEngagementActivities({
      ...{ platform, connect: connectAlways(publishers[platform]), database, config, logger },
      ...{ sealer: undefined, now: Date.now },
    });
    return (at: number): Promise<CollectionOutcome> =>
      new MockActivityEnvironment().run(collectFigures, discord.guildId, at);
  };
  return {
    discord: collectorOn('discord'),
    x: collectorOn('x'),
    linkedin: collectorOn('linkedin'),
    youtube: collectorOn('youtube'),
    github: collectorOn('github'),
  };
}

/** How many requests the platforms have had: what they say themselves. */
async function countReceived({ discord, platforms, github }: Stage): Promise<Record<Platform, number>> {
  const { counts } = await discord.control.countRequests();
  const { requests: social } = await platforms.getRequests({});
  const { requests: onGithub } = await github.getRequests({});
  const on = (name: Platform) => social.filter(({ platform }) => platform === name).length;
  return {
    discord: counts.reduce((sum, { count }) => sum + count, 0),
    ...{ x: on('x'), linkedin: on('linkedin'), youtube: on('youtube'), github: onGithub.length },
  };
}

/** @throws Error if not everything was read */
async function checkTaken(expected: number, { database }: Stage): Promise<void> {
  const [row]: { taken: number }[] = await database.em
    .fork()
    .execute(`select count(*)::integer as taken from post_readings where state = 'taken'`);
  if (row?.taken !== expected) throw new Error(`${row?.taken} of ${expected} readings were taken`);
}

function tableOf(
  count: number,
  readings: number,
  made: Requests,
  receivedBy: (platform: Platform) => number,
): Table {
  return {
    title: `Requests to platforms for ${count} posts a week, each read ${readings} times`,
    columns: ['most of the quota, %', 'in a week', 'received', 'most in its window', 'quota of the window'],
    rows: PLATFORMS.map((platform) => rowOf(platform, made[platform], receivedBy(platform))),
    notes: [
      'In a week: as the publishers count them. Received: as the local platforms do. Posts are evenly spread, every week alike.',
      `LinkedIn publishes no quota. X counts posts that are read, too: ${count * readings} in a week, of 2,000,000 in a month.`,
    ],
  };
}

function rowOf(platform: Platform, made: readonly Made[], received: number): Row {
  const quota = QUOTAS[platform];
  const inWeek = made.reduce((sum, { requests }) => sum + requests, 0);
  const what = PLATFORM_LABELS[platform];
  if (quota === null) return { what, values: { 'in a week': inWeek, received } };
  const most = mostWithin(made, quota.windowMs, WEEK_MS);
  return {
    what: `${what}, by the ${quota.window}`,
    values: {
      'most of the quota, %': (100 * most) / quota.requests,
      ...{ 'in a week': inWeek, received },
      'most in its window': most,
      'quota of the window': quota.requests,
    },
    aim: { atMost: 100 },
  };
}
