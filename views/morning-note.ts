import type { CommunityEvent } from '../domain/events.ts';
import { markedEmbed } from './embed.ts';
import type { MarkedMessage } from './marked-message.ts';
import { asWritten, type TextContext, timestamp } from './text.ts';

/** So many go into one embed, however long their titles are. */
const SHOWN = 12;

/** What the note is made of: its headline with the address behind it, and the events in the order of their starts. */
interface MorningNote {
  readonly title: string;
  readonly link: string;
  readonly events: readonly CommunityEvent[];
}

/** The events of the day, a line for each. It mentions nobody. */
export function morningNoteMessage(
  { title, link, events }: MorningNote,
  mark: string,
  context: TextContext,
): MarkedMessage {
  const more = events.length - SHOWN;
  const lines = [...events.slice(0, SHOWN).map(eventLine), ...(more > 0 ? [`and ${more} more`] : [])];
  // Titles are people's words: they are put in after what is filled in, and a brace in them stands for nothing.
  const template = { color: 'blue' as const, title, link, description: '', fields: [] };
  const embed = { ...markedEmbed(template, mark, context), description: lines.join('\n') };
  return { marker: mark, body: { embeds: [embed], allowed_mentions: { parse: [] } } };
}

function eventLine(event: CommunityEvent): string {
  const { startsAt, state } = event;
  const when = state === 'live' ? 'now' : timestamp(startsAt, 't');
  return `${when} · **${linkedTitle(event)}**`;
}

/** An event's title, with a link to where Discord shows it, as far as it is there. */
export function linkedTitle({
  guildId,
  title,
  scheduledEventId,
}: Pick<CommunityEvent, 'guildId' | 'title' | 'scheduledEventId'>): string {
  const written = asWritten(title);
  if (scheduledEventId === null) return written;
  return `[${written}](https://discord.com/events/${guildId}/${scheduledEventId})`;
}
