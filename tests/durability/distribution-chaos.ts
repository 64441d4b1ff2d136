/** Publishes posts on all platforms while everything is killed and requests are disturbed, and counts what is there afterwards. */

import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { insertPost, type NewPost } from '../../database/posts.ts';
import { firstIdAt, type MemberId, toGuildId, toMemberId } from '../../domain/ids.ts';
import { ACCOUNT_PLATFORMS, PLATFORMS, type Platform } from '../../domain/platforms.ts';
import {
  type Approval,
  type Decision,
  deliveryWorkflowId,
  postWorkflowId,
  toPostId,
} from '../../domain/posts.ts';
import type { Print } from '../../scripts/stack/report.ts';
import { decideDelivery } from '../../workflows/definitions/delivery.ts';
import { approvePost, whenPrepared } from '../../workflows/definitions/distribution.ts';
import { videoOf } from '../support/media.ts';
import {
  type DistributionChaosSize,
  type PlannedFaults,
  planDistributionChaos,
} from './distribution-plan.ts';
import {
  type ChaosPost,
  countExpiredNotices,
  type DistributionVerdict,
  isNothingLostOrTwice,
  judgeDistribution,
  type PublishingProduct,
  type WaitingDelivery,
} from './distribution-verdict.ts';
import type { Kill } from './plan.ts';
import type { Product, ProductSetting, Victim } from './product.ts';

const AUTHOR = toMemberId('1300000000000000097');
const APPROVER = toMemberId('1300000000000000096');
/** Of a post that is written, and looked at for the first time. */
const REVISION = 1;
const VIDEO_BYTES = 3_000;
const POLL_MS = 1_000;
const TRY_AGAIN_AFTER_MS = 500;
const SAY_EVERY_MS = 10_000;
/** Longer than the longest pauses that a platform brings about which is disturbed again and again. */
const PATIENCE_MS = 900_000;
/** When all is done, what would come twice gets this much time. */
const LATE_MS = 3_000;

/** Local platforms; all else is as it is for people. */
export const DISTRIBUTION_SETTING: ProductSetting = { changes: {}, members: 0, publishes: true };

/** What has happened in a run. */
export interface DistributionChaosReport {
  readonly seconds: number;
  readonly killed: readonly Victim[];
  /** Requests to X, LinkedIn and YouTube, and how many of them were disturbed, by what was done to them. */
  readonly requests: number;
  readonly disturbed: Readonly<Record<string, number>>;
  /** How often each account had to be connected again. */
  readonly reconnected: Readonly<Partial<Record<Platform, number>>>;
  /** With nobody deciding anything. */
  readonly verdict: DistributionVerdict;
  /** After a person has retried all that waited, on platforms that work. */
  readonly repaired: DistributionVerdict;
}

type Say = (text: string) => void;

/**
 * Writes posts and approves them; disturbs and kills what is drawn from `seed`; waits until all is published or waits for a person, and
 * counts. Then a person decides all that waits.
 *
 * @throws Error if a part of the product dies for good, or has no platforms to publish on
 */
