/** The local Discord as a process of its own; sandbox/README.md lists the environment that it reads. */

import { registerPage } from './page/serve.ts';
import { type LocalDiscordOptions, startLocalDiscord } from './start.ts';

/** "Configuration error" in sysexits: whoever started this has to change something. */
const badConfiguration = 78;

function optionsFrom(env: NodeJS.ProcessEnv): LocalDiscordOptions {
  const port = Number(env.SANDBOX_PORT ?? 8480);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`SANDBOX_PORT is no port: ${env.SANDBOX_PORT}`);
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

async function main(): Promise<void> {
  const discord = await startLocalDiscord(optionsFrom(process.env));
  const { url, apiUrl, guildId, applicationId } = discord;
  process.stdout.write(`${JSON.stringify({ ready: true, url, apiUrl, guildId, applicationId })}\n`);
  process.send?.({ ready: true });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await discord.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by another process, which wants to know when it is ready, and whose end is the end of this one.
  process.send?.({ ready: true });
  process.once('disconnect', stop);
  // Whoever started this is gone: nobody else would end it.
  process.once('disconnect', stop);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(badConfiguration);
});
