/** The local GitHub as a process of its own; sandbox/README.md lists the environment that it reads. */

import { readPort, runServer } from '../process.ts';
import { startLocalGithub } from './start.ts';

await runServer(async () => {
  const { SANDBOX_GITHUB_STATE_FILE, SANDBOX_GITHUB_TOKEN } = process.env;
  const github = await startLocalGithub({
    port: readPort('SANDBOX_GITHUB_PORT', 8481),
    ...(SANDBOX_GITHUB_STATE_FILE ? { stateFile: SANDBOX_GITHUB_STATE_FILE } : {}),
    ...(SANDBOX_GITHUB_TOKEN ? { token: SANDBOX_GITHUB_TOKEN } : {}),
  });
  const { url, apiUrl, clientId } = github;
  return { ready: { url, apiUrl, clientId }, stop: () => github.stop() };
});
