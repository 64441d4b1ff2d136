/** Posts as they are looked up: all of them, and where one stands. */

import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { PLATFORM_LABELS, PLATFORMS } from '../domain/platforms.ts';
import { POST_BUTTONS, type PostButton, postButtonId } from '../domain/post-buttons.ts';
import { EDITABLE_PLATFORMS } from '../domain/post-changes.ts';
import { type ListedPost, type PostPage, postListId } from '../domain/post-lists.ts';
import { DECIDABLE, type Delivery, type DeliveryState, type Post, type PostState } from '../domain/posts.ts';
import { COLORS } from './colors.ts';
import { eventMoment } from './events.ts';
import { pageButtons } from './page-buttons.ts';
import { asWritten, cut, mention, timestamp } from './text.ts';

type Message = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'>;

/** What stands on the buttons to the pages beside one. */
const PAGE_LABELS = { before: 'Back', after: 'On' };
const REASON_LENGTH = 400;

/** Where a post stands, in a word or two. */
export const POST_STATES: Readonly<Record<PostState, string>> = {
  draft: 'draft',
  proposed: 'waits for approval',
  scheduled: 'approved',
  publishing: 'being published',
  settled: 'done',
  cancelled: 'called off',
  expired: 'never approved',
};

const MARKS: Readonly<Record<DeliveryState, string>> = {
  waiting: '⏳',
  sending: '📤',
  held: '⏸️',
  account: '🔑',
  failed: '❌',
  published: '✅',
  skipped: '⏭️',
  abandoned: '⌛',
  cancelled: '🚫',
};

/** A page of the posts, the newest first. */
export function postListMessage({ posts, page, pages }: PostPage): Message {
  return {
    embeds: [
      {
        title: 'Posts',
        color: COLORS.blue,
        description:
          cut(posts.map(entryOf).join('\n\n'), DISCORD_LIMITS.embedDescription) ||
          'There is none yet. `/post create` begins one.',
        ...(pages > 1 && { footer: { text: `${page} / ${pages}` } }),
      },
    ],
    components: pageButtons({ page, pages }, PAGE_LABELS, postListId),
  };
}

function entryOf(post: ListedPost): string {
  const { title, state, publishAt, createdBy } = post;
  const when = publishAt === null ? 'as soon as it is approved' : timestamp(publishAt, 'f');
  const by = createdBy === null ? '' : ` · by ${mention(createdBy)}`;
  const platforms = inOrder(post).map(
    ({ platform, state: there }) => `${MARKS[there]} ${PLATFORM_LABELS[platform]}`,
  );
  return [
    `**${asWritten(title)}** · ${POST_STATES[state]}${by}`,
    `${when} · ${platforms.join(' · ') || 'no platform'}`,
  ].join('\n');
}

/** Where a post stands on each of its platforms, and what can be done where it failed. */
export function postStatusMessage(post: ListedPost, reader: { readonly isApprover: boolean }): Message {
  const deliveries = inOrder(post);
  const open = deliveries.filter(({ state }) => DECIDABLE.includes(state));
  return {
    content: `State: ${POST_STATES[post.state]}.`,
    embeds: [statusEmbed(post, deliveries)],
    components: reader.isApprover ? open.map(decisionRow) : [],
  };
}

function statusEmbed(post: Post, deliveries: readonly Delivery[]): APIEmbed {
  return {
    title: cut(asWritten(post.title), DISCORD_LIMITS.embedTitle),
    color: deliveries.some(({ state }) => state === 'failed') ? COLORS.red : COLORS.blue,
    description: cut(deliveries.map(deliveryText).join('\n\n'), DISCORD_LIMITS.embedDescription),
  };
}

function inOrder({ deliveries }: ListedPost): Delivery[] {
  return deliveries.toSorted(
    (one, other) => PLATFORMS.indexOf(one.platform) - PLATFORMS.indexOf(other.platform),
  );
}

/** Where it stands on a platform, why, and what can be done. */
function deliveryText(delivery: Delivery): string {
  const { platform, state, attempt, reason } = delivery;
  const attempts = attempt > 1 ? ` · ${attempt} attempts` : '';
  return [
    `${MARKS[state]} **${PLATFORM_LABELS[platform]}** · ${stateText(delivery)}${attempts}`,
    ...(reason === null || state === 'published' ? [] : [cut(asWritten(reason), REASON_LENGTH)]),
    ...(state === 'account' ? [`To connect it: \`npm run connect -- ${platform}\``] : []),
  ].join('\n');
}

function stateText({ platform, state, until, url, publishedAt }: Delivery): string {
  switch (state) {
    case 'waiting':
      return 'waits for its turn';
    case 'sending':
      return 'on its way';
    case 'held':
      return until === null ? 'waits for the platform' : `waits for the platform until ${eventMoment(until)}`;
    case 'account':
      return 'waits until its account is connected again';
    case 'failed':
      return 'failed: try it again, with other words if need be, or leave it out';
    case 'published':
      return publishedText({ platform, url, publishedAt });
    case 'skipped':
      return 'left out';
    case 'abandoned':
      return 'given up: nobody has decided in time';
    case 'cancelled':
      return 'called off';
  }
}

function publishedText({
  platform,
  url,
  publishedAt,
}: Pick<Delivery, 'platform' | 'url' | 'publishedAt'>): string {
  const when = publishedAt === null ? '' : ` ${timestamp(publishedAt, 'R')}`;
  const where = url === null ? '' : ` · [see it](${url})`;
  return `published${when}${where}${EDITABLE_PLATFORMS.includes(platform) ? '' : ' · cannot be changed any more'}`;
}

const LABELS: Readonly<Record<PostButton, string>> = {
  'post-retry': 'Retry',
  'post-edit-retry': 'Edit and retry',
  'post-skip': 'Skip',
};

function decisionRow(delivery: Delivery): APIActionRowComponent<APIButtonComponent> {
  return {
    type: ComponentType.ActionRow,
    components: buttonsFor(delivery).map((name) => ({
      type: ComponentType.Button as const,
      style: name === 'post-retry' ? ButtonStyle.Primary : ButtonStyle.Secondary,
      custom_id: postButtonId(name, delivery),
      label: `${LABELS[name]} · ${PLATFORM_LABELS[delivery.platform]}`,
    })),
  };
}

/** Other words do not help where it only waits. */
function buttonsFor({ state }: Delivery): readonly PostButton[] {
  return POST_BUTTONS.filter((name) => name !== 'post-edit-retry' || state === 'failed');
}
