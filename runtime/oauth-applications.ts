/** Our applications on the platforms whose consent is OAuth 2.0's: what is particular to each, as data. */

import type { Environment } from '../config/environment.ts';
import { type AccountPlatform, PLATFORM_LABELS } from '../domain/platforms.ts';
import type { OAuthApplication } from './oauth.ts';
import { type PlatformAddresses, platformAddresses } from './platform-addresses.ts';

/** On GitHub people consent by entering a code: `github-consent.ts`. */
export type OAuthPlatform = Exclude<AccountPlatform, 'github'>;

/** The variables of the environment that hold an application. */
export type ApplicationSettings = Pick<
  Environment,
  | 'PLATFORMS_URL'
  | 'X_CLIENT_ID'
  | 'X_CLIENT_SECRET'
  | 'LINKEDIN_CLIENT_ID'
  | 'LINKEDIN_CLIENT_SECRET'
  | 'YOUTUBE_CLIENT_ID'
  | 'YOUTUBE_CLIENT_SECRET'
>;

interface Particulars extends Omit<OAuthApplication, 'clientId' | 'clientSecret' | 'platformName'> {
  readonly variables: readonly [keyof ApplicationSettings, keyof ApplicationSettings];
}

/** What no new attempt mends (RFC 6749, "Error Response"). */
const REFUSALS = ['invalid_grant', 'invalid_client', 'unauthorized_client'];

function particularsOf(platform: OAuthPlatform, addresses: PlatformAddresses): Particulars {
  const { pages, tokens } = addresses[platform];
  switch (platform) {
    // Source: "OAuth 2.0 Authorization Code Flow with PKCE" in X's docs. It takes a refresh token once.
    case 'x':
      return {
        variables: ['X_CLIENT_ID', 'X_CLIENT_SECRET'],
        consentUrl: `${pages}/i/oauth2/authorize`,
        tokenUrl: `${tokens}/2/oauth2/token`,
        scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
        provesItselfBy: 'basic',
        usesPkce: true,
        parameters: {},
        // That is what X says of a refresh token that is used up or taken back.
        refusals: [...REFUSALS, 'invalid_request'],
      };
    // Source: "Authorization Code Flow" and "Programmatic Refresh Tokens" in LinkedIn's docs.
    case 'linkedin':
      return {
        variables: ['LINKEDIN_CLIENT_ID', 'LINKEDIN_CLIENT_SECRET'],
        consentUrl: `${pages}/oauth/v2/authorization`,
        tokenUrl: `${tokens}/oauth/v2/accessToken`,
        scopes: ['w_organization_social', 'r_organization_social', 'rw_organization_admin'],
        provesItselfBy: 'form',
        usesPkce: false,
        parameters: {},
        refusals: [...REFUSALS, 'invalid_request'],
      };
    // Source: "Using OAuth 2.0 for Web Server Applications" of Google. Without the parameters it gives a refresh token the first time only.
    case 'youtube':
      return {
        variables: ['YOUTUBE_CLIENT_ID', 'YOUTUBE_CLIENT_SECRET'],
        consentUrl: `${pages}/o/oauth2/v2/auth`,
        tokenUrl: `${tokens}/token`,
        scopes: ['https://www.googleapis.com/auth/youtube.upload', 'https://www.googleapis.com/auth/youtube'],
        provesItselfBy: 'form',
        usesPkce: true,
        parameters: { access_type: 'offline', prompt: 'consent' },
        refusals: REFUSALS,
      };
  }
}

/** Our application on a platform, or the variables that are not set for there to be one. */
export type ApplicationChoice =
  | { readonly kind: 'there'; readonly application: OAuthApplication }
  | { readonly kind: 'missing'; readonly variables: readonly string[] };

/** Our application on a platform, by the environment. */
export function applicationOn(platform: OAuthPlatform, settings: ApplicationSettings): ApplicationChoice {
  const { variables, ...particulars } = particularsOf(platform, platformAddresses(settings));
  const [clientId, clientSecret] = variables.map((name) => settings[name]);
  if (clientId === undefined || clientSecret === undefined)
    return { kind: 'missing', variables: variables.filter((name) => settings[name] === undefined) };
  const platformName = PLATFORM_LABELS[platform];
  return { kind: 'there', application: { ...particulars, platformName, clientId, clientSecret } };
}
