/** Changes of posts: the form that opens for them, and what comes of it. */

import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { timeZoneOf } from '../database/event-preferences.ts';
import { changePost } from '../database/post-changes.ts';
import { discardPostDraft, keepPostDraft } from '../database/post-drafts.ts';
import { ownWords } from '../domain/adaptation.ts';
import { shortWallClock } from '../domain/event-time.ts';
import { createdAt, toInteractionId, toMemberId } from '../domain/ids.ts';
import { isPlatform, type Platform } from '../domain/platforms.ts';
import type { FailedAttempt } from '../domain/post-buttons.ts';
import { isSameWords } from '../domain/post-changes.ts';
import type { SeenPost } from '../domain/post-draft-buttons.ts';
import {
  type ChangeDraft,
  isRefusedPost,
  type PostDraftRef,
  type RefusedPost,
  refusalToChange,
  refusePost,
  typedHashtags,
} from '../domain/post-drafts.ts';
import type { ListedPost } from '../domain/post-lists.ts';
import { type Delivery, type PostChange, type PostId, UNPUBLISHED } from '../domain/posts.ts';
import { changedAnswer, nothingToDecide, overtaken, postRefusalText } from '../views/post-answers.ts';
import { postForm, postFormRefused } from '../views/post-drafts.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { ComponentInteraction } from './feature.ts';
import { openForm } from './open-form.ts';
import { findPostById, retry } from './post-decisions.ts';
import { draftRefOf, type ReadForm, type Taking } from './post-forms.ts';
import { readPostOption, readPostOptions } from './post-options.ts';
import { postAnswer } from './post-previews.ts';
import { postRights } from './post-rights.ts';
import { answerUnlessChanged } from './subcommands.ts';

type Opening = ChatInputCommandInteraction | ComponentInteraction;

/** `/post edit`: opens the form with the words, and keeps what else was said until it is sent. */
export function editPost(interaction: ChatInputCommandInteraction, context: BotContext): Promise<void> {
  return openForm(interaction, context, () =>
    answerUnlessChanged(async () => {
      const { distribution } = context.config;
      const post = await changeable(interaction, readPostOption(interaction), context);
      if (isRefusedPost(post)) return postRefusalText(post.refused, distribution);
      const change = readPostOptions(interaction, distribution);
      if (isRefusedPost(change)) return postRefusalText(change.refused, distribution);
      const time = interaction.options.getString('time');
      const isMore = time !== null || Object.keys(change).length > 0;
      if (isMore && !UNPUBLISHED.includes(post.state))
        return postRefusalText({ kind: 'words alone' }, distribution);
      return changeForm(interaction, { post, change, ...(time !== null && { time }) }, context);
    }),
  );
}

/** The form for all platforms, from below what somebody has seen. */
export function editSeen(interaction: ButtonInteraction, seen: SeenPost, context: BotContext): Promise<void> {
  return openForm(interaction, context, async () => {
    const post = await changeable(interaction, seen.postId, context, seen.revision);
    return isRefusedPost(post)
      ? postRefusalText(post.refused, context.config.distribution)
      : changeForm(interaction, { post }, context);
  });
}

/** The form for one platform that was chosen in a menu. */
export function editForOne(
  interaction: StringSelectMenuInteraction,
  seen: SeenPost,
  context: BotContext,
): Promise<void> {
  return openForm(interaction, context, async () => {
    const post = await changeable(interaction, seen.postId, context, seen.revision);
    if (isRefusedPost(post)) return postRefusalText(post.refused, context.config.distribution);
    const platform = interaction.values.find(isPlatform);
    return platform === undefined
      ? context.config.answers.outdated
      : changeForm(interaction, { post, platform }, context);
  });
}

/** The form for a platform on which it failed. It is tried again with what is written there. */
export function editAndRetry(
  interaction: ButtonInteraction,
  { postId, platform, attempt }: FailedAttempt,
  context: BotContext,
): Promise<void> {
  return openForm(interaction, context, async () => {
    const post = await changeable(interaction, postId, context);
    if (isRefusedPost(post)) return postRefusalText(post.refused, context.config.distribution);
    const delivery = deliveryOn(post, platform);
    return delivery?.state === 'failed' && delivery.attempt === attempt
      ? changeForm(interaction, { post, platform, isRetried: true }, context)
      : nothingToDecide(post, platform);
  });
}

