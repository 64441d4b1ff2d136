/** What staff are told of what they ask for with posts: what became of it, or why it is refused. */

import { ButtonStyle, ComponentType, type RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { configuredPlatforms, type DistributionSettings } from '../domain/distribution.ts';
import { PLATFORM_LABELS, type Platform } from '../domain/platforms.ts';
import { EDITABLE_PLATFORMS } from '../domain/post-changes.ts';
import {
  MOST_MEDIA,
  POST_TEXT_LENGTH,
  POST_TITLE_LENGTH,
  type PostRefusal,
  type PostWordsProblem,
} from '../domain/post-drafts.ts';
import type { Approval, Decision, Delivery, DeliveryState, Post, PostChangeResult } from '../domain/posts.ts';
import { eventMoment } from './events.ts';
import { button } from './post-preview-rows.ts';
import { asWritten, cut } from './text.ts';
import { quoted, timeRefusal } from './times.ts';

type Message = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'>;

const PROBLEMS_LENGTH = 1_500;

/** Why something is refused, and what to do about it. */
export function postRefusalText(refusal: PostRefusal, settings: DistributionSettings): string {
  switch (refusal.kind) {
    case 'not an author':
      return `Posts are written by ${roleNames([...settings.authors, ...settings.approvers])}.`;
    case 'not an approver':
      return `That is for ${roleNames(settings.approvers)}.`;
    case 'not yours':
      return `Only who has written it and ${roleNames(settings.approvers)} can do that.`;
    case 'approvers alone':
      return `What is on its way or published is changed by ${roleNames(settings.approvers)}. Nothing is changed.`;
    case 'no such platform':
      return `There is no platform ${quoted(refusal.named)}. There are ${platformNames(configuredPlatforms(settings))}.`;
    case 'not configured':
      return `${PLATFORM_LABELS[refusal.platform]} is not in the configuration: nothing is posted there. There are ${platformNames(configuredPlatforms(settings))}.`;
    case 'not in this post':
      return `That post does not go to ${PLATFORM_LABELS[refusal.platform]}.`;
    case 'media too large':
      return `The file is larger than ${refusal.mostMb} MB, the most that is taken.`;
    case 'outdated':
      return `The post was changed since you have seen it: this is not what it says now. Look at it with \`/post status\`. Nothing is changed.`;
    case 'time':
      return timeRefusal(refusal.time, refusal.text);
    case 'words':
      return wordsRefusal(refusal.problem);
    default:
      return REFUSALS[refusal.kind];
  }
}

const REFUSALS = {
  'no platform': 'No platform is left: a post has to go somewhere. Name at least one.',
  'bad link':
    'The link must be an address that begins with http:// or https://, with at most 500 characters.',
  'bad media link': 'The address of a medium must begin with http:// or https://.',
  'too many media': `A post has at most ${MOST_MEDIA} pictures, videos and documents.`,
  'no such post': 'There is no such post. Choose one from those that are offered while you type.',
  'not open': 'It was called off, or has ended: there is nothing left to change.',
  'too late':
    'It is on its way, or has ended: it cannot be called off any more. `/post status` says where it stands.',
  'words alone':
    'It is on its way or published: its words alone can still be changed. Leave out the other options.',
  'no change': 'It is like that already.',
} as const;

function wordsRefusal(problem: PostWordsProblem): string {
  switch (problem.kind) {
    case 'title':
      return `The title needs something to read, in at most ${POST_TITLE_LENGTH} characters.`;
    case 'text':
      return `The text needs something to read, in at most ${POST_TEXT_LENGTH} characters.`;
    case 'too many hashtags':
      return 'There are too many hashtags: 30 at most.';
    case 'hashtag':
      return `${quoted(problem.hashtag)} cannot be a hashtag: it has letters, figures and _ alone, and not only figures.`;
  }
}

/** What became of asking for approval, or of giving it. */
export function approvalAnswer(
  { title }: Pick<Post, 'title'>,
  approval: Approval,
  asked: 'proposed' | 'approved',
  settings: DistributionSettings,
): string {
  switch (approval.kind) {
    case 'approved':
      return asked === 'proposed'
        ? `**${asWritten(title)}** waits for approval: staff are asked in their channel.`
        : `**${asWritten(title)}** is approved, and goes out ${approval.publishAt === null ? 'now' : eventMoment(approval.publishAt)}.`;
    case 'changed meanwhile':
      return postRefusalText({ kind: 'outdated', revision: approval.revision }, settings);
    case 'problems':
      return cut(
        ['That has to be mended first:', ...approval.problems.map((problem) => `- ${problem}`)].join('\n'),
        PROBLEMS_LENGTH,
      );
    case 'not open':
      return NOT_OPEN[approval.state] ?? 'It is being published already.';
    case 'no such post':
      return REFUSALS['no such post'];
  }
}

const NOT_OPEN: Readonly<Partial<Record<Post['state'], string>>> = {
  proposed: 'It waits for approval already.',
  scheduled: 'It is approved already.',
  cancelled: 'It was called off.',
  expired: 'Nobody has approved it in time: use `/post create` again.',
};

/** What became of a change, and what follows where the post is published already. */
export function changedAnswer(
  { title }: Pick<Post, 'title'>,
  deliveries: readonly Pick<Delivery, 'platform' | 'state'>[],
): string {
  const published = deliveries.filter(({ state }) => state === 'published').map(({ platform }) => platform);
  const editable = published.filter((platform) => EDITABLE_PLATFORMS.includes(platform));
  const fixed = published.filter((platform) => !EDITABLE_PLATFORMS.includes(platform));
  return [
    `**${asWritten(title)}** is changed.`,
    ...(editable.length > 0 ? [`On ${platformNames(editable)} it is changed too.`] : []),
    ...(fixed.length > 0
      ? [`On ${platformNames(fixed)} it stays as it is: nothing that is published can be changed there.`]
      : []),
    ...(published.length < deliveries.length ? ['What is not out yet says the new words.'] : []),
  ].join(' ');
}

/** Asks whether a post is to be called off. */
export function cancelQuestion(post: Pick<Post, 'postId' | 'revision' | 'title'>): Message {
  return {
    content: `Call off **${asWritten(post.title)}**? It is published nowhere then.`,
    components: [
      {
        type: ComponentType.ActionRow,
        components: [button('post-discard', post, 'Call it off', ButtonStyle.Danger)],
      },
    ],
  };
}

/** What became of calling it off. */
export function cancelledAnswer({ title }: Pick<Post, 'title'>, result: 'cancelled' | 'too late'): string {
  return result === 'cancelled'
    ? `**${asWritten(title)}** is called off. It is published nowhere.`
    : `**${asWritten(title)}** is on its way, or has ended: it cannot be called off any more. \`/post status\` says where it stands.`;
}

/** What became of giving a post back to its writer. */
export function sentBackText({ title, createdBy }: Pick<Post, 'title' | 'createdBy'>, by: string): string {
  const writer = createdBy === null ? 'Whoever approves posts' : `<@${createdBy}>`;
  return `${by} has sent back **${asWritten(title)}**. ${writer} can change it with \`/post edit\`, and ask again.`;
}

/** What became of a decision about what failed on a platform. */
export function decidedAnswer(
  { title }: Pick<Post, 'title'>,
  platform: Platform,
  decision: Decision,
  state: DeliveryState,
): string {
  const what = `**${asWritten(title)}** on ${PLATFORM_LABELS[platform]}`;
  if (state === 'skipped') return `${what} is left out.`;
  return decision === 'retry'
    ? `${what} is tried again. \`/post status\` says what comes of it.`
    : `${what} is not open for that any more.`;
}

/** A decision where there is nothing to decide. */
export function nothingToDecide({ title }: Pick<Post, 'title'>, platform: Platform): string {
  return `**${asWritten(title)}** does not wait for a decision on ${PLATFORM_LABELS[platform]}. \`/post status\` says where it stands.`;
}

function platformNames(platforms: readonly Platform[]): string {
  return platforms.map((platform) => PLATFORM_LABELS[platform]).join(', ');
}

function roleNames(roles: readonly string[]): string {
  return roles.map((name) => `**${asWritten(name)}**`).join(' and ');
}

/** Why a change is not made. */
export function changeRefusal(
  result: Exclude<PostChangeResult, { kind: 'changed' }>,
  settings: DistributionSettings,
): string {
  return postRefusalText(
    result.kind === 'changed meanwhile' ? { kind: 'outdated', revision: result.revision } : result,
    settings,
  );
}

/** To somebody who has changed what somebody else has changed meanwhile. */
export function overtaken({ title }: Pick<Post, 'title'>): string {
  return `Somebody else has changed **${asWritten(title)}** meanwhile. What you wrote is kept, and not taken yet: look at theirs with \`/post status\`; if you send the form again, yours takes its place.`;
}
