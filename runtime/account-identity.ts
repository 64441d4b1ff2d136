/** Whose account a token opens, as each platform says it. */

import { z } from 'zod';
import type { Environment } from '../config/environment.ts';
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
const linkedinRoles = z.object({ elements: z.array(z.object({ organization: z.string() })) });
const linkedinPage = z.object({ localizedName: z.string() });
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
  const { accessToken, linkedinVersion } = request;
  if (linkedinVersion === undefined)
    throw new Error('community.yaml has no distribution.platforms.linkedin, so it is never posted to');
  const headers = { 'linkedin-version': linkedinVersion, 'x-restli-protocol-version': '2.0.0' };
  const query = 'q=roleAssignee&role=ADMINISTRATOR&state=APPROVED';
  const roles = await ask(`${api}/rest/organizationAcls?${query}`, accessToken, linkedinRoles, headers);
  return Promise.all(
    roles.elements.map(async ({ organization }) => {
      const id = organization.slice(organization.lastIndexOf(':') + 1);
      const page = await ask(`${api}/rest/organizations/${id}`, accessToken, linkedinPage, headers);
      return { accountId: organization, accountName: page.localizedName };
    }),
  );
}

async function youtubeChannelsOf(api: string, { accessToken }: IdentityRequest): Promise<AccountChoice[]> {
  const address = `${api}/youtube/v3/channels?part=snippet&mine=true`;
  const { items } = await ask(address, accessToken, youtubeChannels);
  return items.map(({ id, snippet }) => ({ accountId: id, accountName: snippet.title }));
}

async function ask<Answer>(
  address: string,
  accessToken: string,
  form: z.ZodType<Answer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { origin, pathname } = new URL(address);
  const asked = `GET ${origin}${pathname}`;
  const response = await fetch(address, {
    headers: { ...headers, authorization: `Bearer ${accessToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: Error) => {
    throw new Error(`${asked}: no answer (${error.name})`);
  });
  if (response.status === VERSION_IS_OVER)
    throw new Error(
      `${asked}: LinkedIn does not serve the version of its API any more that community.yaml has`,
    );
  const { data } = form.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || data === undefined)
    throw new Error(`${asked}: status ${response.status}, and not what was asked for`);
  return data;
}
