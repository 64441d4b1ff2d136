/** How a post will be, and what is pressed below that. */

import { type ButtonInteraction, MessageFlags, type StringSelectMenuInteraction } from 'discord.js';
import { changePost, sendPostBack } from '../database/post-changes.ts';
import { findListedPost } from '../database/post-lists.ts';
import { readPostPreview } from '../database/post-previews.ts';
import { configuredPlatforms } from '../domain/distribution.ts';
import { createdAt, toInteractionId } from '../domain/ids.ts';
import { isPlatform } from '../domain/platforms.ts';
import type { SeenPost } from '../domain/post-draft-buttons.ts';
import { type PostRefusal, refusalToChange } from '../domain/post-drafts.ts';
import type { PostPreview } from '../domain/post-previews.ts';
import { type PostRef, UNPUBLISHED } from '../domain/posts.ts';
import {
  approvalAnswer,
  cancelledAnswer,
  changeRefusal,
  postRefusalText,
  sentBackText,
} from '../views/post-answers.ts';
import { postStatusMessage } from '../views/post-lists.ts';
import type { PreviewReader } from '../views/post-preview-rows.ts';
import { overviewEmbed, type PostMessage, platformMessage, previewMessage } from '../views/posts.ts';
import { mention } from '../views/text.ts';
import { type Answer, answer, update } from './answer.ts';
import type { BotContext } from './context.ts';
import type { ComponentInteraction } from './feature.ts';
import { postRights } from './post-rights.ts';
import { requestApproval, requestCancel, untilPrepared } from './post-workflow.ts';

type Acting = Parameters<typeof postRights>[0];

/**
 * How a post will be, or where it stands once it is on its way, for whoever acts.
 *
 * @param prepared waits until that revision can be seen as it will be
 */
export async function postAnswer(
  interaction: Acting,
  ref: PostRef,
  context: BotContext,
  prepared?: { readonly revision: number },
): Promise<Answer> {
  const { config, database } = context;
  const waited =
    prepared === undefined
      ? 'prepared'
      : await untilPrepared(ref, prepared.revision, interaction.id, context);
  const preview = await readPreview(interaction, ref, context);
  if (preview === undefined) return postRefusalText({ kind: 'no such post' }, config.distribution);
  if (UNPUBLISHED.includes(preview.post.state))
    return toAnswer(
      previewMessage(preview, readerOf(interaction, context), waited === 'prepared' ? undefined : waited),
    );
  const post = await findListedPost(database.em.fork(), ref);
  return post === undefined
    ? postRefusalText({ kind: 'no such post' }, config.distribution)
    : postStatusMessage(post, postRights(interaction, context));
}

/** Looks again: somebody has waited for the media, or for what was out of order. */
export function lookAgain(
  interaction: ButtonInteraction,
  seen: SeenPost,
  context: BotContext,
): Promise<void> {
  return update(interaction, context, () =>
    ifAuthor(interaction, context, () => postAnswer(interaction, refOf(seen, context), context, seen)),
  );
}

/** Shows one platform, or all together. What stands in a channel for all stays as it is. */
export function lookAt(
  interaction: StringSelectMenuInteraction,
  seen: SeenPost,
  context: BotContext,
): Promise<void> {
  return inPlaceOrBeside(interaction, context, () =>
    ifAuthor(interaction, context, async () => {
      const preview = await readPreview(interaction, refOf(seen, context), context);
      if (preview === undefined)
        return postRefusalText({ kind: 'no such post' }, context.config.distribution);
      const reader = readerOf(interaction, context);
      const shown = preview.platforms.find(({ adapted }) => adapted.platform === interaction.values[0]);
      return toAnswer(
        shown === undefined ? previewMessage(preview, reader) : platformMessage(preview, shown, reader),
      );
    }),
  );
}

/** Sends a post to other platforms than before. */
export function choosePlatforms(
  interaction: StringSelectMenuInteraction,
  seen: SeenPost,
  context: BotContext,
): Promise<void> {
  return update(interaction, context, () =>
    ifMayChange(interaction, seen, context, async () => {
      const rights = postRights(interaction, context);
      const result = await changePost(
        context.database.em,
        refOf(seen, context),
        { platforms: interaction.values.filter(isPlatform) },
        {
          by: rights.memberId,
          isApprover: rights.isApprover,
          seen: seen.revision,
          requestId: toInteractionId(interaction.id),
        },
      );
      return result.kind === 'changed'
        ? postAnswer(interaction, refOf(seen, context), context, result)
        : changeRefusal(result, context.config.distribution);
    }),
  );
}

/** Approves what somebody has seen. */
export function approve(interaction: ButtonInteraction, seen: SeenPost, context: BotContext): Promise<void> {
  return update(interaction, context, () =>
    ifApprover(interaction, context, () => decide(interaction, 'approved', seen, context)),
  );
}

