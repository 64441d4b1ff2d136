import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  DiscordjsTypeError,
} from 'discord.js';
import { listTutorials, tutorialStatistics } from '../database/tutorial-completions.ts';
import { decideTutorial, submitTutorial, waitingTutorials } from '../database/tutorials.ts';
import { createdAt, type InteractionId, toInteractionId, toMemberId } from '../domain/ids.ts';
import {
  BEST_QUALITY,
  DESCRIPTION_LENGTH,
  type NewTutorial,
  REASON_LENGTH,
  readLink,
  readTitle,
  type Submission,
  type Verdict,
} from '../domain/tutorials.ts';
import { COMMAND_CHANGED } from '../views/onboarding-status.ts';
import { asWritten, channelsMentioned, fill, mention, type TextContext } from '../views/text.ts';
import { decisionAnswer, tutorialList, tutorialStatisticsMessage } from '../views/tutorial-answers.ts';
import { type Answer, answer } from './answer.ts';
import { findChannels } from './channels.ts';
import type { BotContext } from './context.ts';
import type { CommandHandler } from './feature.ts';
import { staffOnly } from './staff-only.ts';

type Subcommand = (interaction: ChatInputCommandInteraction, context: BotContext) => Promise<Answer>;

const FOR_MEMBERS: ReadonlyMap<string, Subcommand> = new Map([
  ['add', add],
  ['list', list],
]);
const FOR_STAFF: ReadonlyMap<string, Subcommand> = new Map([
  ['stats', stats],
  ['approve', approve],
  ['decline', decline],
]);

const ofMembers: CommandHandler = {
  run: (interaction, context) =>
    answer(interaction, context, () => carryOut(FOR_MEMBERS, interaction, context)),
};
const ofStaff: CommandHandler = staffOnly({
  run: (interaction, context) =>
    answer(interaction, context, () => carryOut(FOR_STAFF, interaction, context)),
  complete: offerWaiting,
});

/** `/tutorial`: members add tutorials and find others', staff decide. What Discord is told of it is in `views/commands`. */
export const tutorialCommand: CommandHandler = {
  run(interaction, context) {
    const isForStaff = FOR_STAFF.has(interaction.options.getSubcommand(false) ?? '');
    return (isForStaff ? ofStaff : ofMembers).run(interaction, context);
  },
  ...(ofStaff.complete !== undefined && { complete: ofStaff.complete }),
};

async function carryOut(
  subcommands: ReadonlyMap<string, Subcommand>,
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<Answer> {
  if (interaction.guildId !== context.environment.DISCORD_GUILD_ID) return context.config.answers.outdated;
  try {
    const subcommand = subcommands.get(interaction.options.getSubcommand());
    return (await subcommand?.(interaction, context)) ?? COMMAND_CHANGED;
  } catch (error) {
    // An option is missing or of another kind: Discord was told of another version of the command.
    if (error instanceof DiscordjsTypeError) return COMMAND_CHANGED;
    throw error;
  }
}

async function add(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const { database, config, environment } = context;
  const { texts, mostWaiting } = config.recognition.tutorials;
  const link = readLink(interaction.options.getString('link', true));
  if (link === undefined) return texts.badLink;
  const title = readTitle(interaction.options.getString('title', true));
  if (title === undefined) return texts.badTitle;
  const description = interaction.options.getString('description')?.trim() || null;
  if (description !== null && description.length > DESCRIPTION_LENGTH) return COMMAND_CHANGED;
  const tutorial: NewTutorial = {
    guildId: environment.DISCORD_GUILD_ID,
    tutorialId: toInteractionId(interaction.id),
    authorId: toMemberId(interaction.user.id),
    ...{ title, description, link },
  };
  const submission = await submitTutorial(database.em, tutorial, mostWaiting);
  return submissionAnswer(submission, tutorial, interaction, context);
}

function submissionAnswer(
  submission: Submission,
  { title }: NewTutorial,
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Answer {
  const { texts, mostWaiting } = context.config.recognition.tutorials;
  const filled = (text: string, values: TextContext['values'] = {}) =>
    fill(text, { ...textsOf(interaction, context), values });
  switch (submission.kind) {
    case 'submitted':
      return filled(texts.submitted, { title: asWritten(title) });
    case 'there already': {
      const { tutorial } = submission;
      return filled(texts.thereAlready, {
        ...{ title: asWritten(tutorial.title), member: mention(tutorial.authorId) },
      });
    }
    case 'too many waiting':
      return filled(texts.tooManyWaiting, { most: String(mostWaiting) });
  }
}

async function list(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const { database, config, environment } = context;
  const page = await listTutorials(
    database.em.fork(),
    environment.DISCORD_GUILD_ID,
    interaction.options.getInteger('page') ?? 1,
    createdAt(interaction.id),
  );
  return tutorialList(page, config.recognition.tutorials, textsOf(interaction, context));
}

async function stats(_: ChatInputCommandInteraction, { database, environment }: BotContext): Promise<Answer> {
  return tutorialStatisticsMessage(
    await tutorialStatistics(database.em.fork(), environment.DISCORD_GUILD_ID),
  );
}

async function approve(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const quality = interaction.options.getInteger('quality');
  if (quality !== null && (quality < 1 || quality > BEST_QUALITY)) return COMMAND_CHANGED;
  return decide(interaction, context, 'approved', quality === null ? {} : { quality });
}

async function decline(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const reason = interaction.options.getString('reason', true).trim();
  if (reason === '' || reason.length > REASON_LENGTH) return COMMAND_CHANGED;
  return decide(interaction, context, 'declined', { reason });
}

async function decide(
  interaction: ChatInputCommandInteraction,
  { database, environment }: BotContext,
  verdict: Verdict,
  { quality, reason }: { readonly quality?: number; readonly reason?: string },
): Promise<Answer> {
  const tutorialId = tutorialIdOf(interaction);
  if (tutorialId === undefined) return decisionAnswer(verdict, { kind: 'no such tutorial' });
  const staffId = toMemberId(interaction.user.id);
  const result = await decideTutorial(
    database.em,
    { guildId: environment.DISCORD_GUILD_ID, tutorialId },
    { verdict, staffId, ...(quality !== undefined && { quality }) },
    createdAt(interaction.id),
    reason,
  );
  return decisionAnswer(verdict, result);
}

/** Whoever types a title and chooses none of those that are offered has sent no id. */
function tutorialIdOf({ options }: ChatInputCommandInteraction): InteractionId | undefined {
  const chosen = options.getString('tutorial', true);
  return /^\d{15,20}$/.test(chosen) ? toInteractionId(chosen) : undefined;
}

async function offerWaiting(
  interaction: AutocompleteInteraction,
  { database, environment }: BotContext,
): Promise<void> {
  const typed = interaction.options.getFocused();
  const waiting = await waitingTutorials(database.em.fork(), environment.DISCORD_GUILD_ID, typed);
  await interaction.respond(waiting.map(({ title, tutorialId }) => ({ name: title, value: tutorialId })));
}

function textsOf({ client }: ChatInputCommandInteraction, { config, environment }: BotContext): TextContext {
  const names = channelsMentioned(config.recognition.tutorials.texts);
  return { links: config.links, channels: findChannels(client, environment.DISCORD_GUILD_ID, names) };
}
