/** Lists the events of the day in the channel of events, when there are any. A schedule starts it. */

import { setCurrentDetails } from '@temporalio/workflow';
import { discord } from './activities.ts';
import type { MorningNoteInput, MorningNoteResult } from './definitions/morning-note.ts';
import { scheduledTime } from './scheduled-time.ts';

export async function morningNote({ guildId }: MorningNoteInput): Promise<MorningNoteResult> {
  const { channels } = discord(guildId, 'reminder');
  const posted = await channels.postMorningNote.executeWithOptions({ summary: 'post' }, [
    guildId,
    scheduledTime(),
  ]);
  setCurrentDetails(posted.kind === 'refused' ? `refused: ${posted.reason}` : posted.kind);
  return { posted };
}
