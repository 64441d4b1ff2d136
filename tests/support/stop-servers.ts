/** Stops what `start-servers.ts` started. Jest calls it once, after the last of the `app` tests. */

import { rm } from 'node:fs/promises';
import { sharedServers } from './servers.ts';

export default async function stopServers(): Promise<void> {
  for (const part of globalThis.startedParts.splice(0).reverse()) await part.stop();
  await rm(sharedServers().folder, { recursive: true, force: true });
}
