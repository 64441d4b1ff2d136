/** Makes a change of a post where it is published already, and says where that could not be. */

import { sleep } from '@temporalio/workflow';
import type { DeliveryEdit } from '../domain/post-deliveries.ts';
import type { DeliveryRef, PostEdit } from '../domain/posts.ts';
import { database, discord } from './activities.ts';
import { DeliveryRequests } from './delivery-requests.ts';

/** While a platform is out of order, each pause is twice as long as the last one. */
const FIRST_PAUSE_MS = 10_000;
/** After so many, which takes about three hours, it is given up. */
const MOST_PAUSES = 10;

export async function postEdit(edit: PostEdit): Promise<void> {
  const { guildId, postId, revision } = edit;
  const platforms = await database.platformsBehind(edit);
  const edits = await Promise.all(
    platforms.map(async (platform) => ({
      platform,
      outcome: await changeWords({ guildId, postId, platform }),
    })),
  );
  const { channels } = discord(guildId, 'staff');
  await channels.tellPostEdited.executeWithOptions({ summary: 'tell staff' }, [edit, `${revision}`, edits]);
}

/** Shows on a platform what was changed of a post while it was on its way there. Staff are told. */
export async function showLatestWords(delivery: DeliveryRef): Promise<void> {
  const { platform, ...post } = delivery;
  if (!(await database.platformsBehind(post)).includes(platform)) return;
  const outcome = await changeWords(delivery);
  const { channels } = discord(delivery.guildId, 'staff');
  await channels.tellPostEdited.executeWithOptions({ summary: 'tell staff' }, [
    ...([post, platform] as const),
    [{ platform, outcome }],
  ]);
}

async function changeWords(delivery: DeliveryRef): Promise<DeliveryEdit> {
  const requests = new DeliveryRequests(delivery);
  for (let pauses = 0; ; pauses += 1) {
    const outcome = await requests.changeWords();
    if (pauses === MOST_PAUSES) return outcome;
    if (outcome.kind === 'rate-limited')
      await sleep(Math.max(1, outcome.until - Date.now()), { summary: 'for the end of a limit' });
    else if (outcome.kind === 'unavailable')
      await sleep(FIRST_PAUSE_MS * 2 ** pauses, { summary: 'to try again' });
    else return outcome;
  }
}
