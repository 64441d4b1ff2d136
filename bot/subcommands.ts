import { type ChatInputCommandInteraction, DiscordjsTypeError } from 'discord.js';
import { COMMAND_CHANGED } from '../views/command-changed.ts';
import { type Answer, answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { CommandHandler } from './feature.ts';

/** What gives the answer to a command, or to one of its subcommands. */
export type AnswerTo = (interaction: ChatInputCommandInteraction, context: BotContext) => Promise<Answer>;

/** Answers a command that has no subcommands. */
export function runCommand(give: AnswerTo): CommandHandler['run'] {
  return (interaction, context) =>
    answer(interaction, context, () => answerUnlessChanged(() => give(interaction, context)));
}

/** Answers a command by its subcommands. */
export function runSubcommand(subcommands: Readonly<Record<string, AnswerTo>>): CommandHandler['run'] {
  const byName = new Map(Object.entries(subcommands));
  return runCommand(async (interaction, context) => {
    const subcommand = byName.get(interaction.options.getSubcommand());
    return (await subcommand?.(interaction, context)) ?? COMMAND_CHANGED;
  });
}

/** If an option is missing or of another kind, Discord was told of another version of the command. */
export async function answerUnlessChanged<Given>(give: () => Promise<Given>): Promise<Given | string> {
  try {
    return await give();
  } catch (error) {
    if (error instanceof DiscordjsTypeError) return COMMAND_CHANGED;
    throw error;
  }
}
