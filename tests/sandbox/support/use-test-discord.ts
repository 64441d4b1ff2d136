/** A local Discord for the tests of one file. */

import { afterAll, beforeAll } from '@jest/globals';
import type { LocalDiscordOptions } from '../../../sandbox/start.ts';
import { startTestDiscord, type TestDiscord } from './local-discord.ts';

/** One local Discord for all tests of a file, without limits unless told otherwise. */
export function useTestDiscord(options: LocalDiscordOptions = {}): () => TestDiscord {
  let discord: TestDiscord | undefined;
  beforeAll(async () => {
    discord = await startTestDiscord({ limitMode: 'off', ...options });
  });
  afterAll(() => discord?.stop());
  return () => {
    if (discord === undefined) throw new Error('The local Discord has not been started.');
    return discord;
  };
}
