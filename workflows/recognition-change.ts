/** Carries out what somebody of the staff wants changed. One for each time that they ask. */

import { type ChangeRequest, givesToMember, type Presence } from '../domain/recognition-change.ts';
import { database, discord } from './activities.ts';
import type { RecognitionChangeResult } from './definitions/recognition-change.ts';

export async function recognitionChange(request: ChangeRequest): Promise<RecognitionChangeResult> {
  const presence = await presenceOfReceiver(request);
  const outcome = await database.settleRecognitionChange(request, presence);
  if (outcome.kind === 'refused') return { outcome };

  const { guildId, interactionId, change } = request;
  const summary = `show it: ${change.kind}`;
  const { channels } = discord(guildId, 'staff');
  const shown = await channels.showRecognitionChange.executeWithOptions({ summary }, [
    guildId,
    interactionId,
  ]);
  return { outcome, shown };
}

async function presenceOfReceiver({ guildId, change }: ChangeRequest): Promise<Presence> {
  const receiver = givesToMember(change);
  return receiver === undefined
    ? 'member'
    : discord(guildId, 'staff').general.findPresence(guildId, receiver);
}
