import type { ChatInputCommandInteraction } from 'discord.js';
import { readPostHistory } from '../database/post-insights.ts';
import { createdAt } from '../domain/ids.ts';
import { isPlatform } from '../domain/platforms.ts';
import { comparedAge, INSIGHT_DAYS, insightsFrom } from '../domain/post-insights.ts';
import { postingTimesPicture } from '../views/pictures/post-insights.ts';
import { postRefusalText } from '../views/post-answers.ts';
import {
  POSTING_TIMES_PICTURE,
  postInsightsMessage,
  postingTimesDescription,
  toPostingTimesPicture,
} from '../views/post-insights.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import { postRights } from './post-rights.ts';

const DAY_MS = 86_400_000;

/** `/post insights`: at which times posts do well, by this community's own history. */
export async function showPostInsights(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<Answer> {
  const { config, database, environment } = context;
  if (!postRights(interaction, context).isAuthor)
    return postRefusalText({ kind: 'not an author' }, config.distribution);
  const named = interaction.options.getString('platform');
  if (named !== null && !isPlatform(named))
    return postRefusalText({ kind: 'no such platform', named }, config.distribution);
  const { timeZone, score } = config.engagement;
  const asked = { platform: named, timeZone, ageMs: comparedAge(config.engagement) };
  const history = await readPostHistory(database.em.fork(), environment.DISCORD_GUILD_ID, {
    ...{ ...asked, weights: score.weights },
    since: createdAt(interaction.id) - INSIGHT_DAYS * DAY_MS,
  });
  const insights = insightsFrom(history);
  const message = postInsightsMessage(insights, asked);
  const picture = toPostingTimesPicture(insights, asked);
  if (picture === undefined) return message;
  const data = await postingTimesPicture(picture);
  return {
    ...message,
    files: [{ name: POSTING_TIMES_PICTURE, data, description: postingTimesDescription(picture) }],
  };
}
