import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { listTutorials, tutorialStatistics } from '../database/tutorial-completions.ts';
import {
  decideTutorial,
  listedTutorials,
  removeTutorial,
  submitTutorial,
  waitingTutorials,
} from '../database/tutorials.ts';
import { createdAt, type InteractionId, toInteractionId, toMemberId } from '../domain/ids.ts';
import { QUALITY } from '../domain/recognition.ts';
import {
  DESCRIPTION_LENGTH,
  type NewTutorial,
  REASON_LENGTH,
  readLink,
  readTitle,
  type Submission,
  type Verdict,
} from '../domain/tutorials.ts';
import { COMMAND_CHANGED } from '../views/command-changed.ts';
import { asWritten, fill, mention, type TextContext } from '../views/text.ts';
import {
  decisionAnswer,
  removalAnswer,
  tutorialList,
  tutorialStatisticsMessage,
} from '../views/tutorial-answers.ts';
import type { Answer } from './answer.ts';
import { textContext } from './channels.ts';
import type { BotContext } from './context.ts';
import type { CommandHandler } from './feature.ts';
import { staffOnly } from './staff-only.ts';
import { runSubcommand } from './subcommands.ts';

const FOR_STAFF = { stats, approve, decline, remove };

const ofMembers: CommandHandler = { run: runSubcommand({ add, list }) };
const ofStaff: CommandHandler = staffOnly({ run: runSubcommand(FOR_STAFF), complete: offer });

/** `/tutorial`: members add tutorials and find others', staff decide. What Discord is told of it is in `views/commands`. */
export const tutorialCommand: CommandHandler = {
  ...ofStaff,
  run(interaction, context) {
    const isForStaff = Object.hasOwn(FOR_STAFF, interaction.options.getSubcommand(false) ?? '');
    return (isForStaff ? ofStaff : ofMembers).run(interaction, context);
  },
};

async function add(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const { database, config, environment } = context;
  const { texts, mostWaiting } = config.recognition.tutorials;
  if (interaction.guildId !== environment.DISCORD_GUILD_ID) return COMMAND_CHANGED;
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
  if (quality !== null && (quality < QUALITY.least || quality > QUALITY.most)) return COMMAND_CHANGED;
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

async function remove(
  interaction: ChatInputCommandInteraction,
  { database, environment }: BotContext,
): Promise<Answer> {
  const reason = interaction.options.getString('reason', true).trim();
  if (reason === '' || reason.length > REASON_LENGTH) return COMMAND_CHANGED;
  const tutorialId = tutorialIdOf(interaction);
  if (tutorialId === undefined) return removalAnswer('no such tutorial');
  const place = { guildId: environment.DISCORD_GUILD_ID, tutorialId };
  const staffId = toMemberId(interaction.user.id);
  return removalAnswer(await removeTutorial(database.em, place, staffId, createdAt(interaction.id), reason));
}

/** Whoever types a title and chooses none of those that are offered has sent no id. */
function tutorialIdOf({ options }: ChatInputCommandInteraction): InteractionId | undefined {
  const chosen = options.getString('tutorial', true);
  return /^\d{15,20}$/.test(chosen) ? toInteractionId(chosen) : undefined;
}

async function offer(
  interaction: AutocompleteInteraction,
  { database, environment }: BotContext,
): Promise<void> {
  const typed = interaction.options.getFocused();
  const find = interaction.options.getSubcommand() === 'remove' ? listedTutorials : waitingTutorials;
  const found = await find(database.em.fork(), environment.DISCORD_GUILD_ID, typed);
  await interaction.respond(found.map(({ title, tutorialId }) => ({ name: title, value: tutorialId })));
}

function textsOf({ client }: ChatInputCommandInteraction, context: BotContext): TextContext {
  return textContext(client, context, context.config.recognition.tutorials.texts);
}
