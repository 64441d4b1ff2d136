/** What members and staff read of a post that is being published. */

import {
  type APIButtonComponent,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { AdaptedPost } from '../domain/adaptation.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { DistributionSettings } from '../domain/distribution.ts';
import { toDuration } from '../domain/duration.ts';
import { PLATFORM_LABELS, PLATFORMS, type Platform } from '../domain/platforms.ts';
import { type PostButton, postButtonId } from '../domain/post-buttons.ts';
import type { DeliveryFailure, FailureOutcome, PlatformEdit } from '../domain/post-deliveries.ts';
import type { Delivery, Post } from '../domain/posts.ts';
import { markedEmbed } from './embed.ts';
import type { ByteFile, MarkedMessage } from './marked-message.ts';
import { asWritten, cut, mention, type TextContext } from './text.ts';

/** A reason comes from a platform, and may be long. */
const REASON_LENGTH = 500;
const DAY_MS = 86_400_000;

const BUTTONS: Readonly<
  Record<PostButton, readonly [ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger, string]>
> = {
  'post-retry': [ButtonStyle.Primary, 'Retry'],
  'post-edit-retry': [ButtonStyle.Secondary, 'Edit and retry'],
  'post-skip': [ButtonStyle.Danger, 'Skip'],
};

/** What a text of the configuration about posts is made of. */
interface Texts {
  readonly settings: DistributionSettings;
  readonly context: TextContext;
}

/** A post on Discord. Nobody is notified by it. It is found again by its text. */
export function discordPost({ text }: Pick<AdaptedPost, 'text'>, media: readonly ByteFile[]): MarkedMessage {
  const content = text.trim();
  return { marker: content, body: { content, allowed_mentions: { parse: [] } }, media };
}

/** That a post is out, with a link to each place where it is. */
export function crossPostMessage(
  post: Pick<Post, 'title'>,
  deliveries: readonly Pick<Delivery, 'platform' | 'url'>[],
  mark: string,
  texts: Texts,
): MarkedMessage {
  const links = PLATFORMS.flatMap((platform) => {
    const url = deliveries.find((delivery) => delivery.platform === platform)?.url;
    return url == null ? [] : [`[${PLATFORM_LABELS[platform]}](${url})`];
  });
  const embed = embedOf('crossPost', 'green', { title: asWritten(post.title) }, mark, texts);
  const description = cut(`${embed.description}\n${links.join(' · ')}`, DISCORD_LIMITS.embedDescription);
  return quiet(mark, {
    embeds: [{ ...embed, title: cut(post.title, DISCORD_LIMITS.embedTitle), description }],
  });
}

/** That a post could not be published on a platform, and what became of that. Where it is open, with buttons to decide it. */
export function failureMessage(
  post: Pick<Post, 'title'>,
  { delivery, attempt, reason }: DeliveryFailure,
  outcome: FailureOutcome,
  texts: Texts,
): MarkedMessage {
  const { platform, postId } = delivery;
  const failed = { postId, platform, attempt };
  const marker = postButtonId('post-retry', failed);
  const isOpen = outcome.kind === 'open';
  const values = {
    title: asWritten(post.title),
    platform: PLATFORM_LABELS[platform],
    failure: short(reason),
  };
  const embed = {
    ...embedOf('failed', isOpen ? 'red' : 'grey', values, marker, texts),
    title: `${PLATFORM_LABELS[platform]}: ${headline(outcome)}`,
    fields: isOpen ? [] : [{ name: 'Since then', value: whatBecame(outcome) }],
  };
  const buttons = Object.keys(BUTTONS) as PostButton[];
  const row = {
    type: ComponentType.ActionRow as const,
    components: buttons.map((button) => toButton(button, postButtonId(button, failed))),
  };
  return quiet(marker, { embeds: [embed], components: isOpen ? [row] : [] });
}

function toButton(button: PostButton, customId: string): APIButtonComponent {
  const [style, label] = BUTTONS[button];
  return { type: ComponentType.Button, style, label, custom_id: customId };
}

function headline(outcome: FailureOutcome): string {
  switch (outcome.kind) {
    case 'open':
      return 'not published';
    case 'decided':
      return outcome.decision === 'retry' ? 'tried again' : 'skipped';
    case 'published':
      return 'published after all';
    case 'abandoned':
      return 'abandoned';
  }
}

function whatBecame(outcome: Exclude<FailureOutcome, { kind: 'open' }>): string {
  switch (outcome.kind) {
    case 'decided': {
      const by = outcome.by === null ? 'an operator' : mention(outcome.by);
      return `${outcome.decision === 'retry' ? 'Retried' : 'Skipped'} by ${by}`;
    }
    case 'published':
      return `Published: ${outcome.url}`;
    case 'abandoned':
      return `Abandoned: nobody has decided within ${inDays(outcome.withinMs)}`;
  }
}

/** That nobody has decided in time, and so a post is not published on a platform. */
export function abandonedMessage(
  post: Pick<Post, 'title'>,
  { platform }: { readonly platform: Platform },
  withinMs: number,
  mark: string,
  texts: Texts,
): MarkedMessage {
  const label = PLATFORM_LABELS[platform];
  const values = { title: asWritten(post.title), platform: label, within: inDays(withinMs) };
  const embed = { ...embedOf('abandoned', 'red', values, mark, texts), title: `${label}: abandoned` };
  return quiet(mark, { embeds: [embed] });
}

/** That an account has to be connected again. */
export function accountExpiredMessage(
  platform: Platform,
  reason: string,
  mark: string,
  texts: Texts,
): MarkedMessage {
  const label = PLATFORM_LABELS[platform];
  const values = { platform: label, failure: short(reason) };
  const embed = {
    ...embedOf('accountExpired', 'red', values, mark, texts),
    title: `${label}: connect it again`,
  };
  return quiet(mark, { embeds: [embed] });
}

/** Where a change of what is published was made, and where it could not be. */
export function postEditedMessage(
  post: Pick<Post, 'title'>,
  edits: readonly PlatformEdit[],
  mark: string,
  { settings, context }: Texts,
): MarkedMessage {
  const isDone = edits.every(({ outcome }) => outcome.kind === 'edited');
  const template = {
    title: 'Changed',
    description: '',
    color: isDone ? 'green' : 'gold',
    fields: [],
  } as const;
  const embed = {
    ...markedEmbed({ ...template, link: settings.link }, mark, context),
    description: [`**${asWritten(post.title)}**`, ...edits.map(editLine)].join('\n'),
  };
  return quiet(mark, { embeds: [embed] });
}

function editLine({ platform, outcome }: PlatformEdit): string {
  const label = PLATFORM_LABELS[platform];
  switch (outcome.kind) {
    case 'edited':
    case 'up to date':
      return `✅ ${label}: says it now`;
    case 'rate-limited':
      return `⛔ ${label}: says what it said before; its limit is reached`;
    default:
      return `⛔ ${label}: says what it said before: ${short(outcome.reason)}`;
  }
}

/** What became of a proposal that is not open any more: `closed` stands in place of its buttons. */
export function closedProposal(post: Post, revision: number): RESTPostAPIChannelMessageJSONBody {
  const by = post.approvedBy === null ? '' : ` by ${mention(post.approvedBy)}`;
  const isApproved =
    post.revision === revision && ['scheduled', 'publishing', 'settled'].includes(post.state);
  const content = isApproved
    ? `**${asWritten(post.title)}** was approved${by}.`
    : `**${asWritten(post.title)}** is not proposed any more: ${WHY_CLOSED[post.state] ?? 'it was changed since'}.`;
  return { content: cut(content, DISCORD_LIMITS.message), components: [], allowed_mentions: { parse: [] } };
}

const WHY_CLOSED: Readonly<Partial<Record<Post['state'], string>>> = {
  draft: 'it is a draft again',
  cancelled: 'it was called off',
  expired: 'nobody has approved it in time',
};

function embedOf(
  text: keyof DistributionSettings['texts'],
  color: 'green' | 'red' | 'grey',
  values: Readonly<Record<string, string>>,
  mark: string,
  { settings, context }: Texts,
): APIEmbed {
  const template = { title: '', description: settings.texts[text], color, link: settings.link, fields: [] };
  return markedEmbed(template, mark, { ...context, values: { ...context.values, ...values } });
}

function short(reason: string): string {
  return cut(asWritten(reason), REASON_LENGTH);
}

function inDays(ms: number): string {
  return ms % DAY_MS === 0 ? `${ms / DAY_MS} days` : toDuration(ms);
}

/** A message that notifies nobody. */
function quiet(marker: string, body: RESTPostAPIChannelMessageJSONBody): MarkedMessage {
  return { marker, body: { ...body, allowed_mentions: { parse: [] } } };
}
