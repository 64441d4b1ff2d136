/** The tokens of the local platforms: given, renewed, expired, taken back. */

import { randomBytes } from 'node:crypto';
import type { SocialPlatform, StandIn } from './stand-in.ts';
import type { ConsentCode, Grant, SocialState } from './state.ts';

/** The program that is registered on a platform: there is one on each. */
export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
}

export const clientOf = (platform: SocialPlatform): OAuthClient => ({
  id: `local-${platform}-client`,
  secret: `local-${platform}-secret`,
});

const newToken = () => randomBytes(32).toString('base64url');

export class Tokens {
  readonly #state: SocialState;
  readonly #now: () => number;

  constructor(state: SocialState, now: () => number) {
    this.#state = state;
    this.#now = now;
  }

  isValid(platform: SocialPlatform, token: string | undefined): boolean {
    return this.#of(platform).some(
      ({ accessToken, expiresAt }) => accessToken === token && expiresAt > this.#now(),
    );
  }

  /** Whether a token was given for `scope`, among others. */
  isAllowed(platform: SocialPlatform, token: string | undefined, scope: string): boolean {
    return this.#of(platform).some(
      (grant) => grant.accessToken === token && grant.scope.split(/[\s,]+/).includes(scope),
    );
  }

  /** What a consent gives. */
  grant({ platform, oauth }: StandIn, { scope, isOffline }: ConsentCode): Grant {
    const grant: Grant = {
      platform,
      scope,
      accessToken: newToken(),
      expiresAt: this.#now() + oauth.lastsSeconds * 1_000,
      refreshToken: isOffline ? newToken() : null,
      refreshExpiresAt:
        oauth.refreshLastsSeconds === undefined ? null : this.#now() + oauth.refreshLastsSeconds * 1_000,
    };
    this.#state.grants.push(grant);
    this.#state.save();
    return grant;
  }

  /** Another access token for a refresh token; undefined where that is not valid. */
  refresh({ platform, oauth }: StandIn, refreshToken: string): Grant | undefined {
    const former = this.#of(platform).find((grant) => grant.refreshToken === refreshToken);
    if (former === undefined || (former.refreshExpiresAt ?? Infinity) <= this.#now()) return undefined;
    const renewed: Grant = {
      ...former,
      accessToken: newToken(),
      expiresAt: this.#now() + oauth.lastsSeconds * 1_000,
      refreshToken: oauth.rotates ? newToken() : refreshToken,
    };
    // The former access token lasts as long as it would have; its refresh token is used up.
    former.refreshToken = null;
    this.#state.grants.push(renewed);
    this.#state.save();
    return renewed;
  }

  /** Takes back whatever a token, of either kind, belongs to. */
  revoke(platform: SocialPlatform, token: string): void {
    for (const grant of this.#of(platform))
      if (grant.accessToken === token || grant.refreshToken === token) this.#end(grant);
    this.#state.save();
  }

  /** Takes back all consents: neither kind of token works any more. */
  revokeAll(platform: SocialPlatform): void {
    for (const grant of this.#of(platform)) this.#end(grant);
    this.#state.save();
  }

  /** Lets time run out for an access token. */
  expire(platform: SocialPlatform, token: string): void {
    for (const grant of this.#of(platform)) if (grant.accessToken === token) grant.expiresAt = this.#now();
    this.#state.save();
  }

  /** Lets time run out for all refresh tokens. */
  expireRefreshTokens(platform: SocialPlatform): void {
    for (const grant of this.#of(platform)) grant.refreshToken = null;
    this.#state.save();
  }

  /** Lets time run out for all access tokens. */
  expireAll(platform: SocialPlatform): void {
    for (const grant of this.#of(platform)) grant.expiresAt = this.#now();
    this.#state.save();
  }

  #of(platform: SocialPlatform): Grant[] {
    return this.#state.grants.filter((grant) => grant.platform === platform);
  }

  #end(grant: Grant): void {
    grant.refreshToken = null;
    grant.expiresAt = this.#now();
  }
}
