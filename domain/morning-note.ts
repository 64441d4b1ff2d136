/** The note that lists the events of the day. */

import type { Day } from './calendar.ts';
import type { GuildId } from './ids.ts';

/** The id of the schedule by which the note is posted; those of its workflows begin so. */
export function morningNoteId(guildId: GuildId): string {
  return `morning-note/${guildId}`;
}

/** What makes the note of a day happen once (design: "Identity"). */
export function morningNoteKey(guildId: GuildId, day: Day): string {
  return `morning-note/${guildId}/${day}`;
}
