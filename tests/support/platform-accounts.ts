/** Accounts on local platforms in a test: connected as `npm run connect` does it, without a person. */

import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { connectAccount } from '../../database/platform-accounts.ts';
import type { GuildId } from '../../domain/ids.ts';
import { sealTokens } from '../../runtime/account-tokens.ts';
import { askForConsent, exchangeCode, readConsent, type Tokens } from '../../runtime/oauth.ts';
import {
  type ApplicationSettings,
  applicationOn,
  type OAuthPlatform,
} from '../../runtime/oauth-applications.ts';
import { createSealer } from '../../runtime/sealing.ts';
import type { LocalPlatforms } from '../../sandbox/social/start.ts';

/** A key for tokens, and what seals with it. */
export const TOKENS_KEY = randomBytes(32).toString('base64');
export const sealer = createSealer(TOKENS_KEY);

const REDIRECT = 'http://127.0.0.1:9/callback';

/** The environment of a worker that uses `platforms`. */
export function settingsFor({
  url,
  clients,
}: LocalPlatforms): ApplicationSettings & { readonly TOKENS_KEY: string } {
  return {
    PLATFORMS_URL: url,
    TOKENS_KEY,
    X_CLIENT_ID: clients.x?.id,
    X_CLIENT_SECRET: clients.x?.secret,
    LINKEDIN_CLIENT_ID: clients.linkedin?.id,
    LINKEDIN_CLIENT_SECRET: clients.linkedin?.secret,
    YOUTUBE_CLIENT_ID: clients.youtube?.id,
    YOUTUBE_CLIENT_SECRET: clients.youtube?.secret,
  };
}

/** The same, as a process is given it. */
export function environmentOfPlatforms(platforms: LocalPlatforms): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settingsFor(platforms)).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Connects the account of a local platform at `now` (ms since 1970). Gives its tokens. */
export async function connectTestAccount(
  em: EntityManager,
  guildId: GuildId,
  platform: OAuthPlatform,
  platforms: LocalPlatforms,
  now: number,
): Promise<Tokens> {
  const choice = applicationOn(platform, settingsFor(platforms));
  if (choice.kind === 'missing') throw new Error(`there is no local ${platform}`);
  const consent = askForConsent(choice.application, REDIRECT);
  const { headers } = await fetch(consent.url, { redirect: 'manual' });
  const answer = readConsent(consent, new URL(headers.get('location') ?? REDIRECT));
  if (answer.kind !== 'code') throw new Error(`${platform} did not consent: ${answer.kind}`);
  const outcome = await exchangeCode(choice.application, consent, answer.code, now);
  if (outcome.kind !== 'tokens') throw new Error(`${platform} gave no tokens: ${outcome.kind}`);
  const account = { guildId, platform };
  const named = { accountId: `the ${platform} account`, accountName: `@${platform}` };
  await connectAccount(em, { ...account, ...named, ...sealTokens(sealer, account, outcome.tokens) });
  return outcome.tokens;
}
