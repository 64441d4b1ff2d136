/** Local platforms that a product publishes on, with accounts of its own. They are not killed: on real ones nobody can do that either. */

import type { LocalGithub } from '../../sandbox/github/start.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { connectLocalAccounts } from '../../scripts/stack/platform-accounts.ts';
import { environmentFor, startTestGithub } from '../support/github.ts';
import { environmentOfPlatforms } from '../support/platform-accounts.ts';

/** What a product publishes on. */
export interface Publishing {
  readonly platforms: LocalPlatforms;
  readonly github: LocalGithub;
  /** What a worker needs to use them. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Connects the accounts that are not, or no longer, connected, as a person does.
   *
   * @param environment that of the worker
   * @throws Error if one of them could not be connected
   */
  connectAccounts(environment: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts local platforms. How much they take in a day is not what is tried, so they take all. */
export async function startPublishing(): Promise<Publishing> {
  const [github, platforms] = await Promise.all([
    startTestGithub(),
    startLocalPlatforms({ keepsLimits: false }),
  ]);
  await github.control.setLimits({ kept: false });
  return {
    ...{ platforms, github },
    environment: { ...environmentFor(github), ...environmentOfPlatforms(platforms) },
    async connectAccounts(environment) {
      const { problems } = await connectLocalAccounts(
        { usesLocalGithub: true, usesLocalPlatforms: true },
        environment,
      );
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
    async stop() {
      await Promise.all([github.stop(), platforms.stop()]);
    },
  };
}
