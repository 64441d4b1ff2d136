import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartPlan } from './part.ts';

const PROGRAM = fileURLToPath(new URL('../../sandbox/github/main.ts', import.meta.url));
const READY_WITHIN_MS = 30_000;

/** The token and the application of the local GitHub, which listens on loopback only: no secrets. */
const TOKEN = 'local-github-token';
const CLIENT_ID = 'local-github-client';

/** The local GitHub, and what a worker needs to use it. */
export interface LocalGithubPlan extends PartPlan {
  readonly forWorker: { GITHUB_API_URL: string; GITHUB_CLIENT_ID: string; GITHUB_TOKEN: string };
}

/** How to run the local GitHub, which keeps its accounts and pull requests below `folder`. */
export function planLocalGithub(folder: string, port: number): LocalGithubPlan {
  return {
    name: 'local-github',
    program: PROGRAM,
    environment: {
      SANDBOX_GITHUB_PORT: String(port),
      SANDBOX_GITHUB_STATE_FILE: join(folder, 'local-github.json'),
      SANDBOX_GITHUB_TOKEN: TOKEN,
    },
    logFolder: join(folder, 'logs'),
    readyWithinMs: READY_WITHIN_MS,
    forWorker: {
      GITHUB_API_URL: `http://127.0.0.1:${port}/api/v3`,
      GITHUB_CLIENT_ID: CLIENT_ID,
      GITHUB_TOKEN: TOKEN,
    },
  };
}
