/** What staff see of a post before it is published: how it will be on each platform. */

import type { APIEmbed, APIEmbedField, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { AdaptedPost } from '../domain/adaptation.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { PLATFORM_LABELS } from '../domain/platforms.ts';
import type { PlatformPreview, PostPreview, Spending } from '../domain/post-previews.ts';
import type { Post, PostMedium, PostState } from '../domain/posts.ts';
import { COLORS } from './colors.ts';
import { eventMoment } from './events.ts';
import type { TextFile } from './marked-message.ts';
import {
  isPreparing,
  type NotPrepared,
  type PreviewReader,
  previewRows,
  proposalRows,
} from './post-preview-rows.ts';
import {
  adaptationWarning,
  dollars,
  hashtagsText,
  mediumProblem,
  platformProblems,
  postProblems,
} from './post-problems.ts';
import { asWritten, cut, mention } from './text.ts';

/** A message, and a file below it where something is too long for an embed. */
export type PostMessage = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'> & {
  readonly file?: TextFile;
};

/** An embed's parts must not come to more than 6,000 characters together: these do not. */
const ENTRY_LENGTH = 640;
const CHOSEN_LENGTH = 240;
const WARNING_LENGTH = 140;
const FIELD_LENGTH = 700;
const LINK_SHOWN = 300;

/** How a post will be on all platforms, with what its reader can do with it. */
export function previewMessage(
  preview: PostPreview,
  reader: PreviewReader,
  notPrepared?: NotPrepared,
): PostMessage {
  return {
    content: [standing(preview.post), advice(preview, notPrepared)].filter((line) => line !== '').join('\n'),
    embeds: [overviewEmbed(preview)],
    components: previewRows(preview, reader, { notPrepared }),
  };
}

/** The same of one platform: exactly what will be published there. What an embed does not hold is in a file. */
export function platformMessage(
  preview: PostPreview,
  shown: PlatformPreview,
  reader: PreviewReader,
): PostMessage {
  const { platform, text } = shown.adapted;
  const isWhole = displayed(shown.adapted).length <= DISCORD_LIMITS.embedDescription;
  return {
    content: `This is how it will look on **${PLATFORM_LABELS[platform]}**.`,
    embeds: [platformEmbed(shown, preview)],
    components: previewRows(preview, reader, { shown: platform }),
    ...(!isWhole && { file: { name: `${platform}.txt`, text } }),
  };
}

/**
 * A post that waits for approval, as it is shown to staff in their channel.
 *
 * @param by who asks for it; null: nobody, it follows from something else
 */
export function proposalMessage(preview: PostPreview, by: Post['createdBy']): PostMessage {
  return {
    content: by === null ? 'A post waits for approval.' : `${mention(by)} asks for approval of a post.`,
    embeds: [overviewEmbed(preview)],
    components: proposalRows(preview),
  };
}

const STANDINGS: Readonly<Partial<Record<PostState, string>>> = {
  draft: 'This is how it will be. Nobody else sees it yet.',
  proposed: 'It waits for approval: staff are asked in their channel.',
  cancelled: 'It was called off.',
  expired: 'Nobody has approved it in time.',
};

function standing({ state, publishAt, approvedBy }: Post): string {
  if (state !== 'scheduled') return STANDINGS[state] ?? 'It is being published.';
  const by = approvedBy === null ? '' : ` by ${mention(approvedBy)}`;
  return `It is approved${by}, and goes out ${publishAt === null ? 'now' : eventMoment(publishAt)}.`;
}

function advice(preview: PostPreview, notPrepared: NotPrepared | undefined): string {
  if (notPrepared === 'Temporal is away')
    return 'It is kept. What leads it is out of order at the moment; it goes on by itself. Look again later.';
  if (isPreparing(preview, notPrepared)) return 'It is still being prepared: look again in a moment.';
  return postProblems(preview).length === 0
    ? ''
    : 'It cannot be approved before what is marked ⛔ is mended, or that platform is taken out below.';
}

/** A post with a line or more for each platform. */
export function overviewEmbed(preview: PostPreview): APIEmbed {
  const { post, platforms, spending } = preview;
  const entries = platforms.map((one) => cut(entryOf(one, spending), ENTRY_LENGTH)).join('\n\n');
  return {
    title: cut(asWritten(post.title), DISCORD_LIMITS.embedTitle),
    color: postProblems(preview).length === 0 ? COLORS.blue : COLORS.red,
    description: entries || 'It goes to no platform.',
    fields: overviewFields(preview),
  };
}

