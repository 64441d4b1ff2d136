import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { listPosts, type OfferedPosts, offeredPosts } from '../database/post-lists.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { configuredPlatforms } from '../domain/distribution.ts';
import { PLATFORM_LABELS } from '../domain/platforms.ts';
import { offeredPlatforms, type PostRights, refusalToChange } from '../domain/post-drafts.ts';
import { DECIDABLE, type PostState, toPostId, UNPUBLISHED } from '../domain/posts.ts';
import { cancelQuestion, postRefusalText } from '../views/post-answers.ts';
import { POST_STATES, postListMessage } from '../views/post-lists.ts';
import { cut } from '../views/text.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { CommandHandler } from './feature.ts';
import { postCalendar } from './post-calendar.ts';
import { editPost } from './post-changes.ts';
import { findPostById, retryByCommand, skipByCommand } from './post-decisions.ts';
import { beginPost } from './post-drafts.ts';
import { showPostInsights } from './post-insights.ts';
import { readPostOption } from './post-options.ts';
import { postAnswer } from './post-previews.ts';
import { postRights } from './post-rights.ts';
import { postStats } from './post-stats.ts';
import { runSubcommand } from './subcommands.ts';

const CHOICES = DISCORD_LIMITS.offeredValues;
/** With the state behind it, it fits into 100 characters. */
const OFFERED_TITLE_LENGTH = 75;

const runOthers = runSubcommand({
  list,
  status,
  stats: postStats,
  insights: showPostInsights,
  calendar: postCalendar,
  cancel: askToCancel,
  retry: retryByCommand,
  skip: skipByCommand,
});

/** `/post`. What Discord is told of it is in `views/commands`. */
export const postCommand: CommandHandler = {
  run(interaction, context) {
    switch (interaction.options.getSubcommand(false)) {
      case 'create':
        return beginPost(interaction, context);
      case 'edit':
        return editPost(interaction, context);
      default:
        return runOthers(interaction, context);
    }
  },

  async complete(interaction, context) {
    const rights = postRights(interaction, context);
    const { name, value } = interaction.options.getFocused(true);
    const offer = rights.isAuthor ? OFFERS[name] : undefined;
    await interaction.respond((await offer?.(interaction, value, { ...rights, context })) ?? []);
  },
};

/** A page of the posts, for those who write and approve them. */
export async function showPosts(
  interaction: Parameters<typeof postRights>[0],
  page: number,
  context: BotContext,
): Promise<Answer> {
  const { config, database, environment } = context;
  if (!postRights(interaction, context).isAuthor)
    return postRefusalText({ kind: 'not an author' }, config.distribution);
  return postListMessage(await listPosts(database.em.fork(), environment.DISCORD_GUILD_ID, page));
}

function list(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  return showPosts(interaction, interaction.options.getInteger('page') ?? 1, context);
}

async function status(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const { config, environment } = context;
  if (!postRights(interaction, context).isAuthor)
    return postRefusalText({ kind: 'not an author' }, config.distribution);
  const postId = readPostOption(interaction);
  return postId === undefined
    ? postRefusalText({ kind: 'no such post' }, config.distribution)
    : postAnswer(interaction, { guildId: environment.DISCORD_GUILD_ID, postId }, context);
}

async function askToCancel(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const { distribution } = context.config;
  const post = await findPostById(readPostOption(interaction), context);
  if (post === undefined) return postRefusalText({ kind: 'no such post' }, distribution);
  const refused = refusalToChange(post, postRights(interaction, context));
  if (refused !== undefined) return postRefusalText(refused, distribution);
  return UNPUBLISHED.includes(post.state)
    ? cancelQuestion(post)
    : postRefusalText({ kind: 'too late' }, distribution);
}

interface Choice {
  readonly name: string;
  readonly value: string;
}

type Offer = (
  interaction: AutocompleteInteraction,
  typed: string,
  who: PostRights & { readonly context: BotContext },
) => Promise<Choice[]>;

const OFFERS: Readonly<Record<string, Offer>> = {
  post: offerPosts,
  platforms: offerPlatforms,
  platform: offerDecidable,
};

const OPEN: readonly PostState[] = [...UNPUBLISHED, 'publishing', 'settled'];
const ALL: readonly PostState[] = [...OPEN, 'cancelled', 'expired'];

/** Which posts a subcommand is about. Others are about all of them. */
const OFFERED: Readonly<Record<string, Partial<Pick<OfferedPosts, 'states' | 'onPlatform'>>>> = {
  stats: { onPlatform: ['published'] },
  edit: { states: OPEN },
  cancel: { states: UNPUBLISHED },
  retry: { states: OPEN, onPlatform: DECIDABLE },
  skip: { states: OPEN, onPlatform: DECIDABLE },
};

/** Those that show something, and change nothing. */
const LOOKING: readonly string[] = ['status', 'stats'];

/** Who may not change every post is offered their own for that. */
async function offerPosts(
  interaction: AutocompleteInteraction,
  typed: string,
  { memberId, isApprover, context }: Parameters<Offer>[2],
): Promise<Choice[]> {
  const { database, environment } = context;
  const subcommand = interaction.options.getSubcommand();
  const isForAll = isApprover || LOOKING.includes(subcommand);
  const posts = await offeredPosts(database.em.fork(), {
    ...{ guildId: environment.DISCORD_GUILD_ID, typed, states: ALL },
    ...OFFERED[subcommand],
    ...(!isForAll && { writtenBy: memberId }),
  });
  return posts.map(({ postId, title, state }) => ({
    name: `${cut(title, OFFERED_TITLE_LENGTH)} · ${POST_STATES[state]}`,
    value: postId,
  }));
}

async function offerPlatforms(
  _: AutocompleteInteraction,
  typed: string,
  { context }: Parameters<Offer>[2],
): Promise<Choice[]> {
  const lists = offeredPlatforms(typed, configuredPlatforms(context.config.distribution));
  return lists.slice(0, CHOICES).map((platforms) => ({
    name: platforms.map((platform) => PLATFORM_LABELS[platform]).join(', '),
    value: platforms.join(', '),
  }));
}

/** Those on which the post that is named has failed, or waits. */
async function offerDecidable(
  interaction: AutocompleteInteraction,
  typed: string,
  { context }: Parameters<Offer>[2],
): Promise<Choice[]> {
  const named = interaction.options.getString('post') ?? '';
  const post = /^[a-z0-9-]{1,60}$/.test(named) ? await findPostById(toPostId(named), context) : undefined;
  return (post?.deliveries ?? [])
    .filter(({ state }) => DECIDABLE.includes(state))
    .map(({ platform }) => ({ name: PLATFORM_LABELS[platform], value: platform }))
    .filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()));
}
