import type { ChatInputCommandInteraction } from 'discord.js';
import { toInteractionId, toMemberId } from '../domain/ids.ts';
import type { ThanksCommand } from '../domain/thanks.ts';
import { THANKS_COMMAND } from '../views/commands/thanks.ts';
import { thanksAnnouncement, thanksAnswer } from '../views/thanks.ts';
import { startThanks, THANKS, type ThanksWorkflow } from '../workflows/definitions/thanks.ts';
import { type Answer, answer } from './answer.ts';
import { textContext } from './channels.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { answerUnlessChanged } from './subcommands.ts';

/** `/thanks`: whoever uses it is answered alone; that they have thanked is then said in the channel. */
export const thanks: BotFeature = {
  commands: {
    [THANKS_COMMAND.name]: {
      async run(interaction, context) {
        let isThanked = false;
        await answer(interaction, context, () =>
          answerUnlessChanged(async () => {
            const given = await thank(interaction, context);
            isThanked = given.isThanked;
            return given.answer;
          }),
        );
        if (isThanked) await announce(interaction, context);
      },
    },
  },
};

async function thank(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<{ isThanked: boolean; answer: Answer }> {
  const command = commandOf(interaction, context);
  const outcome = await context.client.workflow.execute<ThanksWorkflow>(THANKS, startThanks(command));
  const settings = context.config.recognition.thanks;
  const said = thanksAnswer(settings, command.receiverId, outcome, textsFor(interaction, context));
  return { isThanked: outcome === 'thanked', answer: said };
}

/** What it is for is said here alone: people's words do not go through Temporal. */
async function announce(interaction: ChatInputCommandInteraction, context: BotContext): Promise<void> {
  const { content, allowed_mentions } = thanksAnnouncement(
    context.config.recognition.thanks,
    commandOf(interaction, context),
    interaction.options.getString('reason'),
    textsFor(interaction, context),
  );
  await interaction.followUp({ content, allowedMentions: allowed_mentions });
}

function commandOf(
  { id, options, user }: ChatInputCommandInteraction,
  { environment }: BotContext,
): ThanksCommand {
  return {
    guildId: environment.DISCORD_GUILD_ID,
    interactionId: toInteractionId(id),
    giverId: toMemberId(user.id),
    receiverId: toMemberId(options.getUser('member', true).id),
  };
}

function textsFor({ client }: ChatInputCommandInteraction, context: BotContext) {
  return textContext(client, context, context.config.recognition.thanks);
}
