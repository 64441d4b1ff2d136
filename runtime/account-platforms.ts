/** The platforms on which we act in the name of an account: what each still needs before one can be connected. */

import type { Environment } from '../config/environment.ts';
import { linkedinVersionEndsAt, linkedinVersionState } from '../domain/linkedin-version.ts';
import { ACCOUNT_PLATFORMS, type AccountPlatform, PLATFORM_LABELS } from '../domain/platforms.ts';
import { type ApplicationSettings, applicationOn } from './oauth-applications.ts';

/** A platform, by the environment. */
export interface AccountPlatformState {
  readonly platform: AccountPlatform;
  /** What people call it. */
  readonly name: string;
  /** The variables without which it is switched off. */
  readonly missing: readonly string[];
}

/** The variables that decide it. */
export type PlatformSettings = ApplicationSettings & Pick<Environment, 'GITHUB_CLIENT_ID' | 'TOKENS_KEY'>;

/** All of them, in the order in which they are listed. */
export function accountPlatforms(settings: PlatformSettings): readonly AccountPlatformState[] {
  return ACCOUNT_PLATFORMS.map((platform) => ({
    platform,
    name: PLATFORM_LABELS[platform],
    missing: missingFor(platform, settings),
  }));
}

function missingFor(platform: AccountPlatform, settings: PlatformSettings): string[] {
  const application = missingOfApplication(platform, settings);
  return [...application, ...(settings.TOKENS_KEY === undefined ? ['TOKENS_KEY'] : [])];
}

function missingOfApplication(platform: AccountPlatform, settings: PlatformSettings): readonly string[] {
  if (platform === 'github') return settings.GITHUB_CLIENT_ID === undefined ? ['GITHUB_CLIENT_ID'] : [];
  const choice = applicationOn(platform, settings);
  return choice.kind === 'missing' ? choice.variables : [];
}

/** What operators have to know of the version of LinkedIn's API at `now` (ms since 1970); undefined: nothing. */
export function linkedinVersionNotice(version: string, now: number): string | undefined {
  const day = new Date(linkedinVersionEndsAt(version)).toISOString().slice(0, 10);
  switch (linkedinVersionState(version, now)) {
    case 'current':
      return undefined;
    case 'ends soon':
      return `version ${version} of its API lives until ${day}: change distribution.platforms.linkedin.version`;
    case 'over':
      return `version ${version} of its API is over since ${day}: change distribution.platforms.linkedin.version`;
  }
}
