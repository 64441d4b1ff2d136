/** Tells staff that so many join that tips are held back, and changes what it said when it is calm again. */

import { setCurrentDetails, sleep } from '@temporalio/workflow';
import { database, discord } from './activities.ts';
import type { RaidInput, RaidResult } from './definitions/raid.ts';

export async function raid({ raid }: RaidInput): Promise<RaidResult> {
  const { channels } = discord(raid.guildId, 'staff');
  let joins = 0;
  let until = await heldUntil();
  const told = await channels.tellOfRaid.executeWithOptions({ summary: 'tell staff' }, [raid, joins]);
  while (until > Date.now()) {
    setCurrentDetails(`${joins} have joined; tips are held back until ${new Date(until).toISOString()}`);
    await sleep(until - Date.now(), { summary: 'until it is calm' });
    until = await heldUntil();
  }
  if (told.kind === 'sent') {
    const summary = 'tell staff that it is over';
    await channels.tellThatRaidIsOver.executeWithOptions({ summary }, [raid, joins, told]);
  }
  return { joins, told };

  /** Until when tips are held back as far as is known: everybody who joins puts it off. */
  async function heldUntil(): Promise<number> {
    const found = await database.readRaid(raid);
    if (found === 'over') return 0;
    joins = found.joins;
    return found.until;
  }
}