/** Makes the change that a form says, and says what follows. */
export async function changeByForm(
  interaction: ModalSubmitInteraction,
  ref: PostDraftRef,
  form: ReadForm<ChangeDraft>,
  { refuse, context }: Taking,
): Promise<Answer> {
  const { draft } = form;
  const post = await changeable(interaction, draft.postId, context);
  if (isRefusedPost(post)) return refuse(post.refused);
  const { memberId: by, isApprover } = postRights(interaction, context);
  const request = { by, isApprover, seen: draft.revision, requestId: toInteractionId(interaction.id) };
  const result = await changePost(context.database.em, post, changeIn(form, post), request);
  switch (result.kind) {
    case 'changed':
      await discardPostDraft(context.database.em.fork(), ref);
      return changed(interaction, draft, post, result.revision, context);
    case 'no change':
      // Who tries again with the same words means that.
      return draft.isRetried
        ? changed(interaction, draft, post, draft.revision, context)
        : refuse({ kind: 'no change' });
    case 'changed meanwhile': {
      const overtaking = { ...draft, revision: result.revision };
      await keepPostDraft(context.database.em, ref, overtaking, createdAt(interaction.id));
      return postFormRefused(ref.draftId, overtaken(post));
    }
    default:
      return refuse(result);
  }
}

async function changed(
  interaction: ModalSubmitInteraction,
  { platform, isRetried }: ChangeDraft,
  post: ListedPost,
  revision: number,
  context: BotContext,
): Promise<Answer> {
  if (isRetried && platform !== null) return retry(interaction, post, platform, context);
  if (UNPUBLISHED.includes(post.state)) return postAnswer(interaction, post, context, { revision });
  const affected = platform === null ? post.deliveries : [deliveryOn(post, platform)];
  return {
    content: changedAnswer(
      post,
      affected.filter((delivery) => delivery !== undefined),
    ),
  };
}

/** Words for one platform that are those for all are not kept for it. */
function changeIn({ draft, words, publishAt }: ReadForm<ChangeDraft>, post: ListedPost): PostChange {
  const { platform, change, known } = draft;
  if (platform !== null)
    return { platformWords: { platform, words: isSameWords(words, post) ? null : words } };
  return { ...change, words, ...(known !== null && { publishAt }) };
}

/** What somebody asks to change, before the form opens. */
interface AskedChange {
  readonly post: ListedPost;
  readonly platform?: Platform;
  readonly change?: ChangeDraft['change'];
  /** As it was typed with the command. */
  readonly time?: string;
  readonly isRetried?: boolean;
}

async function changeForm(
  interaction: Opening,
  asked: AskedChange,
  context: BotContext,
): Promise<APIModalInteractionResponseCallbackData | string> {
  const { post, platform = null, change = {}, isRetried = false } = asked;
  const { postId, revision } = post;
  if (platform !== null && deliveryOn(post, platform) === undefined)
    return postRefusalText({ kind: 'not in this post', platform }, context.config.distribution);
  const { title, text, hashtags } = wordsOn(post, platform);
  const known = platform === null ? await knownTime(interaction, post, context) : null;
  const draft: ChangeDraft = {
    ...{ for: 'change', postId, revision, platform, change, known, isRetried },
    ...{ title, text, hashtags: typedHashtags(hashtags), time: asked.time ?? known?.text ?? '' },
  };
  const ref = draftRefOf(interaction, toInteractionId(interaction.id), context);
  await keepPostDraft(context.database.em, ref, draft, createdAt(interaction.id));
  return postForm(ref.draftId, draft);
}

function wordsOn(post: ListedPost, platform: Platform | null) {
  if (platform === null) return post;
  return ownWords(post, deliveryOn(post, platform)?.words ?? null) ?? post;
}

function deliveryOn({ deliveries }: ListedPost, platform: Platform): Delivery | undefined {
  return deliveries.find((delivery) => delivery.platform === platform);
}

/** When it goes out, by the clocks of whoever changes it; null once it is on its way. */
async function knownTime(
  { user }: Opening,
  { state, publishAt: at }: ListedPost,
  context: BotContext,
): Promise<ChangeDraft['known']> {
  if (!UNPUBLISHED.includes(state)) return null;
  if (at === null) return { at, text: '' };
  const { config, database, environment } = context;
  const zone = await timeZoneOf(database.em.fork(), environment.DISCORD_GUILD_ID, toMemberId(user.id));
  return { at, text: shortWallClock(at, zone ?? config.distribution.timeZone) };
}

/**
 * The post, if whoever acts may change it and it is open.
 *
 * @param seen the revision that they have seen, if they act on that
 */
async function changeable(
  interaction: Opening | ModalSubmitInteraction,
  postId: PostId | undefined,
  context: BotContext,
  seen?: number,
): Promise<ListedPost | RefusedPost> {
  const post = await findPostById(postId, context);
  if (post === undefined) return refusePost({ kind: 'no such post' });
  const refused = refusalToChange(post, postRights(interaction, context));
  if (refused !== undefined) return refusePost(refused);
  const isOver = post.state === 'cancelled' || post.state === 'expired';
  if (isOver) return refusePost({ kind: 'not open' });
  return seen === undefined || seen === post.revision
    ? post
    : refusePost({ kind: 'outdated', revision: post.revision });
}
