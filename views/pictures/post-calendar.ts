import { type Day, WEEKDAYS } from '../../domain/calendar.ts';
import { PLATFORM_LABELS, PLATFORMS, type Platform } from '../../domain/platforms.ts';
import { CALENDAR_STATES, type CalendarEntry, type CalendarState } from '../../domain/post-calendar.ts';
import { drawMark, MARK, STATE_COLORS } from './calendar-marks.ts';
import {
  type Box,
  drawText,
  edgePanel,
  fillPanel,
  fittingSize,
  newPicture,
  othersTurn,
  type Pen,
  type TextStyle,
  textWidth,
} from './drawing.ts';
import { drawHeader, HEADER_HEIGHT, type PictureHeader } from './header.ts';
import { charactersOf, displayName } from './names.ts';
import { THEME } from './theme.ts';

/** What the picture shows. */
export interface PostCalendarPicture extends PictureHeader {
  /** From Monday on; undefined where a day is not in the month. */
  readonly weeks: readonly (readonly (Day | undefined)[])[];
  readonly today: Day;
  /** In the order of their times. */
  readonly entries: readonly CalendarEntry[];
}

/** How platforms are called where there is little room. */
const SHORT_LABELS: Readonly<Record<Platform, string>> = {
  discord: 'D',
  x: 'X',
  linkedin: 'in',
  youtube: 'YT',
  github: 'GH',
};

/** How a post stands, in the words of the legend. */
export const CALENDAR_LABELS: Readonly<Record<CalendarState, string>> = {
  'not approved': 'not approved yet',
  planned: 'planned',
  published: 'published',
  failed: 'failed or waiting',
};

/** So many posts of a day are shown. */
export const SHOWN_ON_A_DAY = 2;

/** Where things are, in units. Discord shows a picture about 550 wide on a computer; on a phone it is made larger by tapping it. */
export const CALENDAR_LAYOUT = {
  width: 560,
  margin: 14,
  header: HEADER_HEIGHT,
  weekdays: 22,
  gap: 4,
  /** The number of a day. */
  day: 20,
  entry: 64,
  more: 16,
  /** A week without any post is as high as this. */
  leastHeight: 40,
  legend: 54,
} as const;

const LAYOUT = CALENDAR_LAYOUT;
const RADIUS = 6;
const ENTRY_FILL = '#2a2d37';
const LINE = 14;
const TITLE_SIZE = 12;
const LEAST_TITLE_SIZE = 10;

/** A month with its posts as a PNG. The same posts give the same picture. */
export async function postCalendarPicture(picture: PostCalendarPicture): Promise<Buffer> {
  const bottom = weekTop(picture, picture.weeks.length);
  const { canvas, pen } = newPicture(LAYOUT.width, bottom + LAYOUT.legend);
  drawHeader(pen, picture, LAYOUT);
  drawWeekdays(pen);
  for (const [row, week] of picture.weeks.entries()) {
    for (const [column, day] of week.entries())
      if (day !== undefined) drawDay(pen, day, dayBox(picture, row, column), picture);
    // A title may need a font that is read for it.
    await othersTurn();
  }
  drawLegend(pen, bottom + 4);
  return canvas.encode('png');
}

/** Where a day is, by its week and its place in that, both from 0. */
export function dayBox(picture: PostCalendarPicture, row: number, column: number): Box {
  const width = (LAYOUT.width - 2 * LAYOUT.margin - 6 * LAYOUT.gap) / WEEKDAYS.length;
  return {
    x: LAYOUT.margin + column * (width + LAYOUT.gap),
    y: weekTop(picture, row),
    width,
    height: weekHeight(picture, row),
  };
}

/** Where a post of a day is, by its place among those, from 0. */
export function entryBox(day: Box, index: number): Box {
  const y = day.y + LAYOUT.day + index * (LAYOUT.entry + LAYOUT.gap);
  return { x: day.x + 3, y, width: day.width - 6, height: LAYOUT.entry };
}

function weekTop(picture: PostCalendarPicture, row: number): number {
  const above = Array.from({ length: row }, (_, index) => weekHeight(picture, index) + LAYOUT.gap);
  return above.reduce((sum, height) => sum + height, LAYOUT.header + LAYOUT.weekdays);
}

/** As high as its fullest day needs. */
function weekHeight({ weeks, entries }: PostCalendarPicture, row: number): number {
  const counts = (weeks[row] ?? []).map((day) => entriesOn(entries, day).length);
  const most = Math.max(0, ...counts);
  const shown = Math.min(most, SHOWN_ON_A_DAY);
  const more = most > SHOWN_ON_A_DAY ? LAYOUT.more : 0;
  return Math.max(LAYOUT.leastHeight, LAYOUT.day + shown * (LAYOUT.entry + LAYOUT.gap) + more);
}

function entriesOn(entries: readonly CalendarEntry[], day: Day | undefined): CalendarEntry[] {
  return entries.filter((entry) => entry.day === day);
}

function drawWeekdays(pen: Pen): void {
  const width = (LAYOUT.width - 2 * LAYOUT.margin - 6 * LAYOUT.gap) / WEEKDAYS.length;
  for (const [column, weekday] of WEEKDAYS.entries()) {
    const x = LAYOUT.margin + column * (width + LAYOUT.gap);
    const text = weekday.charAt(0).toUpperCase() + weekday.slice(1, 3);
    const box = { x, y: LAYOUT.header, width, height: LAYOUT.weekdays - 4 };
    drawText(pen, text, box, { size: 13, weight: 600, color: THEME.textSoft, align: 'center' });
  }
}

