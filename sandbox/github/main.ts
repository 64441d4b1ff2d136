/** The local GitHub as a process of its own; sandbox/README.md lists the environment that it reads. */

import { startLocalGithub } from './start.ts';

/** "Configuration error" in sysexits: whoever started this has to change something. */
const BAD_CONFIGURATION = 78;

async function main(): Promise<void> {
  const { SANDBOX_GITHUB_PORT, SANDBOX_GITHUB_STATE_FILE, SANDBOX_GITHUB_TOKEN } = process.env;
  const port = Number(SANDBOX_GITHUB_PORT ?? 8481);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`SANDBOX_GITHUB_PORT is no port: ${SANDBOX_GITHUB_PORT}`);
  const github = await startLocalGithub({
    port,
    ...(SANDBOX_GITHUB_STATE_FILE ? { stateFile: SANDBOX_GITHUB_STATE_FILE } : {}),
    ...(SANDBOX_GITHUB_TOKEN ? { token: SANDBOX_GITHUB_TOKEN } : {}),
  });
  const { url, apiUrl, clientId } = github;
  process.stdout.write(`${JSON.stringify({ ready: true, url, apiUrl, clientId })}\n`);
  const stop = async () => {
    await github.stop();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Started by another process, which wants to know when it is ready, and whose end is the end of this one.
  process.send?.({ ready: true });
  process.once('disconnect', stop);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(BAD_CONFIGURATION);
});
