/**
 * Opens the channel for direct messages with a member who wants to be told of events. Discord lets about one be opened in a second: if
 * a reminder had to open those of two thousand, it would come too late for most.
 */

import { discord } from './activities.ts';
import type { DirectMessagesInput } from './definitions/direct-messages.ts';

export async function directMessages(member: DirectMessagesInput): Promise<'opened' | 'refused'> {
  return discord(member.guildId, 'catchUp').openings.openAhead(member);
}
