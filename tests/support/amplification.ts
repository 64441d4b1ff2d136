/** Posts that do much better than others did, and what is done with them. */

import { type APIMessage, Routes } from 'discord-api-types/v10';
import { weighReadings } from '../../database/amplification.ts';
import type { NewPost } from '../../database/posts.ts';
import { type AmplificationSteps, amplificationId } from '../../domain/amplification.ts';
import { followUpId } from '../../domain/follow-up.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PostRef } from '../../domain/posts.ts';
import type { WorkerContext } from '../../worker/context.ts';
import type { amplification } from '../../workflows/amplification.ts';
import { isStarted } from '../histories/recordings/recording.ts';
import type { TestDistribution } from './distribution.ts';
import { addHistory, addReadings } from './readings.ts';
import { until } from './wait.ts';

/** An age at which nothing is read by itself, so that there is what a test adds alone. */
const AGE_MS = 1_800_000;
const USUAL = Array.from({ length: 12 }, () => ({ likes: 10, shares: 0 }));

/** Lets a post do much better on a platform than others did, at a time in ms since 1970. */
export async function letDoWell(
  { database, config }: Pick<WorkerContext, 'database' | 'config'>,
  { guildId, postId }: PostRef,
  platform: Platform,
  takenAt: number,
): Promise<void> {
  const em = database.em.fork();
  const of = { guildId, platform, ageMs: AGE_MS, takenAt };
  await addHistory(em, of, USUAL);
  await addReadings(em, [{ ...of, postId, figures: { likes: 100, shares: 20 } }]);
  await weighReadings(em, guildId, takenAt, config.engagement);
}

/** What tests do with posts that do well. */
export function amplificationIn(posts: TestDistribution) {
  const { client, rest } = posts.community;
  const handleOf = (post: PostRef) => client.workflow.getHandle<typeof amplification>(amplificationId(post));

  const amplifying = {
    handleOf,

    /** Publishes a post, and lets it do much better on a platform than others did before. */
    async outstanding(platform: Platform = 'x', rest: Partial<NewPost> = {}): Promise<NewPost> {
      const post = await posts.publish(rest);
      await posts.resultOf(post);
      await amplifying.doesWell(post, platform);
      return post;
    },

    /** Lets a post that is published do much better on a platform. */
    async doesWell(post: PostRef, platform: Platform): Promise<void> {
      await letDoWell(posts.community, post, platform, await posts.now());
      await until(() => isStarted(handleOf(post)));
    },

    /** What staff are told of it. */
    async alerts(post: NewPost): Promise<APIMessage[]> {
      const all = await posts.staffMessages(post);
      return all.filter(({ embeds }) => embeds[0]?.title === 'A post does well');
    },

    /** The same, as soon as it says what was done. */
    async toldOf(post: NewPost, what: string): Promise<string> {
      const said = async () => JSON.stringify(await amplifying.alerts(post));
      await until(async () => (await said()).includes(what));
      return said();
    },

    /** A post on Discord, as Discord shows it. */
    async messageOf(post: PostRef): Promise<APIMessage> {
      return (await rest.get(await routeOf(post))) as APIMessage;
    },

    async deleteMessage(post: PostRef): Promise<void> {
      await rest.delete(await routeOf(post));
    },

    async setPin(post: PostRef, isPinned: boolean): Promise<void> {
      const { channel_id, id } = await amplifying.messageOf(post);
      const route = Routes.channelMessagesPin(channel_id, id);
      await (isPinned ? rest.put(route) : rest.delete(route));
    },

    /** The post that follows one up. */
    followUpOf: ({ guildId, postId }: PostRef): PostRef => ({ guildId, postId: followUpId(postId) }),

    /** What its workflow ends with, once nothing is left to wait for. */
    async resultOf(post: PostRef): Promise<AmplificationSteps> {
      const handle = handleOf(post);
      await posts.passUntil(async () => (await handle.describe()).status.name !== 'RUNNING');
      return handle.result();
    },
  };
  return amplifying;

  async function routeOf(post: PostRef): Promise<`/${string}`> {
    const { publishedId } = await posts.deliveryOf(post, 'discord');
    const [channelId = '', messageId = ''] = (publishedId ?? '').split('/');
    return Routes.channelMessage(channelId, messageId);
  }
}
