import type { ChatInputCommandInteraction } from 'discord.js';
import { findPostStats } from '../database/post-stats.ts';
import { chartDescription } from '../views/chart-description.ts';
import { linesPicture } from '../views/pictures/chart.ts';
import { postStatsChart } from '../views/pictures/post-stats.ts';
import { postRefusalText } from '../views/post-answers.ts';
import { neverPublished, postStatsMessage, STATS_PICTURE } from '../views/post-stats.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import { readPostOption } from './post-options.ts';
import { postRights } from './post-rights.ts';

/** `/post stats`: what became of a post, for those who write and approve them. */
export async function postStats(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<Answer> {
  const { config, database, environment } = context;
  if (!postRights(interaction, context).isAuthor)
    return postRefusalText({ kind: 'not an author' }, config.distribution);
  const postId = readPostOption(interaction);
  const stats =
    postId === undefined
      ? undefined
      : await findPostStats(database.em.fork(), { guildId: environment.DISCORD_GUILD_ID, postId });
  if (stats === undefined) return postRefusalText({ kind: 'no such post' }, config.distribution);
  if (stats.platforms.length === 0) return neverPublished(stats);
  const chart = postStatsChart(stats);
  const message = postStatsMessage(stats, config.engagement.score, {
    hasPicture: chart !== undefined,
    now: interaction.createdTimestamp,
  });
  if (chart === undefined) return message;
  const data = await linesPicture(chart);
  return { ...message, files: [{ name: STATS_PICTURE, data, description: chartDescription(chart) }] };
}