function entryOf(preview: PlatformPreview, spending: Spending | undefined): string {
  const { adapted, account } = preview;
  return [
    `**${PLATFORM_LABELS[adapted.platform]}** · ${cut(chosen(adapted).join(' · '), CHOSEN_LENGTH)}`,
    ...platformProblems(preview, spending).map((problem) => `⛔ ${problem}`),
    ...(account === 'expired' ? ['⚠️ Its account has to be connected again: until then it waits.'] : []),
    ...adapted.warnings.map((warning) => cut(`⚠️ ${adaptationWarning(warning)}`, WARNING_LENGTH)),
  ].join('\n');
}

/** What is chosen for a platform, beside the text. */
function chosen({ length, left, media, hashtags, cost }: AdaptedPost): string[] {
  return [
    `${length} of ${length + left} characters, ${left} left`,
    ...(media.length === 0 ? [] : [media.map(({ kind }) => kind).join(', ')]),
    ...(hashtags.length === 0 ? [] : [hashtagsText(hashtags)]),
    ...(cost === 0 ? [] : [dollars(cost)]),
  ];
}

function overviewFields({ post, platforms, spending }: PostPreview): APIEmbedField[] {
  const { publishAt, link, media } = post;
  const costs = platforms.find(({ adapted }) => adapted.platform === 'x')?.adapted.cost ?? 0;
  return [
    { name: 'Goes out', value: publishAt === null ? 'as soon as it is approved' : eventMoment(publishAt) },
    ...(link === null ? [] : [{ name: 'Link', value: linkText(link, platforms) }]),
    ...(media.length === 0
      ? []
      : [{ name: 'Media', value: cut(media.map(mediumLine).join('\n'), FIELD_LENGTH) }]),
    ...(spending === undefined ? [] : [{ name: 'Costs on X', value: spendingText(costs, spending) }]),
  ];
}

/** Where it leads, and where one of ours that leads there stands in its place. */
function linkText(link: string, platforms: readonly PlatformPreview[]): string {
  const others = platforms.filter(({ adapted }) => adapted.link !== link);
  const names = others.map(({ adapted }) => PLATFORM_LABELS[adapted.platform]).join(', ');
  const shown = cut(link, LINK_SHOWN);
  return names === ''
    ? shown
    : `${shown}\nBy a link of ours, which leads on and counts clicks once the post is sent: ${names}`;
}

function spendingText(cost: number, { spent, budget }: Spending): string {
  return `${dollars(cost)}. This month ${dollars(spent)} of ${dollars(budget)} are spent.`;
}

function mediumLine(medium: PostMedium): string {
  switch (medium.state) {
    case 'waiting':
      return `${cut(asWritten(medium.source), LINK_SHOWN)}: is being fetched`;
    case 'refused':
      return `⛔ ${mediumProblem(medium)}`;
    case 'ready':
      return `${asWritten(medium.name)}: ${medium.kind}${sizeOf(medium)}`;
  }
}

function sizeOf({ width, height }: Extract<PostMedium, { state: 'ready' }>): string {
  return width === null || height === null ? '' : `, ${width} × ${height}`;
}

function platformEmbed(preview: PlatformPreview, { post, spending }: PostPreview): APIEmbed {
  const { adapted } = preview;
  const { platform, title } = adapted;
  return {
    author: { name: PLATFORM_LABELS[platform] },
    ...(title !== '' && { title: cut(asWritten(title), DISCORD_LIMITS.embedTitle) }),
    description: cut(displayed(adapted), DISCORD_LIMITS.embedDescription),
    color: platformProblems(preview, spending).length === 0 ? COLORS.blue : COLORS.red,
    fields: [{ name: 'Beside it', value: cut(besideIt(preview, spending), DISCORD_LIMITS.embedFieldValue) }],
    ...pictureOf(adapted, post),
  };
}

/** On Discord members read it as Discord shows it; elsewhere every character is what it is. */
function displayed({ platform, text }: AdaptedPost): string {
  return platform === 'discord' ? text : asWritten(text);
}

function besideIt(preview: PlatformPreview, spending: Spending | undefined): string {
  const entry = entryOf(preview, spending);
  return entry.slice(entry.indexOf(' · ') + ' · '.length);
}

/** The first picture that goes with it. */
function pictureOf({ media }: AdaptedPost, post: Post): Pick<APIEmbed, 'image'> {
  const picture = media.find(({ kind }) => kind === 'image' || kind === 'gif');
  const url = post.media.find(({ mediaId }) => mediaId === picture?.mediaId)?.source;
  return url === undefined ? {} : { image: { url } };
}
