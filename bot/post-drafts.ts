/** From the form to a post, or to a change of one. */

import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { findPostDraft, keepPostDraft, makePost } from '../database/post-drafts.ts';
import { usablePlatforms } from '../database/post-previews.ts';
import { configuredPlatforms } from '../domain/distribution.ts';
import { createdAt, type InteractionId, toInteractionId } from '../domain/ids.ts';
import {
  isRefusedPost,
  type NewPostDraft,
  type PostDraftRef,
  type PostRefusal,
  type RefusedPost,
  readPostWords,
  refusePost,
} from '../domain/post-drafts.ts';
import { toPostId } from '../domain/posts.ts';
import { postRefusalText } from '../views/post-answers.ts';
import { postDraftIsGone, postForm, postFormRefused } from '../views/post-drafts.ts';
import { type Answer, answer, update } from './answer.ts';
import type { BotContext } from './context.ts';
import { openForm } from './open-form.ts';
import { changeByForm } from './post-changes.ts';
import {
  draftRefOf,
  problemWithTime,
  type ReadForm,
  readTime,
  type Taking,
  typedIn,
  withForm,
} from './post-forms.ts';
import { readPostOptions } from './post-options.ts';
import { postAnswer } from './post-previews.ts';
import { postRights } from './post-rights.ts';
import { answerUnlessChanged } from './subcommands.ts';

/** Drafts on their way into the database: a form opens before they are there. */
const beingKept = new Map<InteractionId, Promise<unknown>>();

/** `/post create`: what can be refused at once is; otherwise the form opens, and the draft is written down meanwhile. */
export async function beginPost(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<void> {
  const draft = await answerUnlessChanged(async () => readNewPost(interaction, context));
  if (typeof draft === 'string' || isRefusedPost(draft)) {
    const content =
      typeof draft === 'string' ? draft : postRefusalText(draft.refused, context.config.distribution);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
    return;
  }
  const ref = draftRefOf(interaction, toInteractionId(interaction.id), context);
  const kept = keepPostDraft(context.database.em, ref, draft, createdAt(interaction.id)).catch(
    (error: Error) => context.logger.warn({ reason: error.message }, 'the draft of a post could not be kept'),
  );
  beingKept.set(ref.draftId, kept);
  void kept.finally(() => beingKept.delete(ref.draftId));
  await interaction.showModal(postForm(ref.draftId, draft));
}

/** Opens a form again that was refused, with what was typed. */
export function reopenForm(
  interaction: ButtonInteraction,
  draftId: InteractionId,
  context: BotContext,
): Promise<void> {
  return openForm(interaction, context, async () => {
    const draft = await findPostDraft(context.database.em.fork(), draftRefOf(interaction, draftId, context));
    return draft === undefined ? context.config.answers.outdated : postForm(draftId, draft);
  });
}

/** Takes a form. One that was opened from a message which somebody sees alone answers in the place of that. */
export function submitPostForm(
  interaction: ModalSubmitInteraction,
  draftId: InteractionId,
  context: BotContext,
): Promise<void> {
  const work = async () => {
    const given = await takeForm(interaction, draftRefOf(interaction, draftId, context), context);
    return typeof given === 'string' ? { content: given } : given;
  };
  return interaction.isFromMessage() && interaction.message.flags.has(MessageFlags.Ephemeral)
    ? update(interaction, context, work)
    : answer(interaction, context, work);
}

function readNewPost(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): NewPostDraft | RefusedPost {
  if (!postRights(interaction, context).isAuthor) return refusePost({ kind: 'not an author' });
  const said = readPostOptions(interaction, context.config.distribution);
  if (isRefusedPost(said)) return said;
  const time = interaction.options.getString('time') ?? '';
  const saidAt = createdAt(interaction.id);
  const problem = problemWithTime(time, context.config.distribution.timeZone, saidAt);
  if (problem !== undefined) return refusePost(problem);
  const { platforms = null, link = null, media = [] } = said;
  return { for: 'new post', title: '', text: '', hashtags: '', time, saidAt, platforms, link, media };
}

async function takeForm(
  interaction: ModalSubmitInteraction,
  ref: PostDraftRef,
  context: BotContext,
): Promise<Answer> {
  const typed = typedIn(interaction);
  await beingKept.get(ref.draftId);
  const before = await findPostDraft(context.database.em.fork(), ref);
  if (before === undefined) return postDraftIsGone(typed);
  const draft = withForm(before, typed, createdAt(interaction.id));
  const refuse = async (refusal: PostRefusal) => {
    await keepPostDraft(context.database.em, ref, draft, createdAt(interaction.id));
    return postFormRefused(ref.draftId, postRefusalText(refusal, context.config.distribution));
  };
  const words = readPostWords(draft);
  if ('problem' in words) return refuse({ kind: 'words', problem: words.problem });
  const time = await readTime(draft, ref, createdAt(interaction.id), context);
  if (isRefusedPost(time)) return refuse(time.refused);
  return draft.for === 'new post'
    ? make(interaction, ref, { draft, words, publishAt: time.publishAt }, { refuse, context })
    : changeByForm(interaction, ref, { draft, words, publishAt: time.publishAt }, { refuse, context });
}

async function make(
  interaction: ModalSubmitInteraction,
  ref: PostDraftRef,
  { draft, words, publishAt }: ReadForm<NewPostDraft>,
  { refuse, context }: Taking,
): Promise<Answer> {
  const { config, database } = context;
  const { guildId, draftId, memberId } = ref;
  if (!postRights(interaction, context).isAuthor) return refuse({ kind: 'not an author' });
  const configured = configuredPlatforms(config.distribution);
  const platforms = draft.platforms ?? (await usablePlatforms(database.em.fork(), guildId, configured));
  if (platforms.length === 0) return refuse({ kind: 'no platform' });
  const post = { guildId, postId: toPostId(draftId) };
  const { link, media } = draft;
  await makePost(database.em, ref, {
    ...{ ...post, ...words, link, publishAt, platforms, media },
    ...{ createdBy: memberId, madeAt: createdAt(draftId) },
  });
  return postAnswer(interaction, post, context, { revision: 1 });
}
