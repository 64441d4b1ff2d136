/** A local GitHub in a test, and how a worker finds it. */

import { type LocalGithub, startLocalGithub } from '../../sandbox/github/start.ts';

/** A local GitHub that does not care how fast it is asked: where time is skipped, waiting takes none. */
export async function startTestGithub(): Promise<LocalGithub> {
  const github = await startLocalGithub();
  await github.control.holdToInterval({ held: false });
  return github;
}

/** The environment of a worker that uses it. */
export function environmentFor({ apiUrl, clientId, token }: LocalGithub) {
  return { GITHUB_API_URL: apiUrl, GITHUB_CLIENT_ID: clientId, GITHUB_TOKEN: token };
}

/** Opens a pull request and merges it, at `at` (ms since 1970). Gives its number. */
export async function mergePullRequest(
  { control }: LocalGithub,
  { repository = 'tixl3d/tixl', author, at }: { repository?: string; author: string; at: number },
): Promise<number> {
  const { number } = await control.openPull({ repository, author, at });
  await control.mergePull({ repository, number, at });
  return number;
}
