import { randomInt } from 'node:crypto';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/start.ts';

const FIRST_GUILD = 1_180_000_000_000_000_000n;
const GUILDS = 2 ** 40;

/** A local Discord, as strict as it is by itself, with a guild that no other test has: tests share a Temporal. */
export function startTestDiscord(): Promise<LocalDiscord> {
  return startLocalDiscord({ guildId: String(FIRST_GUILD + BigInt(randomInt(GUILDS))) });
}
