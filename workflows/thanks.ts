/** Lets a member thank another by the command `/thanks`. One for each time that it is used. */

import type { ThanksCommand, ThanksCommandOutcome } from '../domain/thanks.ts';
import { database, discord } from './activities.ts';

export async function thanks(command: ThanksCommand): Promise<ThanksCommandOutcome> {
  const { guildId, receiverId } = command;
  const presence = await discord(guildId, 'staff').general.findPresence(guildId, receiverId);
  return presence === 'member' ? database.thankByCommand(command) : presence;
}
