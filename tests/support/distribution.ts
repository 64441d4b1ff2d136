/** Posts as tests let them be written and published in a community, and what stands on the platforms then. */

import { Client } from '@temporalio/client';
import type { APIMessage } from 'discord-api-types/v10';
import { putIntoOutbox } from '../../database/outbox.ts';
import { deliveriesOf, findPost, insertPost, type NewPost } from '../../database/posts.ts';
import { firstIdAt, toInteractionId, toMemberId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import {
  type Approval,
  type Decision,
  type Delivery,
  type DeliveryState,
  deliveryWorkflowId,
  type Post,
  type PostRef,
  postWorkflowId,
  toPostId,
} from '../../domain/posts.ts';
import type { LocalGithub } from '../../sandbox/github/start.ts';
import type { FaultRule } from '../../sandbox/social/control.ts';
import type { SocialPlatform } from '../../sandbox/social/stand-in.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { connectLocalAccounts } from '../../scripts/stack/platform-accounts.ts';
import { decideDelivery, getDeliveryProgress } from '../../workflows/definitions/delivery.ts';
import {
  approvePost,
  type DistributionInput,
  type DistributionResult,
  getPostProgress,
  whenPrepared,
} from '../../workflows/definitions/distribution.ts';
import { isStarted } from '../histories/recordings/recording.ts';
import { startCommunity, type TestCommunity } from './community.ts';
import { environmentFor, startTestGithub } from './github.ts';
import { messagesIn } from './on-discord.ts';
import { environmentOfPlatforms } from './platform-accounts.ts';
import { until } from './wait.ts';

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Who writes posts in tests, and who approves them. */
const AUTHOR = toMemberId('1300000000000000097');
export const APPROVER = toMemberId('1300000000000000096');

/** What is waited for in steps of skipped time. */
const STEP_MS = 5_000;
/** Everything but YouTube, which takes nothing without a video. */
const PLATFORMS_OF_TEXT: readonly Platform[] = ['discord', 'x', 'linkedin', 'github'];

const FIRST = BigInt(firstIdAt(Date.now()));
let commands = 0n;

/** A community with local platforms, on which its accounts are connected. */
export type TestDistribution = Awaited<ReturnType<typeof startDistribution>>;

/** @param overlay YAML that is laid over TiXL's configuration */
export async function startDistribution(overlay?: string) {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const github = await startTestGithub();
  await github.control.setLimits({ kept: false });
  const platforms = await startLocalPlatforms({ keepsLimits: false, now });
  const variables = { ...environmentFor(github), ...environmentOfPlatforms(platforms) };
  const community = await startCommunity(overlay, variables, now);
  const distribution = {
    ...postsIn(community, github, platforms),

    /** Lets time pass, in ms, for platforms' limits too. */
    async pass(ms: number): Promise<void> {
      ahead = (await distribution.now()) + ms - Date.now();
      await community.environmentOfTemporal.sleep(ms);
    },

    /** Lets time pass in small steps until something has come about. */
    async passUntil(condition: () => Promise<boolean>): Promise<void> {
      await until(async () => {
        if (await condition()) return true;
        await distribution.pass(STEP_MS);
        return false;
      });
    },

    /** The same, until a post stands so on a platform. */
    passUntilIt: (is: DeliveryState, post: PostRef, platform: Platform) =>
      distribution.passUntil(async () => (await distribution.deliveryOf(post, platform)).state === is),

    /** Lets time pass until nothing of a post is open, and gives what its workflow ends with. */
    async resultOf(post: PostRef): Promise<DistributionResult> {
      const handle = distribution.untimedHandleOf(post);
      await distribution.passUntil(async () => (await handle.describe()).status.name !== 'RUNNING');
      return handle.result();
    },

    /** Connects the accounts on all local platforms that are not, or no longer, connected. */
    connect: () => connectAccounts(community, variables),

    async stop(): Promise<void> {
      await community.stop();
      await Promise.all([github.stop(), platforms.stop()]);
    },
  };
  await distribution.connect();
  return distribution;
}

async function connectAccounts(
  { environment }: TestCommunity,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const { DISCORD_BOT_TOKEN, DISCORD_GUILD_ID, DATABASE_URL } = environment;
  const { problems } = await connectLocalAccounts(
    { usesLocalGithub: true, usesLocalPlatforms: true },
    { ...variables, DISCORD_BOT_TOKEN, DISCORD_GUILD_ID, DATABASE_URL },
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** What tests do with posts in a community, and what they find there. */
function postsIn(community: TestCommunity, github: LocalGithub, platforms: LocalPlatforms) {
  const { client, database, environmentOfTemporal } = community;
  const guildId = community.environment.DISCORD_GUILD_ID;
  const withoutSkipping = new Client({ connection: environmentOfTemporal.connection });
  const handleOf = (post: PostRef) =>
    client.workflow.getHandle<(input: DistributionInput) => Promise<DistributionResult>>(
      postWorkflowId(post),
    );
  const childOf = ({ postId }: PostRef, platform: Platform) =>
    client.workflow.getHandle(deliveryWorkflowId({ guildId, postId, platform }));

  const posts = {
    ...{ community, github, platforms, handleOf, childOf },

    untimedHandleOf: (post: PostRef) =>
      withoutSkipping.workflow.getHandle<(input: DistributionInput) => Promise<DistributionResult>>(
        postWorkflowId(post),
      ),

    /** The time of the workflows, which is skipped, in ms since 1970. */
    now: () => environmentOfTemporal.currentTimeMs(),

    /** Writes a post for all platforms that take texts, unless it is said otherwise. It has a title of its own. */
    async write(rest: Partial<NewPost> = {}): Promise<NewPost> {
      commands += 1n;
      const post: NewPost = {
        ...{ guildId, postId: toPostId(String(FIRST + commands)), title: `Release ${commands}` },
        ...{ text: `Something new, number ${commands}.`, hashtags: ['tixl'], link: null, publishAt: null },
        ...{ createdBy: AUTHOR, platforms: PLATFORMS_OF_TEXT, media: [], madeAt: Date.now(), ...rest },
      };
      await database.em.fork().transactional((transaction) => insertPost(transaction, post));
      await until(() => isStarted(handleOf(post)));
      return post;
    },

    /** Approves what a post says now. */
    async approve(post: PostRef): Promise<Approval> {
      const { revision } = await posts.rowOf(post);
      const handle = handleOf(post);
      await handle.executeUpdate(whenPrepared, { args: [{ revision }] });
      return handle.executeUpdate(approvePost, { args: [{ by: APPROVER, revision }] });
    },

    /** Writes a post and approves it. */
    async publish(rest: Partial<NewPost> = {}): Promise<NewPost> {
      const post = await posts.write(rest);
      const approval = await posts.approve(post);
      if (approval.kind !== 'approved') throw new Error(`it is not approved: ${JSON.stringify(approval)}`);
      return post;
    },

    /** Somebody who may approve writes a post anew, as the command does. */
    async change(post: PostRef, text: string): Promise<void> {
      await database.em.fork().transactional(async (transaction) => {
        await transaction.execute(
          `update posts set text = ?, revision = revision + 1 where guild_id = ? and id = ?`,
          [text, post.guildId, post.postId],
        );
        const { revision } = (await findPost(transaction, post)) ?? { revision: 0 };
        const all = await deliveriesOf(transaction, post);
        commands += 1n;
        const requestId = toInteractionId(String(FIRST + commands));
        const edit = { guildId: post.guildId, postId: post.postId, revision, requestId };
        const isPublished = all.some(({ state }) => state === 'published');
        putIntoOutbox(transaction, [{ kind: 'post changed', edit, isPublished }]);
      });
    },

    decide: (post: PostRef, platform: Platform, decision: Decision): Promise<DeliveryState> =>
      childOf(post, platform).executeUpdate(decideDelivery, { args: [{ by: APPROVER, decision }] }),

    progressOf: (post: PostRef) => handleOf(post).query(getPostProgress),

    progressOn: (post: PostRef, platform: Platform) => childOf(post, platform).query(getDeliveryProgress),

    async rowOf(post: PostRef): Promise<Post> {
      const found = await findPost(database.em.fork(), post);
      if (found === undefined) throw new Error('there is no such post');
      return found;
    },

    async deliveryOf(post: PostRef, platform: Platform): Promise<Delivery> {
      const all = await deliveriesOf(database.em.fork(), post);
      const found = all.find((delivery) => delivery.platform === platform);
      if (found === undefined) throw new Error(`it does not go to ${platform}`);
      return found;
    },

    /** The texts on a platform that hold the words of a post. */
    async textsOn(platform: Platform, { text }: Pick<NewPost, 'text'>): Promise<string[]> {
      return (await textsOn(platform)).filter((published) => published.includes(text));
    },

    /** What of the bot's messages to staff is about a post, oldest first. */
    staffMessages: ({ title }: Pick<NewPost, 'title'>) => messagesAbout(title, 'staff'),

    /** The messages that link to where a post is published. */
    async crossPosts({ title }: Pick<NewPost, 'title'>): Promise<APIMessage[]> {
      const all = await messagesAbout(title, 'announcements');
      return all.filter(({ embeds }) => embeds.length > 0);
    },

    /** Lets something go wrong on platforms; on GitHub see its own faults. */
    fails: (...rules: readonly FaultRule[]) => platforms.control.setFaults({ rules: [...rules] }),
  };
  return posts;

  async function textsOn(platform: Platform): Promise<string[]> {
    if (platform === 'discord')
      return (await messagesIn(community, 'announcements')).map(({ content }) => content);
    if (platform === 'github') return (await github.control.getPosts({})).posts.map(({ text }) => text);
    const found = await platforms.control.getPosts({ platform: platform satisfies SocialPlatform });
    return found.posts.map(({ text }) => text);
  }

  async function messagesAbout(title: string, channel: string): Promise<APIMessage[]> {
    const isAbout = new RegExp(`${title}\\b`);
    return (await messagesIn(community, channel)).filter((message) => isAbout.test(JSON.stringify(message)));
  }
}