function drawDay(pen: Pen, day: Day, box: Box, { entries, today }: PostCalendarPicture): void {
  const isToday = day === today;
  fillPanel(pen, box, RADIUS, THEME.surface);
  if (isToday) edgePanel(pen, box, RADIUS, THEME.accent, 2);
  const number = `${Number(day.slice(-2))}${isToday ? ' today' : ''}`;
  const numberBox = { x: box.x + 6, y: box.y + 2, width: box.width - 12, height: LAYOUT.day - 2 };
  const color = isToday ? THEME.accent : THEME.textSoft;
  drawText(pen, number, numberBox, { size: 13, weight: isToday ? 700 : 600, color });
  const posts = entriesOn(entries, day);
  for (const [index, entry] of posts.slice(0, SHOWN_ON_A_DAY).entries())
    drawEntry(pen, entry, entryBox(box, index));
  if (posts.length > SHOWN_ON_A_DAY) {
    const { y } = entryBox(box, SHOWN_ON_A_DAY);
    const more = { x: box.x + 6, y: y - 3, width: box.width - 12, height: LAYOUT.more };
    drawText(pen, `+${posts.length - SHOWN_ON_A_DAY}`, more, { size: 12, weight: 600, color: THEME.text });
  }
}

/** How it stands, its time, two lines of its title, and where it goes. */
function drawEntry(pen: Pen, { state, time, title, platforms }: CalendarEntry, box: Box): void {
  fillPanel(pen, box, 4, ENTRY_FILL);
  const inner = { x: box.x + 4, width: box.width - 7, height: LINE };
  drawMark(pen, state, { x: inner.x, y: box.y + 4 });
  const timeBox = { x: inner.x + MARK + 4, y: box.y + 3, width: inner.width - MARK - 4, height: LINE };
  drawText(pen, time, timeBox, { size: 12, weight: 700, color: STATE_COLORS[state] });
  const shown = displayName(title);
  const style = { size: titleSize(pen, shown, inner.width), weight: 600, color: THEME.text } as const;
  for (const [line, text] of inTwoLines(pen, shown, inner.width, style).entries())
    drawText(pen, text, { ...inner, y: box.y + 18 + line * LINE }, style);
  const names = inOrder(platforms)
    .map((platform) => SHORT_LABELS[platform])
    .join(' ');
  const size = fittingSize(pen, names, { size: 11, weight: 400 }, inner.width);
  drawText(pen, names, { ...inner, y: box.y + 47 }, { size, weight: 400, color: THEME.textSoft });
}

/** Somewhat smaller where a word would have to be cut for a letter or two. */
function titleSize(pen: Pen, title: string, width: number): number {
  const sizes = title
    .split(' ')
    .map((word) => fittingSize(pen, word, { size: TITLE_SIZE, weight: 600 }, width));
  return Math.max(LEAST_TITLE_SIZE, Math.min(...sizes));
}

/** A text in at most two lines, cut between words, or within one that is too long for a line. The second may still be too wide. */
function inTwoLines(
  pen: Pen,
  text: string,
  width: number,
  style: Pick<TextStyle, 'size' | 'weight'>,
): string[] {
  if (textWidth(pen, text, style) <= width) return [text];
  const fits = (parts: readonly string[], joint: string) => textWidth(pen, parts.join(joint), style) <= width;
  const words = text.split(' ');
  const wordsFit = longestFitting(words, (parts) => fits(parts, ' '));
  if (wordsFit > 0) return [words.slice(0, wordsFit).join(' '), words.slice(wordsFit).join(' ')];
  const characters = charactersOf(text);
  const charactersFit = Math.max(
    1,
    longestFitting(characters, (parts) => fits(parts, '')),
  );
  return [characters.slice(0, charactersFit).join(''), characters.slice(charactersFit).join('')];
}

/** How many of the first parts fit. */
function longestFitting(parts: readonly string[], fits: (first: readonly string[]) => boolean): number {
  let count = 0;
  while (count < parts.length && fits(parts.slice(0, count + 1))) count += 1;
  return count;
}

/** Platforms in the order in which they are listed everywhere. */
export function inOrder(platforms: readonly Platform[]): Platform[] {
  return PLATFORMS.filter((platform) => platforms.includes(platform));
}

function drawLegend(pen: Pen, y: number): void {
  const style = { size: 12, weight: 400, color: THEME.textSoft } as const;
  const boxFrom = (x: number, top: number) => ({
    ...{ x, y: top, width: LAYOUT.width - LAYOUT.margin - x, height: 18 },
  });
  let x: number = LAYOUT.margin;
  for (const state of CALENDAR_STATES) {
    drawMark(pen, state, { x, y: y + 3 });
    x += MARK + 5;
    x += drawText(pen, CALENDAR_LABELS[state], boxFrom(x, y), style) + 16;
  }
  const names = PLATFORMS.filter((platform) => SHORT_LABELS[platform] !== PLATFORM_LABELS[platform])
    .map((platform) => `${SHORT_LABELS[platform]} ${PLATFORM_LABELS[platform]}`)
    .join('  ·  ');
  drawText(pen, names, boxFrom(LAYOUT.margin, y + 21), style);
}
