/** Consents to a program on a local platform, as a person in a browser would. */

import type { SocialPlatform } from '../../sandbox/social/stand-in.ts';
import { STAND_INS } from '../../sandbox/social/stand-ins.ts';
import type { LocalPlatforms } from '../../sandbox/social/start.ts';

const REDIRECT = 'http://127.0.0.1:1/consent';
/** Of PKCE, where it is needed. */
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters';

/** What a program gets. `refresh_token` is absent where none was asked for, or it stays the same. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly error?: string;
}

/** Goes through the consent, and gives the tokens. `more`: parameters of the platform's own. */
export async function consent(
  platforms: LocalPlatforms,
  platform: SocialPlatform,
  more: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const { authorize } = oauthOf(platform);
  const page = new URL(`${platforms.url}/${platform}${authorize}`);
  page.search = new URLSearchParams({
    ...{ client_id: clientOf(platforms, platform).id, redirect_uri: REDIRECT, response_type: 'code' },
    ...{ code_challenge: VERIFIER, code_challenge_method: 'plain', ...more },
  }).toString();
  const answer = await fetch(page, { redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  return askToken(platforms, platform, {
    ...{ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER },
  });
}

/** Asks for a token. What is refused has `error`. */
async function askToken(
  platforms: LocalPlatforms,
  platform: SocialPlatform,
  fields: Readonly<Record<string, string>>,
): Promise<TokenAnswer> {
  const { id, secret } = clientOf(platforms, platform);
  const answer = await fetch(`${platforms.url}/${platform}${oauthOf(platform).token}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: id, client_secret: secret, ...fields }),
  });
  return (await answer.json()) as TokenAnswer;
}

function oauthOf(platform: SocialPlatform) {
  const standIn = STAND_INS.find((one) => one.platform === platform);
  if (standIn === undefined) throw new Error(`there is no local ${platform}`);
  return standIn.oauth;
}

function clientOf({ clients }: LocalPlatforms, platform: SocialPlatform) {
  const client = clients[platform];
  if (client === undefined) throw new Error(`there is no local ${platform}`);
  return client;
}
