import type { ButtonInteraction } from 'discord.js';
import { recordInterest } from '../database/interests.ts';
import { toMemberId } from '../domain/ids.ts';
import { parseTopicButtonId } from '../domain/topics.ts';
import { fill } from '../views/text.ts';
import { type Answer, answer } from './answer.ts';
import { textContext } from './channels.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';

/** The button of a topic notes that it interests whoever presses, and says where to go for it. */
export const topics: BotFeature = {
  use(interaction, context) {
    const topic = parseTopicButtonId(interaction.customId);
    if (topic === undefined || !interaction.isButton()) return undefined;
    return answer(interaction, context, () => noteInterest(interaction, topic, context));
  },
};

async function noteInterest(
  interaction: ButtonInteraction,
  name: string,
  context: BotContext,
): Promise<Answer> {
  const { config, database, environment } = context;
  const topic = config.topics.find((candidate) => candidate.name === name);
  if (topic === undefined) return config.answers.outdated;
  const guildId = environment.DISCORD_GUILD_ID;
  const memberId = toMemberId(interaction.user.id);
  await recordInterest(database.em.fork(), { guildId, memberId, topic: topic.name });
  return fill(topic.answer, textContext(interaction.client, context, topic.answer));
}
