/** Whose account a token opens, as each platform says it. */

import { z } from 'zod';
import type { Environment } from '../config/environment.ts';
import { LinkedinClient } from './linkedin.ts';
import type { LinkedinAnswer } from './linkedin-answer.ts';
import type { OAuthPlatform } from './oauth-applications.ts';
import { platformAddresses } from './platform-addresses.ts';

const TIMEOUT_MS = 10_000;
const VERSION_IS_OVER = 426;

/** An account in whose name the token can publish. */
export interface AccountChoice {
  /** A user's id, an organisation's URN, a channel's id. */
  readonly accountId: string;
  readonly accountName: string;
}

/** How a platform is asked. */
export interface IdentityRequest {
  readonly accessToken: string;
  readonly settings: Pick<Environment, 'PLATFORMS_URL'>;
  /** The version of LinkedIn's API, where it is posted to. */
  readonly linkedinVersion: string | undefined;
}

const xUser = z.object({ data: z.object({ id: z.string(), username: z.string() }) });
const youtubeChannels = z.object({
  items: z.array(z.object({ id: z.string(), snippet: z.object({ title: z.string() }) })).default([]),
});

/**
 * Asks a platform for whom the token can publish. None: the person who consented has no page, or no channel.
 *
 * @throws Error with what the platform answered, if that is something else; it holds no token
 */
export function accountsOf(
  platform: OAuthPlatform,
  request: IdentityRequest,
): Promise<readonly AccountChoice[]> {
  const { api } = platformAddresses(request.settings)[platform];
  switch (platform) {
    case 'x':
      return xAccount(api, request);
    case 'linkedin':
      return linkedinPages(api, request);
    case 'youtube':
      return youtubeChannelsOf(api, request);
  }
}

async function xAccount(api: string, { accessToken }: IdentityRequest): Promise<AccountChoice[]> {
  const { data } = await ask(`${api}/2/users/me`, accessToken, xUser);
  return [{ accountId: data.id, accountName: `@${data.username}` }];
}

/** The pages that the member administers: w_organization_social is for those alone. */
async function linkedinPages(api: string, request: IdentityRequest): Promise<AccountChoice[]> {
  const { accessToken: token, linkedinVersion: version } = request;
  if (version === undefined)
    throw new Error('community.yaml has no distribution.platforms.linkedin, so it is never posted to');
  const client = new LinkedinClient({ api, token, version, timeoutMs: TIMEOUT_MS });
  const pages = linkedinAnswer(await client.administeredOrganizations());
  return Promise.all(
    pages.map(async (accountId) => ({
      accountId,
      accountName: linkedinAnswer(await client.organizationName(accountId)),
    })),
  );
}

function linkedinAnswer<Body>({ status, body, refusal }: LinkedinAnswer<Body>): Body {
  if (status === VERSION_IS_OVER)
    throw new Error(
      'LinkedIn does not serve the version of its API any more that community.yaml has: change distribution.platforms.linkedin.version',
    );
  if (body === undefined)
    throw new Error(
      `LinkedIn does not say which pages there are: status ${status} ${refusal?.message ?? ''}`,
    );
  return body;
}

async function youtubeChannelsOf(api: string, { accessToken }: IdentityRequest): Promise<AccountChoice[]> {
  const address = `${api}/youtube/v3/channels?part=snippet&mine=true`;
  const { items } = await ask(address, accessToken, youtubeChannels);
  return items.map(({ id, snippet }) => ({ accountId: id, accountName: snippet.title }));
}

async function ask<Answer>(address: string, accessToken: string, form: z.ZodType<Answer>): Promise<Answer> {
  const { origin, pathname } = new URL(address);
  const asked = `GET ${origin}${pathname}`;
  const response = await fetch(address, {
    headers: { authorization: `Bearer ${accessToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: Error) => {
    throw new Error(`${asked}: no answer (${error.name})`);
  });
  const { data } = form.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || data === undefined)
    throw new Error(`${asked}: status ${response.status}, and not what was asked for`);
  return data;
}