export async function playDistributionChaos(
  product: Product,
  seed: number,
  size: DistributionChaosSize,
  print: Print,
): Promise<DistributionChaosReport> {
  const begun = performance.now();
  const say = (text: string) =>
    print(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(7)} s  ${text}\n`);
  const { publishing } = product;
  if (publishing === undefined) throw new Error('the product has no platforms to publish on');
  const scene = { ...product, publishing };
  const plan = planDistributionChaos(seed, size);
  const posts = newPosts(product, seed, size.posts);
  const video = await addVideo(product);
  await disturb(scene, plan.faults);
  const accounts = keepAccounts(scene, say);
  const [killed] = await Promise.all([
    kill(product, plan.kills, say),
    ...posts.map((post, index) => publish(product, { ...post, media: [video] }, plan.posts[index] ?? 0)),
  ]);
  say(`${posts.length} posts are approved`);
  const verdict = await untilSettled(scene, posts, isNothingLostOrTwice, say);
  const { requests, disturbed } = await countDisturbed(scene);
  await disturb(scene, { discord: [], github: [], social: [] });
  say(`${verdict.published} of ${verdict.due} are published, ${verdict.waiting.length} wait for a person`);
  for (const waiting of verdict.waiting) await decide(product, waiting);
  const repaired = await untilSettled(scene, posts, isAllPublished, say);
  const reconnected = await accounts.stop();
  const seconds = (performance.now() - begun) / 1_000;
  return { seconds, killed, requests, disturbed, reconnected, verdict, repaired };
}

/** Whether all is published, each once, but for what was skipped since it is there already. */
export function isAllPublished(verdict: DistributionVerdict): boolean {
  return isNothingLostOrTwice(verdict) && verdict.waiting.length === 0;
}

type PostToWrite = ChaosPost & Omit<NewPost, 'media'>;

function newPosts({ discord }: Product, seed: number, count: number): PostToWrite[] {
  const first = BigInt(firstIdAt(Date.now()));
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(4, '0');
    const mark = `Number ${number} of run ${seed}.`;
    return {
      guildId: toGuildId(discord.guildId),
      postId: toPostId(String(first + BigInt(index))),
      ...{ title: `Release ${number}`, text: `${mark} It comes once, whatever happens.`, mark },
      ...{ hashtags: ['tixl'], link: null, publishAt: null, createdBy: AUTHOR, madeAt: Date.now() },
      platforms: PLATFORMS,
    };
  });
}

/** A video that a member has sent on Discord. Gives its address. */
async function addVideo({ discord }: Product): Promise<string> {
  const { channels, members } = await discord.control.getState();
  const channel = channels.find(({ name }) => name === 'general');
  const member = members.find(({ member }) => member.user.bot !== true)?.member;
  if (channel === undefined || member === undefined) throw new Error('nobody can send a video');
  const { message } = await discord.control.write({
    ...{ memberId: member.user.id, channelId: channel.id },
    files: [
      {
        ...{ filename: 'release.mp4', contentType: 'video/mp4' },
        base64: videoOf('isom', VIDEO_BYTES).toString('base64'),
      },
    ],
  });
  const [file] = message.attachments;
  if (file === undefined) throw new Error('the video did not arrive');
  return file.url;
}

async function disturb(
  { discord, publishing }: PublishingProduct,
  { discord: onDiscord, github, social }: PlannedFaults,
): Promise<void> {
  await Promise.all([
    discord.control.setFaults({ rules: onDiscord }),
    publishing.github.control.setFaults({ rules: github }),
    publishing.platforms.control.setFaults({ rules: social }),
  ]);
}

/** Writes a post and approves it, as often as it takes while one of the servers is away. */
async function publish(product: Product, post: PostToWrite & NewPost, atMs: number): Promise<void> {
  const { client, database } = product;
  await pause(atMs);
  await untilItWorks(product, () =>
    database.em.fork().transactional((transaction) => insertPost(transaction, post)),
  );
  const handle = client.workflow.getHandle(postWorkflowId(post));
  await untilItWorks(product, () => handle.executeUpdate(whenPrepared, { args: [{ revision: REVISION }] }));
  const approval = await untilItWorks(product, () => approve(product, post));
  if (approval.kind !== 'approved')
    throw new Error(`${post.title} is not approved: ${JSON.stringify(approval)}`);
}

async function approve({ client }: Product, post: PostToWrite): Promise<Pick<Approval, 'kind'>> {
  const updateId = `approve ${REVISION}`;
  const args: [{ by: MemberId; revision: number }] = [{ by: APPROVER, revision: REVISION }];
  try {
    return await client.workflow
      .getHandle(postWorkflowId(post))
      .executeUpdate(approvePost, { args, updateId });
  } catch (error) {
    // The answer was lost, and all of it is over by now: the platforms say how.
    if (error instanceof WorkflowNotFoundError) return { kind: 'approved' };
    throw error;
  }
}

async function untilItWorks<Result>(product: Product, work: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      requireAlive(product);
      if (performance.now() > deadline) throw error;
      await pause(TRY_AGAIN_AFTER_MS);
    }
  }
}

async function kill(product: Product, kills: readonly Kill[], say: Say): Promise<Victim[]> {
  const begun = performance.now();
  const killed: Victim[] = [];
  for (const { atMs, victims } of kills) {
    await pause(Math.max(0, atMs - (performance.now() - begun)));
    requireAlive(product);
    for (const victim of victims) product.parts[victim].kill();
    killed.push(...victims);
    say(`killed ${victims.join(', ')}`);
  }
  return killed;
}

/** A person who connects an account again as soon as staff are told that it has expired. */
function keepAccounts(product: PublishingProduct, say: Say) {
  const reconnected: Partial<Record<Platform, number>> = {};
  let isOver = false;
  const work = (async () => {
    while (!isOver) {
      await pause(POLL_MS);
      // One of the servers may be away: then it is tried again.
      await reconnect().catch(() => undefined);
    }
  })();

  async function reconnect(): Promise<void> {
    const told = await countExpiredNotices(product);
    const expired = ACCOUNT_PLATFORMS.filter((platform) => told[platform] > (reconnected[platform] ?? 0));
    if (expired.length === 0) return;
    await product.publishing.connectAccounts(product.environment);
    for (const platform of expired) reconnected[platform] = (reconnected[platform] ?? 0) + 1;
    say(`connected again: ${expired.join(', ')}`);
  }

  return {
    async stop() {
      isOver = true;
      await work;
      return reconnected;
    },
  };
}

/** What is there already is not published again: a person looks there first, as they are told to. */
async function decide(product: Product, { delivery, isThere }: WaitingDelivery): Promise<void> {
  if (delivery.state !== 'failed') return;
  const decision: Decision = isThere ? 'skip' : 'retry';
  await untilItWorks(product, () =>
    product.client.workflow.getHandle(deliveryWorkflowId(delivery)).executeUpdate(decideDelivery, {
      args: [{ by: null, decision }],
    }),
  );
}

async function untilSettled(
  product: PublishingProduct,
  posts: readonly ChaosPost[],
  isRight: (verdict: DistributionVerdict) => boolean,
  say: Say,
): Promise<DistributionVerdict> {
  let open = Number.POSITIVE_INFINITY;
  let changedAt = performance.now();
  let saidAt = changedAt;
  while (performance.now() - changedAt < PATIENCE_MS) {
    requireAlive(product);
    // PostgreSQL may be starting again.
    const verdict = await judgeDistribution(product, posts).catch(() => undefined);
    if (verdict !== undefined && isRight(verdict)) break;
    if (verdict !== undefined && verdict.lost.length + verdict.waiting.length !== open) {
      open = verdict.lost.length + verdict.waiting.length;
      changedAt = performance.now();
    }
    if (performance.now() - saidAt > SAY_EVERY_MS) {
      say(`${open} are still to come`);
      saidAt = performance.now();
    }
    await pause(POLL_MS);
  }
  await pause(LATE_MS);
  return judgeDistribution(product, posts);
}

async function countDisturbed({ publishing }: PublishingProduct) {
  const { requests } = await publishing.platforms.control.getRequests({});
  const about = requests.filter(({ kind }) => kind !== null);
  const disturbed: Record<string, number> = {};
  for (const { fault } of about) if (fault !== null) disturbed[fault] = (disturbed[fault] ?? 0) + 1;
  return { requests: about.length, disturbed };
}

function requireAlive({ failures: [failure] }: Product): void {
  if (failure !== undefined) throw failure;
}
