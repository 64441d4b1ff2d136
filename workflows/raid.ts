/** Tells staff that so many join that tips are held back, and changes what it said when it is calm again. */

import { setCurrentDetails, sleep } from '@temporalio/workflow';
import { database, discord } from './activities.ts';
import type { RaidInput, RaidResult } from './definitions/raid.ts';

export async function raid({ raid }: RaidInput): Promise<RaidResult> {
  const { channels } = discord(raid.guildId, 'staff');
  const found = await database.readRaid(raid);
  if (found === 'over') return 'taken up too late';
  let { joins, until } = found;
  const told = await channels.tellOfRaid.executeWithOptions({ summary: 'tell staff' }, [raid, joins]);
  while (until > Date.now()) {
    setCurrentDetails(`${joins} have joined; tips are held back until ${new Date(until).toISOString()}`);
    await sleep(until - Date.now(), { summary: 'until it is calm' });
    // Everybody who joins meanwhile puts it off.
    const now = await database.readRaid(raid);
    if (now === 'over') break;
    ({ joins, until } = now);
  }
  if (told.kind === 'sent') {
    const summary = 'tell staff that it is over';
    await channels.tellThatRaidIsOver.executeWithOptions({ summary }, [raid, joins, told]);
  }
  return { joins, told };
}
