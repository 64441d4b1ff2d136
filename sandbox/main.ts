/** The local Discord as a process of its own; sandbox/README.md lists the environment that it reads. */

import { registerPage } from './page/serve.ts';
import { readPort, runServer } from './process.ts';
import { type LocalDiscordOptions, startLocalDiscord } from './start.ts';

function optionsFrom(env: NodeJS.ProcessEnv): LocalDiscordOptions {
  const port = readPort('SANDBOX_PORT', 8480);
  const limitMode = env.SANDBOX_LIMITS ?? 'strict';
  if (limitMode !== 'strict' && limitMode !== 'off')
    throw new Error(`SANDBOX_LIMITS must be strict or off, not ${limitMode}.`);
  const guildId = env.SANDBOX_GUILD_ID;
  if (guildId && !/^\d{1,20}$/.test(guildId))
    throw new Error(`SANDBOX_GUILD_ID is no id of Discord: ${guildId}`);
  return {
    port,
    limitMode,
    registerPage,
    ...(env.SANDBOX_STATE_FILE ? { stateFile: env.SANDBOX_STATE_FILE } : {}),
    ...(env.SANDBOX_BOT_TOKEN ? { token: env.SANDBOX_BOT_TOKEN } : {}),
    ...(guildId ? { guildId } : {}),
    ...(env.SANDBOX_GUILD_FILE ? { guildFile: env.SANDBOX_GUILD_FILE } : {}),
    ...(env.SANDBOX_WORKFLOW_URL ? { workflowUrl: env.SANDBOX_WORKFLOW_URL } : {}),
  };
}

await runServer(async () => {
  const discord = await startLocalDiscord(optionsFrom(process.env));
  const { url, apiUrl, guildId, applicationId } = discord;
  return { ready: { url, apiUrl, guildId, applicationId }, stop: () => discord.stop() };
});
