/** What staff read of an event when its feedback has closed. The tool's own words, and people's. */

import type { APIEmbedField } from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { RATINGS, type Rating, REMARKS, type Remark } from '../domain/event-feedback.ts';
import { attendancePercent, type EventReport } from '../domain/event-report.ts';
import type { EventSettings } from '../domain/events.ts';
import { COLORS } from './colors.ts';
import { eventKind } from './events.ts';
import type { MarkedMessage, TextFile } from './marked-message.ts';
import { asWritten, count, fill, mention, type TextContext, timestamp } from './text.ts';

/** What stands there when not all fits. */
const ROOM_FOR_MORE = 60;
/** So much is shown of what one member says; all of it is in the file. */
const REMARK_SHOWN = 300;
const FILE_NAME = 'feedback.txt';

const RATING_NAMES: Readonly<Record<Rating, string>> = {
  overall: 'Overall',
  content: 'Content quality',
  engagement: 'Engagement',
};
const REMARK_NAMES: Readonly<Record<Remark, string>> = {
  improvements: 'What could we improve?',
  topics: 'What topics would you like to see?',
};

/** The report on an event, with a file of what was said if it does not fit into the message. */
export function eventReportMessage(
  report: EventReport,
  settings: EventSettings,
  mark: string,
  context: TextContext,
): MarkedMessage {
  const { emoji, label } = eventKind(settings, report.kind);
  const remarks = REMARKS.map((remark) => ({ remark, shown: showRemarks(report.remarks[remark]) }));
  const embed = {
    title: `${emoji} ${asWritten(report.title)}`,
    url: `${fill(settings.link, context)}#${mark}`,
    color: report.attended === 0 ? COLORS.grey : COLORS.blue,
    description: summary(report, label),
    fields: [
      ...figureFields(report),
      ...remarks.flatMap(({ remark, shown }) => remarkField(remark, shown.text)),
      ...beforeField(report),
    ],
  };
  const isCut = remarks.some(({ shown }) => shown.isCut);
  return {
    marker: mark,
    body: { embeds: [embed], allowed_mentions: { parse: [] } },
    ...(isCut && { files: [fileOf(report)] }),
  };
}

function summary({ startsAt, hostId, attended }: EventReport, kind: string): string {
  const host = hostId === null ? '' : `, hosted by ${mention(hostId)}`;
  const held = `${kind}, held ${timestamp(startsAt, 'F')}${host}`;
  return attended === 0 ? `${held}\nNobody attended.` : held;
}

/** Each beside how it differs from the last time. */
function figureFields(report: EventReport): APIEmbedField[] {
  const { before } = report;
  const figures: [string, string][] = [
    ['Registered', withDifference(report.registered, before?.registered)],
    ['Attended', attended(report)],
    ['Attendance rate', rate(report)],
    ...RATINGS.map((rating): [string, string] => [RATING_NAMES[rating], ratingText(report, rating)]),
  ];
  return figures.map(([name, value]) => ({ name, value, inline: true }));
}

function attended(report: EventReport): string {
  const walkIns = report.attended - report.registeredAttended;
  const text = withDifference(report.attended, report.before?.attended);
  return walkIns === 0 ? text : `${text}\n${walkIns} without having registered`;
}

/** Of those who had registered. */
function rate(report: EventReport): string {
  const percent = attendancePercent(report);
  if (percent === undefined) return 'nobody had registered';
  const before = report.before === null ? undefined : attendancePercent(report.before);
  const difference = before === undefined ? '' : ` (${signed(percent - before)} points)`;
  return `${percent} %${difference}\n${report.registeredAttended} of ${report.registered}`;
}

function ratingText({ answers, averages, before }: EventReport, rating: Rating): string {
  if (averages === null) return 'no answers';
  const earlier = before?.averages?.[rating];
  const own = Number(averages[rating].toFixed(1));
  const difference =
    earlier === undefined ? '' : ` (${signed(Number((own - Number(earlier.toFixed(1))).toFixed(1)))})`;
  return `${own.toFixed(1)} of 5${difference}\n${count(answers, 'answer')}`;
}

function withDifference(now: number, before: number | undefined): string {
  return before === undefined ? String(now) : `${now} (${signed(now - before)})`;
}

function signed(difference: number): string {
  if (difference === 0) return '±0';
  return difference > 0 ? `+${difference}` : `−${-difference}`;
}

function remarkField(remark: Remark, value: string): APIEmbedField[] {
  return value === '' ? [] : [{ name: REMARK_NAMES[remark], value }];
}

function beforeField({ before }: EventReport): APIEmbedField[] {
  if (before === null) return [];
  const value = `${asWritten(before.title)}, ${timestamp(before.startsAt, 'F')}`;
  return [{ name: 'Compared with the last one of its kind', value }];
}

/** As many remarks as fit, each in one line, and how many more there are. */
function showRemarks(remarks: readonly string[]): { readonly text: string; readonly isCut: boolean } {
  const lines = remarks.map((remark) => `• ${asWritten(shortened(remark))}`);
  const shown: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    const isLast = shown.length === lines.length - 1;
    if (length > (isLast ? DISCORD_LIMITS.embedFieldValue : DISCORD_LIMITS.embedFieldValue - ROOM_FOR_MORE))
      break;
    shown.push(line);
  }
  const left = lines.length - shown.length;
  const more = left === 0 ? [] : [`and ${left} more, in ${FILE_NAME}`];
  const isShortened = remarks.some((remark) => shortened(remark) !== inOneLine(remark));
  return { text: [...shown, ...more].join('\n'), isCut: left > 0 || isShortened };
}

/** By characters as people count them: none is cut in two. */
function shortened(remark: string): string {
  const characters = [...inOneLine(remark)];
  if (characters.length <= REMARK_SHOWN) return characters.join('');
  return `${characters.slice(0, REMARK_SHOWN - 1).join('')}…`;
}

function inOneLine(remark: string): string {
  return remark.replace(/\s+/gu, ' ').trim();
}

/** Everything that was said, as it was written. */
function fileOf({ title, remarks }: EventReport): TextFile {
  const parts = REMARKS.map((remark) =>
    [REMARK_NAMES[remark], '', ...remarks[remark].map((text) => `- ${text}`)].join('\n'),
  );
  return { name: FILE_NAME, text: `${[title, ...parts].join('\n\n')}\n` };
}
