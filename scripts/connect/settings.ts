/** What `npm run connect` works with: the environment, or what `npm start` has on this machine. */

import { type Environment, readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import type { AccountPlatform } from '../../domain/platforms.ts';
import { type AccountPlatformState, accountPlatforms } from '../../runtime/account-platforms.ts';
import { createSealer, type Sealer } from '../../runtime/sealing.ts';
import { environmentBeside } from '../stack/environment.ts';
import { SetupError } from '../stack/report.ts';
import { readStartSettings } from '../stack/settings.ts';

export interface ConnectSettings {
  readonly environment: Environment;
  readonly config: CommunityConfig;
  /** All platforms, with what each still needs. */
  readonly platforms: readonly AccountPlatformState[];
}

/** Reads it. @throws ConfigError or SetupError that says what is missing or wrong */
export async function readConnectSettings(): Promise<ConnectSettings> {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const environment = readEnvironment({ ...(await environmentBeside(readStartSettings())), ...given });
  return {
    environment,
    config: await loadConfig(environment.COMMUNITY_CONFIG),
    platforms: accountPlatforms(environment),
  };
}

/** What to seal tokens with. @throws SetupError if there is no key */
export function requireSealer({ environment: { TOKENS_KEY } }: ConnectSettings): Sealer {
  if (TOKENS_KEY !== undefined) return createSealer(TOKENS_KEY);
  throw new SetupError(
    'TOKENS_KEY is not set, so that no account can be connected. Make one (openssl rand -base64 32), put it into .env, and restart the workers.',
  );
}

/** A platform's state. @throws SetupError if variables are missing without which no account can be connected there */
export function requirePlatform(settings: ConnectSettings, platform: AccountPlatform): AccountPlatformState {
  const found = settings.platforms.find((state) => state.platform === platform);
  if (found === undefined) throw new SetupError(`There is no platform ${platform}.`);
  const missing = found.missing.filter((variable) => variable !== 'TOKENS_KEY');
  if (missing.length > 0)
    throw new SetupError(
      `${found.name} is switched off: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set. See docs/operators.md, "Platforms".`,
    );
  if (settings.config.distribution.platforms[platform] === undefined)
    throw new SetupError(
      `${found.name} is switched off: community.yaml has no distribution.platforms.${platform}.`,
    );
  return found;
}
