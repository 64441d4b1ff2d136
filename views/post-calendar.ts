/** The posts of a month: a picture, the same in words, and buttons to the months beside it. */

import {
  type APIActionRowComponent,
  type APIButtonComponent,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { type Day, dayText } from '../domain/calendar.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { PLATFORM_LABELS } from '../domain/platforms.ts';
import {
  addMonths,
  CALENDAR_STATES,
  type CalendarEntry,
  type CalendarState,
  type Month,
  monthText,
  postCalendarId,
  weeksOf,
} from '../domain/post-calendar.ts';
import { COLORS } from './colors.ts';
import { CALENDAR_LABELS, inOrder, type PostCalendarPicture } from './pictures/post-calendar.ts';
import { asWritten, cut } from './text.ts';
import { quoted } from './times.ts';

/** What the picture is called under the message. */
export const CALENDAR_PICTURE = 'calendar.png';

/** A month, its posts in the order of their times, and which day it is. */
export interface PostCalendar {
  readonly month: Month;
  readonly entries: readonly CalendarEntry[];
  readonly today: Day;
  readonly timeZone: string;
}

const MARKS: Readonly<Record<CalendarState, string>> = {
  'not approved': '📝',
  planned: '🕒',
  published: '✅',
  failed: '⚠️',
};
const TITLE_LENGTH = 60;
/** Room for the line that says how many more there are. */
const MORE_LENGTH = 80;

/** The month in words, with the picture's place and buttons. */
export function postCalendarMessage(
  calendar: PostCalendar,
): Pick<RESTPostAPIChannelMessageJSONBody, 'embeds' | 'components'> {
  const { month, timeZone } = calendar;
  return {
    embeds: [
      {
        title: `Posts in ${monthText(month)}`,
        color: COLORS.blue,
        description: listOf(calendar, entryText, DISCORD_LIMITS.embedDescription),
        image: { url: `attachment://${CALENDAR_PICTURE}` },
        footer: { text: `Times: ${timeZone}. Drafts without a time are not shown: /post list has them.` },
      },
    ],
    components: monthButtons(month),
  };
}

/** What the picture shows. */
export function toPostCalendarPicture(calendar: PostCalendar): PostCalendarPicture {
  const { month, entries, today } = calendar;
  return { title: monthText(month), basis: basisOf(calendar), weeks: weeksOf(month), today, entries };
}

/** The picture in words, for who cannot see it. */
export function postCalendarDescription(calendar: PostCalendar): string {
  const beginning = `${monthText(calendar.month)}: ${basisOf(calendar)}\n`;
  const room = DISCORD_LIMITS.fileDescription - beginning.length;
  return beginning + listOf(calendar, plainEntryText, room);
}

/** What is said where somebody has typed no month. */
export function noSuchMonth(typed: string): string {
  return `${quoted(typed)} is no month. Write it like \`2026-11\`, \`november\` or \`nov 2026\`.`;
}

/** How many there are of each kind: `2 planned · 9 published`. */
function basisOf({ entries }: Pick<PostCalendar, 'entries'>): string {
  const counts = CALENDAR_STATES.map((state) => ({
    state,
    posts: entries.filter((entry) => entry.state === state).length,
  }));
  const some = counts.filter(({ posts }) => posts > 0);
  return some.map(({ state, posts }) => `${posts} ${CALENDAR_LABELS[state]}`).join(' · ') || 'no posts';
}

/** As many lines as fit, and how many more there are. */
function listOf(
  { entries, today }: PostCalendar,
  toLine: (entry: CalendarEntry, today: Day) => string,
  limit: number,
): string {
  if (entries.length === 0) return 'Nothing is planned, and nothing was published.';
  const lines: string[] = [];
  let length = 0;
  for (const entry of entries) {
    const line = toLine(entry, today);
    length += line.length + 1;
    if (length > limit - MORE_LENGTH) break;
    lines.push(line);
  }
  const more = entries.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more: \`/post list\` has them all.`] : [])].join('\n');
}

function entryText(entry: CalendarEntry, today: Day): string {
  const { day, time, title, state } = entry;
  const when = `${dayText(day).slice(0, -5)}${day === today ? ' (today)' : ''} ${time}`;
  return `${MARKS[state]} ${when} · **${asWritten(cut(title, TITLE_LENGTH))}** · ${CALENDAR_LABELS[state]} · ${platformNames(entry)}`;
}

function plainEntryText(entry: CalendarEntry): string {
  const { day, time, title, state } = entry;
  return `${dayText(day).slice(0, -5)} ${time}: ${cut(title, TITLE_LENGTH)}, ${CALENDAR_LABELS[state]}, ${platformNames(entry)}`;
}

function platformNames({ platforms }: Pick<CalendarEntry, 'platforms'>): string {
  return inOrder(platforms)
    .map((platform) => PLATFORM_LABELS[platform])
    .join(', ');
}

function monthButtons(month: Month): APIActionRowComponent<APIButtonComponent>[] {
  const beside = [addMonths(month, -1), addMonths(month, 1)].filter((one) => one !== undefined);
  const components = beside.map((one) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    custom_id: postCalendarId(one),
    label: monthText(one),
  }));
  return [{ type: ComponentType.ActionRow, components }];
}
