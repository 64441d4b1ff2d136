/** The requests of the baseline: those with which ours publishes, made by the same clients, with nothing written down before or after. */

import { Context } from '@temporalio/activity';
import { Routes } from 'discord-api-types/v10';
import { nonceOf } from '../../../activities/discord/deliver.ts';
import { GuildDirectory } from '../../../activities/discord/directory.ts';
import { createAccounts } from '../../../activities/platforms/accounts.ts';
import { connectGithub } from '../../../activities/platforms/github.ts';
import { connectLinkedin } from '../../../activities/platforms/linkedin.ts';
import type {
  ConnectPublisher,
  Publisher,
  PublisherTools,
  PublishOrder,
  Upload,
} from '../../../activities/platforms/publisher.ts';
import { connectX } from '../../../activities/platforms/x.ts';
import { connectYoutube } from '../../../activities/platforms/youtube.ts';
import type { Environment } from '../../../config/environment.ts';
import { loadConfig } from '../../../config/load.ts';
import { openDatabase } from '../../../database/orm.ts';
import { type AdaptedPost, adaptPost } from '../../../domain/adaptation.ts';
import type { DistributionSettings } from '../../../domain/distribution.ts';
import type { AccountPlatform, Platform } from '../../../domain/platforms.ts';
import { type MediaId, type MediaInfo, mediaIdOf, toPostId } from '../../../domain/posts.ts';
import { createDiscordRest } from '../../../runtime/discord-rest.ts';
import { platformAddresses } from '../../../runtime/platform-addresses.ts';
import { createSealer } from '../../../runtime/sealing.ts';
import { discordPost } from '../../../views/distribution.ts';
import { VIDEO } from '../video.ts';
import type { BareActivities, BarePost } from './definition.ts';

/** Reads once what it needs: the accounts' tokens, and the channel on Discord. */
export async function preparePublishing(environment: Environment): Promise<BareActivities> {
  const { distribution: settings } = await loadConfig(environment.COMMUNITY_CONFIG);
  const publishers = await connectAll(environment, settings);
  const publishOnDiscord = await prepareDiscord(environment, settings);
  return {
    async publishOn(platform, post) {
      const adapted = adaptPost(platform, contentOf(post), settings);
      if (platform === 'discord') return publishOnDiscord(post, adapted);
      const order = orderOf(environment, post, adapted);
      const tools = toolsInMemory();
      const hindrance = await publishers[platform].upload?.(order, tools);
      return (hindrance ?? (await publishers[platform].publish(order, tools))).kind;
    },
  };
}

/** The platforms on which we act in the name of an account. @throws Error if one is not connected */
export async function connectAll(
  environment: Environment,
  { platforms }: DistributionSettings,
): Promise<Readonly<Record<AccountPlatform, Publisher>>> {
  const { x, linkedin, youtube } = platformAddresses(environment);
  if (!platforms.linkedin || !platforms.youtube || !platforms.github)
    throw new Error('the configuration lacks a platform');
  const database = openDatabase(environment.DATABASE_URL);
  const accounts = createAccounts({
    ...{ guildId: environment.DISCORD_GUILD_ID, database, settings: environment, now: Date.now },
    sealer: createSealer(environment.TOKENS_KEY ?? ''),
  });
  const connect = async (platform: AccountPlatform, connectPublisher: ConnectPublisher) => {
    const use = await accounts.use(platform);
    if (use.kind !== 'usable') throw new Error(`the account on ${platform} is ${use.kind}`);
    return connectPublisher(use.access);
  };
  const publishers = {
    x: await connect('x', connectX(x)),
    linkedin: await connect('linkedin', connectLinkedin(linkedin, platforms.linkedin)),
    youtube: await connect('youtube', connectYoutube(youtube, platforms.youtube)),
    github: await connect('github', connectGithub(environment.GITHUB_API_URL, platforms.github)),
  };
  await database.close();
  return publishers;
}

/** @throws Error if the guild lacks the channel */
async function prepareDiscord(environment: Environment, { platforms }: DistributionSettings) {
  const rest = createDiscordRest(environment);
  const directory = new GuildDirectory(rest, environment.DISCORD_GUILD_ID);
  const place = await directory.channelForMessages(platforms.discord?.channel ?? '');
  if ('kind' in place) throw new Error(place.reason);
  return async ({ id }: BarePost, adapted: AdaptedPost): Promise<string> => {
    const { body } = discordPost(adapted, []);
    const mark = { nonce: nonceOf(id), enforce_nonce: true };
    await rest.post(Routes.channelMessages(place.channelId), { body: { ...body, ...mark } });
    return 'published';
  };
}

function contentOf(post: BarePost) {
  return { words: post.words, isByModel: false, link: null, media: [videoOf(post)] };
}

function videoOf({ id }: BarePost): MediaInfo {
  return {
    ...{ mediaId: mediaIdOf(toPostId(id), 1), kind: 'video', type: 'video/mp4', bytes: VIDEO.length },
    ...{ width: null, height: null, name: 'clip.mp4' },
  };
}

function orderOf({ DISCORD_GUILD_ID }: Environment, { id }: BarePost, post: AdaptedPost): PublishOrder {
  const platform: Platform = post.platform;
  return {
    delivery: { guildId: DISCORD_GUILD_ID, postId: toPostId(id), platform },
    post,
    media: post.media.map((info) => ({
      info,
      read: async (offset, length) => VIDEO.subarray(offset, offset + length),
    })),
    mark: `bare${id}`,
    firstTriedAt: Date.now(),
  };
}

/** How far uploads are is known as long as the activity runs. */
function toolsInMemory(): PublisherTools {
  const uploads = new Map<MediaId, Upload>();
  return {
    uploads: {
      find: async (mediaId) => uploads.get(mediaId),
      save: async (mediaId, upload) => void uploads.set(mediaId, upload),
      forget: async (mediaId) => void uploads.delete(mediaId),
    },
    heartbeat: () => undefined,
    signal: Context.current().cancellationSignal,
    now: Date.now,
  };
}
