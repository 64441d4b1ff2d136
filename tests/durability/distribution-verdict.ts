/** Where posts stand after a run: as the platforms say it, and as staff are shown it. */

import type { APIMessage } from 'discord-api-types/v10';
import { deliveriesOf } from '../../database/posts.ts';
import {
  ACCOUNT_PLATFORMS,
  type AccountPlatform,
  PLATFORM_LABELS,
  PLATFORMS,
  type Platform,
} from '../../domain/platforms.ts';
import { postButtonId } from '../../domain/post-buttons.ts';
import type { Delivery, PostRef } from '../../domain/posts.ts';
import { carriesMarker } from '../../views/marked-message.ts';
import { messagesIn } from '../support/on-discord.ts';
import type { Product } from './product.ts';
import type { Publishing } from './publishing.ts';

/** A post by what nothing else on a platform has in it. */
export interface ChaosPost extends PostRef {
  readonly title: string;
  /** In its text. */
  readonly mark: string;
}

/** A post that waits for a person on a platform. */
export interface WaitingDelivery {
  readonly delivery: Delivery;
  readonly reason: string;
  /** Whether it is there all the same: nobody could tell. */
  readonly isThere: boolean;
}

/** How posts stand. */
export interface DistributionVerdict {
  /** Posts, times platforms. */
  readonly due: number;
  readonly published: number;
  readonly waiting: readonly WaitingDelivery[];
  /** Neither published nor waiting for a person who can see it; or not linked to. */
  readonly lost: readonly string[];
  readonly twice: readonly string[];
}

/** What there is to publish on, and where it is looked at. */
export type PublishingProduct = Product & { readonly publishing: Publishing };

/** How it stands by now. */
export async function judgeDistribution(
  product: PublishingProduct,
  posts: readonly ChaosPost[],
): Promise<DistributionVerdict> {
  const { distribution } = product.config;
  const [texts, links, staff] = await Promise.all([
    readTexts(product),
    messagesIn(product, distribution.crossPostChannel),
    messagesIn(product, distribution.staffChannel),
  ]);
  const deliveries = await readDeliveries(product, posts);
  const stands = posts.flatMap((post) =>
    PLATFORMS.map((platform) => {
      const delivery = deliveries.get(post)?.find((one) => one.platform === platform);
      const times = texts[platform].filter((text) => text.includes(post.mark)).length;
      const isShown = delivery !== undefined && isShownToStaff(delivery, staff);
      return {
        what: `${post.title} on ${PLATFORM_LABELS[platform]}`,
        post,
        platform,
        delivery,
        times,
        isShown,
      };
    }),
  );
  const crossPosts = posts.map((post) => {
    const published = (deliveries.get(post) ?? []).filter(({ state }) => state === 'published');
    return judgeCrossPost(post, published, links);
  });
  return {
    due: stands.length,
    published: stands.filter(({ times, delivery }) => times === 1 && delivery?.state === 'published').length,
    waiting: stands.flatMap(({ delivery, times, isShown }) =>
      delivery !== undefined && isShown
        ? [{ delivery, reason: delivery.reason ?? '', isThere: times > 0 }]
        : [],
    ),
    lost: [
      ...stands
        .filter((one) => !one.isShown && (one.times === 0 || one.delivery?.state !== 'published'))
        .map(({ what, delivery, times }) => `${what}: ${delivery?.state}, there ${times} times`),
      ...crossPosts.flatMap(({ lost }) => lost),
    ],
    twice: [
      ...stands.filter(({ times }) => times > 1).map(({ what, times }) => `${what}, ${times} times`),
      ...crossPosts.flatMap(({ twice }) => twice),
    ],
  };
}

/** Whether nothing was lost, and nothing published twice. */
export function isNothingLostOrTwice({ lost, twice }: DistributionVerdict): boolean {
  return lost.length === 0 && twice.length === 0;
}

/** How often staff were told that a platform's account has to be connected again. */
export async function countExpiredNotices(
  product: Product,
): Promise<Readonly<Record<AccountPlatform, number>>> {
  const staff = await messagesIn(product, product.config.distribution.staffChannel);
  const count = (platform: AccountPlatform) =>
    staff.filter((message) => isExpiredNotice(message, platform)).length;
  return Object.fromEntries(ACCOUNT_PLATFORMS.map((platform) => [platform, count(platform)])) as Record<
    AccountPlatform,
    number
  >;
}

function isExpiredNotice({ embeds: [embed] }: APIMessage, platform: Platform): boolean {
  return embed?.title === `${PLATFORM_LABELS[platform]}: connect it again`;
}

/** Whether a message tells staff what a delivery waits for: with its buttons, or that the account has to be connected. */
function isShownToStaff({ state, ...delivery }: Delivery, staff: readonly APIMessage[]): boolean {
  if (state === 'account') return staff.some((message) => isExpiredNotice(message, delivery.platform));
  if (state !== 'failed') return false;
  const button = postButtonId('post-retry', delivery);
  const shown = staff.filter((message) => carriesMarker(message, button));
  return shown.length === 1 && shown.every(({ components = [] }) => components.length > 0);
}

function judgeCrossPost(
  { title }: ChaosPost,
  published: readonly Delivery[],
  messages: readonly APIMessage[],
): { lost: string[]; twice: string[] } {
  const found = messages.filter(({ embeds: [embed] }) => embed?.title === title);
  const isDue = published.some(({ platform }) => platform !== 'discord');
  const description = found[0]?.embeds[0]?.description ?? '';
  const unlinked = published.filter(({ url }) => url === null || !description.includes(url));
  return {
    lost:
      isDue && unlinked.length > 0
        ? [`${title}: no link to ${unlinked.map(({ platform }) => platform).join(', ')}`]
        : [],
    twice: found.length > 1 ? [`${title}: linked to by ${found.length} messages`] : [],
  };
}

/** The texts of all that is published on each platform, as the platform itself says it. */
async function readTexts(product: PublishingProduct): Promise<Readonly<Record<Platform, readonly string[]>>> {
  const { publishing, config } = product;
  const channel = config.distribution.platforms.discord?.channel ?? '';
  const [messages, onGithub] = await Promise.all([
    messagesIn(product, channel),
    publishing.github.control.getPosts({}),
  ]);
  const on = async (platform: 'x' | 'linkedin' | 'youtube') =>
    (await publishing.platforms.control.getPosts({ platform })).posts.map(({ text }) => text);
  return {
    discord: messages.map(({ content }) => content),
    x: await on('x'),
    linkedin: await on('linkedin'),
    youtube: await on('youtube'),
    github: onGithub.posts.map(({ text }) => text),
  };
}

async function readDeliveries(
  { database }: Product,
  posts: readonly ChaosPost[],
): Promise<ReadonlyMap<ChaosPost, readonly Delivery[]>> {
  const found = new Map<ChaosPost, readonly Delivery[]>();
  for (const post of posts) found.set(post, await deliveriesOf(database.em.fork(), post));
  return found;
}
