/** Welcomes those who have joined shortly after others, all together, when the time in which they are gathered is over. */

import { sleep } from '@temporalio/workflow';
import type { Delivery } from '../domain/delivery.ts';
import { database, discord } from './activities.ts';
import type { BurstInput } from './definitions/burst.ts';

export async function burst({ window, endsAt }: BurstInput): Promise<Delivery[]> {
  const { channels } = discord(window.guildId, 'welcome');
  await sleep(Math.max(1, endsAt - Date.now()), { summary: 'until all have joined' });
  const welcomes = await database.closeWindow(window);
  const sent: Delivery[] = [];
  for (let part = 0; part < welcomes; part += 1) {
    const summary = `welcome ${part + 1} of ${welcomes}`;
    sent.push(await channels.sendGatheredWelcome.executeWithOptions({ summary }, [window, part]));
  }
  return sent;
}
