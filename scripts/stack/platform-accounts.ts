/** The accounts that posts are published by, as `npm start` finds them: it connects those of the local platforms itself. */

import { readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { migrate } from '../../database/migrate.ts';
import { type Database, openDatabase } from '../../database/orm.ts';
import { listAccounts } from '../../database/platform-accounts.ts';
import type { AccountPlatform } from '../../domain/platforms.ts';
import { accountPlatforms } from '../../runtime/account-platforms.ts';
import { type Consent, readConsent } from '../../runtime/oauth.ts';
import { type Consented, consentOnGithub, consentOnPage, storeConnection } from '../connect/connect.ts';
import { redirectUriOn } from '../connect/consent.ts';
import { type PlatformStanding, standingOfPlatforms } from '../connect/list.ts';
import type { ConnectSettings } from '../connect/settings.ts';
import type { StartSettings } from './settings.ts';

/** In whose name posts are published on the local GitHub. */
const GITHUB_LOGIN = 'tixl-community';
/** Nobody listens there: the answer to a consent is read from the redirect itself. */
const REDIRECT_URI = redirectUriOn(9);

/** Where each platform stands, and what kept accounts of local platforms from being connected. */
export interface LocalAccounts {
  readonly platforms: readonly PlatformStanding[];
  readonly problems: readonly string[];
}

/**
 * Connects the accounts of the local platforms that are not connected yet.
 *
 * @param variables the environment that the worker is given
 */
export async function connectLocalAccounts(
  { usesLocalGithub, usesLocalPlatforms }: Pick<StartSettings, 'usesLocalGithub' | 'usesLocalPlatforms'>,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<LocalAccounts> {
  const environment = readEnvironment(variables);
  const config = await loadConfig(environment.COMMUNITY_CONFIG);
  const settings = { environment, config, platforms: accountPlatforms(environment) };
  await migrate(environment.DATABASE_URL);
  const database = openDatabase(environment.DATABASE_URL);
  try {
    const local = settings.platforms
      .map(({ platform }) => platform)
      .filter((platform) => (platform === 'github' ? usesLocalGithub : usesLocalPlatforms));
    const problems = await connectMissing(settings, database, local);
    const accounts = await listAccounts(database.em.fork(), environment.DISCORD_GUILD_ID);
    return { platforms: standingOfPlatforms(settings, accounts), problems };
  } finally {
    await database.close();
  }
}

/** Gives what went wrong: one that cannot be connected keeps nothing else from starting. */
async function connectMissing(
  settings: ConnectSettings,
  database: Database,
  platforms: readonly AccountPlatform[],
): Promise<string[]> {
  const accounts = await listAccounts(database.em.fork(), settings.environment.DISCORD_GUILD_ID);
  const connected = accounts.filter(({ state }) => state === 'connected').map(({ platform }) => platform);
  const used = platforms.filter((platform) => settings.config.distribution.platforms[platform] !== undefined);
  const missing = used.filter((platform) => !connected.includes(platform));
  const results = await Promise.allSettled(
    missing.map(async (platform) => {
      const consented = await consentTo(settings, platform);
      await storeConnection(settings, database, platform, consented, undefined);
    }),
  );
  return results.flatMap((result, index) =>
    result.status === 'rejected' ? [`${missing[index]}: ${(result.reason as Error).message}`] : [],
  );
}

function consentTo(settings: ConnectSettings, platform: AccountPlatform): Promise<Consented> {
  if (platform !== 'github') return consentOnPage(settings, platform, REDIRECT_URI, followConsent);
  const { origin } = new URL(settings.environment.GITHUB_API_URL);
  return consentOnGithub(settings, async (userCode) => {
    // It is there already if this is not the first start.
    await act(origin, 'createUser', { login: GITHUB_LOGIN });
    await act(origin, 'decide', { userCode, login: GITHUB_LOGIN, decision: 'approve' });
  });
}

/** The local pages of consent answer at once with the redirect. */
async function followConsent(consent: Consent): Promise<string> {
  const { headers } = await fetch(consent.url, { redirect: 'manual' });
  const answer = readConsent(consent, new URL(headers.get('location') ?? REDIRECT_URI));
  if (answer.kind === 'code') return answer.code;
  throw new Error('the local platform does not consent by itself');
}

/** Acts as somebody on the local GitHub, as its page does. */
async function act(origin: string, name: string, input: object): Promise<void> {
  await fetch(`${origin}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
}
