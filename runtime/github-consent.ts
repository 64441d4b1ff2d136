/** The consent to post on GitHub: its device flow, in which a person enters a code on GitHub's page. */

import { setTimeout as pause } from 'node:timers/promises';
import { createDeviceCode, exchangeDeviceCode } from '@octokit/oauth-methods';
import type { Environment } from '../config/environment.ts';
import type { AccountChoice } from './account-identity.ts';
import { createGithubClient } from './github.ts';

/** What discussions, issues and releases of public repositories need ("Scopes for OAuth apps" in GitHub's docs). */
const SCOPES = ['public_repo'];
/** How much longer one waits whom GitHub tells to slow down. */
const SLOWER_BY_MS = 5_000;
const FIRST_SERVER_ERROR = 500;

/** Our application on GitHub, and which GitHub. */
export interface GithubApplication {
  readonly apiUrl: Environment['GITHUB_API_URL'];
  readonly clientId: string;
}

/** A code that a person enters at an address. */
export interface GithubConsent {
  readonly userCode: string;
  readonly address: string;
  /** Secret. */
  readonly deviceCode: string;
  readonly intervalMs: number;
}

/** What became of it. */
export type GithubConsentOutcome =
  | { readonly kind: 'token'; readonly accessToken: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Asks GitHub for a code. @throws Error if it gives none; it says why */
export async function askForGithubConsent(application: GithubApplication): Promise<GithubConsent> {
  const { data } = await createDeviceCode(optionsFor(application)).catch((error: Error) => {
    throw new Error(
      `GitHub gives no code (${error.message}): check GITHUB_CLIENT_ID, and that the application has the device flow switched on`,
    );
  });
  return {
    userCode: data.user_code,
    address: data.verification_uri,
    deviceCode: data.device_code,
    intervalMs: data.interval * 1_000,
  };
}

/** Asks GitHub, as often as it allows, until the person has decided or the code has ended. */
export async function awaitGithubConsent(
  application: GithubApplication,
  { deviceCode, intervalMs }: GithubConsent,
): Promise<GithubConsentOutcome> {
  for (let waitMs = intervalMs; ; await pause(waitMs)) {
    try {
      const { authentication } = await exchangeDeviceCode({ ...optionsFor(application), code: deviceCode });
      return { kind: 'token', accessToken: authentication.token };
    } catch (error) {
      const { code, status, message } = failureIn(error);
      if (code === 'slow_down') waitMs += SLOWER_BY_MS;
      const isPassing =
        code === 'slow_down' || code === 'authorization_pending' || status >= FIRST_SERVER_ERROR;
      if (!isPassing) return { kind: 'refused', reason: code ?? message };
    }
  }
}

/** Whose account the token opens. @throws Error if GitHub does not say */
export async function githubAccountOf(
  { apiUrl }: GithubApplication,
  accessToken: string,
): Promise<AccountChoice> {
  const { data } = await createGithubClient({ apiUrl }, accessToken)
    .users.getAuthenticated()
    .catch((error: Error) => {
      throw new Error(`GitHub does not say whose account it is: ${error.message}`);
    });
  return { accountId: String(data.id), accountName: data.login };
}

function optionsFor({ apiUrl, clientId }: GithubApplication) {
  const { request } = createGithubClient({ apiUrl });
  return { clientType: 'oauth-app', clientId, scopes: SCOPES, request } as const;
}

/** What Octokit has thrown, without the request in it, which holds secrets. A network that fails comes as status 500. */
function failureIn(error: unknown): { code: string | undefined; status: number; message: string } {
  const { response, status = FIRST_SERVER_ERROR, message } = error as OctokitError;
  const code = response?.data?.error;
  return { code: typeof code === 'string' ? code : undefined, status, message };
}

interface OctokitError extends Error {
  readonly status?: number;
  readonly response?: { readonly data?: { readonly error?: unknown } };
}
