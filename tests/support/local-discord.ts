import { randomInt } from 'node:crypto';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/start.ts';
import { DiscordContract, descriptionFile } from './discord-contract.ts';

const FIRST_GUILD = 1_180_000_000_000_000_000n;
const GUILDS = 2 ** 40;

/**
 * A local Discord, as strict as it is by itself, with a guild that no other test has: tests share a Temporal.
 * Where Discord's official description is at hand, everything that we asked in the test is held against it at the end.
 */
export async function startTestDiscord(): Promise<LocalDiscord> {
  const discord = await startLocalDiscord({
    guildId: String(FIRST_GUILD + BigInt(randomInt(GUILDS))),
    recordExchanges: descriptionFile !== undefined,
  });
  return {
    ...discord,
    async stop() {
      const violations = await violationsOf(discord);
      await discord.stop();
      if (violations.length > 0)
        throw new Error(`Discord describes it otherwise: ${JSON.stringify(violations, null, 1)}`);
    },
  };
}

async function violationsOf({ control }: LocalDiscord) {
  if (descriptionFile === undefined) return [];
  const { exchanges } = await control.getExchanges();
  return new DiscordContract(descriptionFile).checkExchanges(exchanges);
}
