/** Local platforms in a test: going through a consent as a person and a program do. */

import { createHash, randomBytes } from 'node:crypto';
import type { SocialPlatform } from '../../sandbox/social/stand-in.ts';
import type { LocalPlatforms } from '../../sandbox/social/start.ts';

export const REDIRECT_URI = 'http://127.0.0.1:9/callback';

/** Where consent is given and tokens are asked for, and what for. */
interface OAuthPaths {
  readonly authorize: string;
  readonly token: string;
  readonly scope: string;
}

export const X_OAUTH: OAuthPaths = {
  authorize: '/i/oauth2/authorize',
  token: '/2/oauth2/token',
  scope: 'tweet.read tweet.write users.read media.write offline.access',
};

/** What a token endpoint gives. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly scope: string;
}

/** Goes through the consent, which the platforms give at once. @throws Error when no token comes of it */
export async function consentTo(
  platforms: LocalPlatforms,
  platform: SocialPlatform,
  { authorize, token, scope }: OAuthPaths,
): Promise<TokenAnswer> {
  const verifier = randomBytes(32).toString('base64url');
  const client = clientOf(platforms, platform);
  const base = `${platforms.url}/${platform}`;
  const asked = new URLSearchParams({
    ...{ response_type: 'code', client_id: client.id, redirect_uri: REDIRECT_URI, scope, state: 's' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const { headers } = await fetch(`${base}${authorize}?${asked}`, { redirect: 'manual' });
  const code = new URL(headers.get('location') ?? REDIRECT_URI).searchParams.get('code');
  const answer = await fetch(`${base}${token}`, {
    method: 'POST',
    headers: { authorization: basic(client) },
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', code: code ?? '', redirect_uri: REDIRECT_URI },
      code_verifier: verifier,
    }),
  });
  if (!answer.ok) throw new Error(`${platform} gave no token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as TokenAnswer;
}

function clientOf({ clients }: LocalPlatforms, platform: SocialPlatform) {
  const client = clients[platform];
  if (client === undefined) throw new Error(`there is no local ${platform}`);
  return client;
}

const basic = ({ id, secret }: { id: string; secret: string }) =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
