/** What follows when a member has got a badge or an achievement, or has lost a badge. One for each of these. */

import type { Recognised } from '../domain/recognition.ts';
import { discord } from './activities.ts';
import type { RecognitionResult } from './definitions/recognition.ts';

export async function recognition(recognised: Recognised): Promise<RecognitionResult> {
  const { guildId, memberId, what, name } = recognised;
  const { roles, channels } = discord(guildId, 'bulkMessage');

  if (what === 'achievement') return { told: await announce() };
  const summary = `role of the badge ${name}`;
  const role = await roles.applyBadgeRole.executeWithOptions({ summary }, [guildId, memberId, name]);
  if (what !== 'badge' || role.kind === 'gone') return { role };
  return { role, told: await announce() };

  function announce() {
    return channels.announceRecognition.executeWithOptions({ summary: `tell of ${name}` }, [recognised]);
  }
}
