/** What is said of weekly workshops. These are the tool's words; what workshops are called is configured. */

import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { type Day, dayText } from '../domain/calendar.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { CommunityEvent, EventState } from '../domain/events.ts';
import type {
  WorkshopChange,
  WorkshopException,
  WorkshopSettings,
  WorkshopSlot,
  WorkshopTimes,
} from '../domain/workshops.ts';
import { COLORS } from './colors.ts';
import { linkedTitle } from './morning-note.ts';
import { asWritten, timestamp } from './text.ts';

type Message = Pick<RESTPostAPIChannelMessageJSONBody, 'embeds'>;

/** A workshop of the coming week, with what is known of it. */
export interface ListedWorkshop {
  readonly slot: WorkshopSlot;
  readonly day: Day;
  readonly times: WorkshopTimes;
  /** Where it is open, or was. */
  readonly event?: CommunityEvent;
  readonly exception?: WorkshopException;
  /** Whether staff have paused its slot. */
  readonly isPaused: boolean;
}

/** When a workshop ends, with all that was changed; in ms since 1970. */
export function endOf(workshop: ListedWorkshop): number {
  const { event, times } = workshop;
  return event?.endsAt ?? startOf(workshop) + times.endsAt - times.startsAt;
}

/** The workshops of the coming week at `now` (ms since 1970), in the order of their starts. */
export function workshopWeekMessage(workshops: readonly ListedWorkshop[], now: number): Message {
  const sorted = [...workshops].sort((one, other) => startOf(one) - startOf(other));
  const lines = sorted.map((workshop) => `${timestamp(startOf(workshop), 'F')}\n${describe(workshop, now)}`);
  const description = thatFit(lines).join('\n') || 'There are none.';
  return { embeds: [{ title: 'Workshops of the coming week', color: COLORS.blue, description }] };
}

function startOf({ times, event, exception }: ListedWorkshop): number {
  return event?.startsAt ?? exception?.startsAt ?? times.startsAt;
}

function describe(workshop: ListedWorkshop, now: number): string {
  const { slot, event } = workshop;
  const title = event === undefined ? asWritten(slot.title) : linkedTitle(event);
  return `**${title}** · ${standingOf(workshop, now)}${movedFrom(workshop)}`;
}

function standingOf({ event, exception, isPaused, times }: ListedWorkshop, now: number): string {
  if (event !== undefined) return stateOf(event);
  if (exception?.startsAt === null) return 'left out';
  if (isPaused) return 'paused';
  return times.opensAt > now ? `opens ${timestamp(times.opensAt, 'R')}` : 'not open yet';
}

const STATES: Readonly<Record<EventState, string>> = {
  planned: 'opens in a moment',
  open: 'open',
  live: 'now',
  over: 'over',
  closed: 'over',
  cancelled: 'called off',
  refused: 'could not be made on Discord',
};

function stateOf({ state, threadId }: CommunityEvent): string {
  return threadId === null ? STATES[state] : `${STATES[state]}: <#${threadId}>`;
}

function movedFrom(workshop: ListedWorkshop): string {
  const { startsAt } = workshop.times;
  return startOf(workshop) === startsAt ? '' : ` · moved from ${timestamp(startsAt, 'f')}`;
}

/** So many of the lines as go into one embed. */
function thatFit(lines: readonly string[]): string[] {
  let length = 0;
  const fitting = lines.filter((line) => {
    length += line.length + 1;
    return length <= DISCORD_LIMITS.embedDescription - 20;
  });
  const more = lines.length - fitting.length;
  return more === 0 ? fitting : [...fitting, `and ${more} more`];
}

/** To whoever asks for a workshop that there is not. */
export function noSuchSlot({ slots }: WorkshopSettings): string {
  return `There is no such workshop. There are: ${slots.map(({ name }) => `\`${name}\``).join(', ')}.`;
}

/** To whoever names a day on which a slot has no workshop that can be changed. `days`: some that it has. */
export function noSuchDay({ title }: WorkshopSlot, days: readonly Day[]): string {
  const examples = days.map((day) => `\`${day}\``).join(', ');
  return `**${asWritten(title)}** has no workshop to come on that day. Its next days are ${examples}.`;
}

/** What became of leaving a workshop out. */
export function skipAnswer({ title }: WorkshopSlot, day: Day, result: WorkshopChange): string {
  const name = `**${asWritten(title)}** on ${dayText(day)}`;
  if (result.kind === 'too late') return tooLate(name, result.state);
  return result.isOpen
    ? `${name} is left out. Its event is called off, and everybody who has signed up is told.`
    : `${name} is left out. Take it back by moving it to its time.`;
}

/** What became of moving a workshop to `startsAt` (ms since 1970). */
export function moveAnswer(
  { title }: WorkshopSlot,
  day: Day,
  result: WorkshopChange,
  {
    startsAt,
    opensAt,
    isDue,
  }: { readonly startsAt: number; readonly opensAt: number; readonly isDue: boolean },
): string {
  const name = `**${asWritten(title)}** of ${dayText(day)}`;
  if (result.kind === 'too late') return tooLate(name, result.state);
  const begins = `${name} begins ${timestamp(startsAt, 'F')}.`;
  if (result.isOpen) return `${begins} Its event moves, and everybody who has signed up is told.`;
  return isDue ? `${begins} Its event opens now.` : `${begins} Its event opens ${timestamp(opensAt, 'R')}.`;
}

function tooLate(name: string, state: EventState): string {
  const why: Partial<Record<EventState, string>> = {
    live: 'has begun. Use `/event` to change it',
    cancelled: 'was called off. Use `/event create` to make another event',
    refused: 'could not be made on Discord. Use `/event create` to make another event',
  };
  return `Nothing was changed: ${name} ${why[state] ?? 'is over'}.`;
}

/** To whoever moves a workshop to a time at which its event is not open yet. Both in ms since 1970. */
export function beforeItOpens(opensAt: number): string {
  return `Its event opens ${timestamp(opensAt, 'F')} only, and cannot begin before. Leave this one out with \`/workshops skip\`, and make an event with \`/event create\`.`;
}

/** What became of a pause of slots, or of its end. */
export function pauseAnswer(slots: readonly WorkshopSlot[], action: 'pause' | 'resume'): string {
  const titles = slots.map(({ title }) => `**${asWritten(title)}**`).join(', ');
  return action === 'pause'
    ? `Paused: ${titles}. Events that are open already stay; no further ones open until you resume.`
    : `Going on: ${titles}. Events that should be open by now open in a moment.`;
}
