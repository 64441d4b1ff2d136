/** What attendance says of the times of workshops: a picture, the same in words, and advice where there is enough to go by. */

import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { weekHourText } from '../domain/week-hours.ts';
import {
  type Advice,
  type Attendance,
  adviceOn,
  averageOf,
  CLEARLY_MORE,
  ENOUGH_EVENTS,
  type HourAttendance,
  hourOf,
  INSIGHT_DAYS,
} from '../domain/workshop-insights.ts';
import type { WorkshopSettings } from '../domain/workshops.ts';
import { COLORS } from './colors.ts';
import { type AttendancePicture, averageText } from './pictures/workshop-insights.ts';
import { asWritten, count, cut, dayOf, timestamp } from './text.ts';

/** What the picture is called under the message. */
export const INSIGHTS_PICTURE = 'workshops.png';

/** What the figures rest on, and advice on each slot. The picture goes with it, unless there is nothing to show. */
export function insightsMessage(
  attendance: Attendance,
  { slots, timeZone }: WorkshopSettings,
): Pick<RESTPostAPIChannelMessageJSONBody, 'embeds'> {
  const title = 'When members come';
  if (attendance.since === null) {
    const description = `No event was held in the last ${INSIGHT_DAYS} days: there is nothing to go by yet.`;
    return { embeds: [{ title, color: COLORS.grey, description }] };
  }
  const lines = [
    `**${count(attendance.events, 'event')}** since ${timestamp(attendance.since, 'D')}, attended by **${count(attendance.people, 'member')}**.`,
    '',
    ...adviceOn(slots, attendance).map(adviceLine),
  ];
  return {
    embeds: [
      {
        title,
        color: COLORS.blue,
        description: cut(lines.join('\n'), DISCORD_LIMITS.embedDescription),
        image: { url: `attachment://${INSIGHTS_PICTURE}` },
        footer: { text: footerText(timeZone) },
      },
    ],
  };
}

/** What the picture shows; undefined without any event. */
export function toInsightsPicture(
  { hours, events, people, since }: Attendance,
  { slots, timeZone }: WorkshopSettings,
): AttendancePicture | undefined {
  if (since === null) return undefined;
  const basis = `${count(events, 'event')} since ${dayOf(since, timeZone)} · ${count(people, 'member')}`;
  return { title: 'When members come', basis, hours, workshops: slots.map(hourOf) };
}

/** The picture in words, for who cannot see it. */
export function insightsDescription({ title, basis, hours }: AttendancePicture): string {
  const lines = hours.map((hour) => `${weekHourText(hour)}: ${averageInWords(hour)}`);
  return cut([`${title}: ${basis}`, ...lines].join('\n'), DISCORD_LIMITS.fileDescription);
}

function adviceLine(advice: Advice): string {
  const { slot } = advice;
  const name = `**${asWritten(slot.title)}** (${weekHourText(hourOf(slot))})`;
  switch (advice.kind) {
    case 'too little to say':
      return `${name}: too little to say, ${count(advice.events, 'event')}.`;
    case 'no better time':
      return `${name}: ${averageInWords(advice.now)}. No better time is known.`;
    case 'better time':
      return `${name}: ${averageInWords(advice.now)}. 💡 ${weekHourText(advice.better)} had ${averageInWords(advice.better)}.`;
  }
}

function averageInWords(hour: HourAttendance): string {
  return `${averageText(averageOf(hour))} on average of ${count(hour.events, 'event')}`;
}

function footerText(timeZone: string): string {
  const more = Math.round((CLEARLY_MORE - 1) * 100);
  return [
    `Times: ${timeZone}. Of fewer than ${ENOUGH_EVENTS} events at an hour nothing is said; a time is suggested if at least ${more} % more come, and no other workshop has it.`,
    'Who came may have had other reasons than the time: look at kinds and hosts, too.',
  ].join(' ');
}
