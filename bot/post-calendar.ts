import type { BaseInteraction, ChatInputCommandInteraction } from 'discord.js';
import { readPostCalendar } from '../database/post-calendar.ts';
import { createdAt } from '../domain/ids.ts';
import { firstDayOf, type Month, monthOf, readMonth } from '../domain/post-calendar.ts';
import { dayAt, momentOf, monthAround } from '../domain/wall-clock.ts';
import { postCalendarPicture } from '../views/pictures/post-calendar.ts';
import { postRefusalText } from '../views/post-answers.ts';
import {
  CALENDAR_PICTURE,
  noSuchMonth,
  postCalendarDescription,
  postCalendarMessage,
  toPostCalendarPicture,
} from '../views/post-calendar.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import { postRights } from './post-rights.ts';

/** `/post calendar`: the month that is named, or this one. */
export async function postCalendar(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<Answer> {
  const today = dayAt(createdAt(interaction.id), context.config.engagement.timeZone);
  const typed = interaction.options.getString('month');
  const month = typed === null ? monthOf(today) : readMonth(typed, today);
  return month === undefined ? noSuchMonth(typed ?? '') : showMonth(interaction, month, context);
}

/** The posts of a month, for those who write and approve them. */
export async function showMonth(
  interaction: BaseInteraction,
  month: Month,
  context: BotContext,
): Promise<Answer> {
  const { config, database, environment } = context;
  if (!postRights(interaction, context).isAuthor)
    return postRefusalText({ kind: 'not an author' }, config.distribution);
  const { timeZone } = config.engagement;
  const span = monthAround(momentOf(firstDayOf(month), '12:00', timeZone), timeZone);
  const entries = await readPostCalendar(database.em.fork(), environment.DISCORD_GUILD_ID, {
    ...span,
    timeZone,
  });
  const today = dayAt(createdAt(interaction.id), timeZone);
  const calendar = { month, entries, today, timeZone };
  const data = await postCalendarPicture(toPostCalendarPicture(calendar));
  return {
    ...postCalendarMessage(calendar),
    files: [{ name: CALENDAR_PICTURE, data, description: postCalendarDescription(calendar) }],
  };
}
