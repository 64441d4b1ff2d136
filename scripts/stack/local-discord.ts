import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartPlan } from './part.ts';

const PROGRAM = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));
const READY_WITHIN_MS = 30_000;

/** The bot's token on the local Discord, which listens on loopback only: no secret. */
const TOKEN = 'local-discord-bot-token';
const GUILD_ID = '1300000000000000001';

/** The local Discord, and what a bot needs to use it. */
export interface LocalDiscordPlan extends PartPlan {
  readonly url: string;
  readonly forBot: { DISCORD_API_URL: string; DISCORD_BOT_TOKEN: string; DISCORD_GUILD_ID: string };
}

/** How to run the local Discord, which keeps its guild below `folder`. `workflowUrl` is where the page finds workflows. */
export function planLocalDiscord(folder: string, port: number, workflowUrl: string): LocalDiscordPlan {
  const url = `http://127.0.0.1:${port}`;
  return {
    name: 'local-discord',
    program: PROGRAM,
    environment: {
      SANDBOX_PORT: String(port),
      SANDBOX_STATE_FILE: join(folder, 'local-discord.json'),
      SANDBOX_BOT_TOKEN: TOKEN,
      SANDBOX_GUILD_ID: GUILD_ID,
      SANDBOX_WORKFLOW_URL: workflowUrl,
    },
    logFolder: join(folder, 'logs'),
    readyWithinMs: READY_WITHIN_MS,
    url,
    forBot: { DISCORD_API_URL: `${url}/api`, DISCORD_BOT_TOKEN: TOKEN, DISCORD_GUILD_ID: GUILD_ID },
  };
}
