/** What is decided of posts that failed on a platform. */

import type { BaseInteraction, ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import { findListedPost } from '../database/post-lists.ts';
import { isPlatform, type Platform } from '../domain/platforms.ts';
import type { FailedAttempt } from '../domain/post-buttons.ts';
import type { ListedPost } from '../domain/post-lists.ts';
import type { Decision, PostId } from '../domain/posts.ts';
import { decidedAnswer, nothingToDecide, postRefusalText } from '../views/post-answers.ts';
import { type Answer, answer } from './answer.ts';
import type { BotContext } from './context.ts';
import { readPostOption } from './post-options.ts';
import { postRights } from './post-rights.ts';
import { requestDecision } from './post-workflow.ts';

type Deciding = BaseInteraction & { readonly id: string };

/** `/post retry`. */
export function retryByCommand(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<Answer> {
  return decideByCommand(interaction, 'retry', context);
}

/** `/post skip`. */
export function skipByCommand(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<Answer> {
  return decideByCommand(interaction, 'skip', context);
}

/** A press below a failure. One that is not the last any more decides nothing. */
export function decideByButton(
  interaction: ButtonInteraction,
  { postId, platform, attempt }: FailedAttempt,
  decision: Decision,
  context: BotContext,
): Promise<void> {
  return answer(interaction, context, async () => {
    const { distribution } = context.config;
    if (!postRights(interaction, context).isApprover)
      return postRefusalText({ kind: 'not an approver' }, distribution);
    const post = await findPostById(postId, context);
    if (post === undefined) return postRefusalText({ kind: 'no such post' }, distribution);
    const delivery = post.deliveries.find((one) => one.platform === platform);
    return delivery?.attempt === attempt
      ? decide(interaction, post, platform, decision, context)
      : nothingToDecide(post, platform);
  });
}

/** Tries a post again on a platform. */
export function retry(
  interaction: Deciding,
  post: ListedPost,
  platform: Platform,
  context: BotContext,
): Promise<Answer> {
  return decide(interaction, post, platform, 'retry', context);
}

/** A post of our guild with where it stands, or undefined if there is none. */
export async function findPostById(
  postId: PostId | undefined,
  { database, environment }: BotContext,
): Promise<ListedPost | undefined> {
  if (postId === undefined) return undefined;
  return findListedPost(database.em.fork(), { guildId: environment.DISCORD_GUILD_ID, postId });
}

async function decideByCommand(
  interaction: ChatInputCommandInteraction,
  decision: Decision,
  context: BotContext,
): Promise<Answer> {
  const { distribution } = context.config;
  if (!postRights(interaction, context).isApprover)
    return postRefusalText({ kind: 'not an approver' }, distribution);
  const post = await findPostById(readPostOption(interaction), context);
  if (post === undefined) return postRefusalText({ kind: 'no such post' }, distribution);
  const named = interaction.options.getString('platform', true).trim().toLowerCase();
  if (!isPlatform(named)) return postRefusalText({ kind: 'no such platform', named }, distribution);
  return decide(interaction, post, named, decision, context);
}

async function decide(
  interaction: Deciding,
  post: ListedPost,
  platform: Platform,
  decision: Decision,
  context: BotContext,
): Promise<Answer> {
  const { guildId, postId, deliveries } = post;
  if (!deliveries.some((delivery) => delivery.platform === platform))
    return postRefusalText({ kind: 'not in this post', platform }, context.config.distribution);
  const by = postRights(interaction, context).memberId;
  const delivery = { guildId, postId, platform };
  const state = await requestDecision(delivery, { by, decision }, `${interaction.id}/decide`, context);
  return state === undefined
    ? nothingToDecide(post, platform)
    : decidedAnswer(post, platform, decision, state);
}
