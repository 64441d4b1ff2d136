import type { LocalPlatforms } from '../../sandbox/social/start.ts';

/** What a consent to the local platforms gives. */
export interface GivenTokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly refresh_token_expires_in?: number;
}

const REDIRECT = 'http://127.0.0.1:9/back';

/** Goes through the consent of LinkedIn, as a program does whose operator says yes. */
export async function consentToLinkedin({ url, clients }: LocalPlatforms): Promise<GivenTokens> {
  const { id = '', secret = '' } = clients.linkedin ?? {};
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: id,
    redirect_uri: REDIRECT,
    scope: 'w_organization_social r_organization_social rw_organization_admin',
    state: 'state',
  });
  const consent = await fetch(`${url}/linkedin/oauth/v2/authorization?${query}`, { redirect: 'manual' });
  const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
  return askForTokens(url, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    client_id: id,
    client_secret: secret,
  });
}

/** Asks for tokens by `fields`. */
export async function askForTokens(
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<GivenTokens> {
  const response = await fetch(`${url}/linkedin/oauth/v2/accessToken`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return (await response.json()) as GivenTokens;
}