/** Asks for approval of what somebody has seen. */
export function propose(interaction: ButtonInteraction, seen: SeenPost, context: BotContext): Promise<void> {
  return update(interaction, context, () =>
    ifMayChange(interaction, seen, context, () => decide(interaction, 'proposed', seen, context)),
  );
}

/** Gives a post back to its writer. */
export function sendBack(interaction: ButtonInteraction, seen: SeenPost, context: BotContext): Promise<void> {
  return update(interaction, context, () =>
    ifApprover(interaction, context, async () => {
      const ref = refOf(seen, context);
      const requestId = toInteractionId(interaction.id);
      const result = await sendPostBack(context.database.em, ref, { seen: seen.revision, requestId });
      if (result.kind !== 'sent back') return changeRefusal(result, context.config.distribution);
      const preview = await readPreview(interaction, ref, context);
      if (preview === undefined) return context.config.answers.outdated;
      return decided(preview, sentBackText(preview.post, mention(postRights(interaction, context).memberId)));
    }),
  );
}

/** Calls off what somebody has seen. */
export function discard(interaction: ButtonInteraction, seen: SeenPost, context: BotContext): Promise<void> {
  return update(interaction, context, () =>
    ifMayChange(interaction, seen, context, async (preview) => {
      if (preview.post.revision !== seen.revision)
        return refuse({ kind: 'outdated', revision: preview.post.revision }, context);
      const { memberId } = postRights(interaction, context);
      const result = await requestCancel(refOf(seen, context), memberId, interaction.id, context);
      return { content: cancelledAnswer(preview.post, result) };
    }),
  );
}

async function decide(
  interaction: ButtonInteraction,
  asked: 'proposed' | 'approved',
  seen: SeenPost,
  context: BotContext,
): Promise<Answer> {
  const ref = refOf(seen, context);
  const by = postRights(interaction, context).memberId;
  const { revision } = seen;
  const approval = await requestApproval(asked, ref, { by, revision }, interaction.id, context);
  const preview = await readPreview(interaction, ref, context);
  if (preview === undefined) return refuse({ kind: 'no such post' }, context);
  const said = approvalAnswer(preview.post, approval, asked, context.config.distribution);
  return approval.kind === 'approved' ? decided(preview, said) : said;
}

/** What stands in the place of a message on which was decided. */
function decided(preview: PostPreview, content: string): Answer {
  return { content, embeds: [overviewEmbed(preview)] };
}

/** In the place of a message that somebody sees alone; beside one that all of a channel see. */
function inPlaceOrBeside(
  interaction: ComponentInteraction,
  context: BotContext,
  work: () => Promise<Answer>,
): Promise<void> {
  return interaction.message.flags.has(MessageFlags.Ephemeral)
    ? update(interaction, context, work)
    : answer(interaction, context, work);
}

async function ifAuthor(
  interaction: ComponentInteraction,
  context: BotContext,
  work: () => Promise<Answer>,
): Promise<Answer> {
  return postRights(interaction, context).isAuthor ? work() : refuse({ kind: 'not an author' }, context);
}

async function ifApprover(
  interaction: ComponentInteraction,
  context: BotContext,
  work: () => Promise<Answer>,
): Promise<Answer> {
  return postRights(interaction, context).isApprover ? work() : refuse({ kind: 'not an approver' }, context);
}

async function ifMayChange(
  interaction: ComponentInteraction,
  seen: SeenPost,
  context: BotContext,
  work: (preview: PostPreview) => Promise<Answer>,
): Promise<Answer> {
  const preview = await readPreview(interaction, refOf(seen, context), context);
  if (preview === undefined) return refuse({ kind: 'no such post' }, context);
  const refused = refusalToChange(preview.post, postRights(interaction, context));
  return refused === undefined ? work(preview) : refuse(refused, context);
}

function readPreview(
  { id }: Pick<Acting, 'id'>,
  ref: PostRef,
  { config, database }: BotContext,
): Promise<PostPreview | undefined> {
  return readPostPreview(database.em.fork(), ref, config, createdAt(id));
}

function readerOf(interaction: Acting, context: BotContext): PreviewReader {
  const { isApprover } = postRights(interaction, context);
  return { isApprover, configured: configuredPlatforms(context.config.distribution) };
}

function refuse(refusal: PostRefusal, { config }: BotContext): string {
  return postRefusalText(refusal, config.distribution);
}

function refOf({ postId }: SeenPost, { environment }: BotContext): PostRef {
  return { guildId: environment.DISCORD_GUILD_ID, postId };
}

function toAnswer({ file, ...message }: PostMessage): Answer {
  if (file === undefined) return message;
  const { name, text } = file;
  return { ...message, files: [{ name, data: Buffer.from(text), description: 'All of the text' }] };
}
