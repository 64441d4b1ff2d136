import { Octokit } from '@octokit/rest';
import type { Environment } from '../config/environment.ts';

const TIMEOUT_MS = 10_000;

/** What is needed to use GitHub. */
export interface GithubAccess {
  readonly apiUrl: string;
  /** For reading repositories. Secret. */
  readonly token: string;
  /** Of the application by which members link their accounts. */
  readonly clientId: string;
}

/** How GitHub is used; undefined if the environment leaves it out. */
export function githubAccess(
  settings: Pick<Environment, 'GITHUB_API_URL' | 'GITHUB_CLIENT_ID' | 'GITHUB_TOKEN'>,
): GithubAccess | undefined {
  const { GITHUB_API_URL: apiUrl, GITHUB_CLIENT_ID: clientId, GITHUB_TOKEN: token } = settings;
  return clientId === undefined || token === undefined ? undefined : { apiUrl, clientId, token };
}

/**
 * A client for GitHub's API, with whose `token` it asks, or nobody's. It tries nothing again and says nothing to the console:
 * what fails is thrown, and what is tried again is up to Temporal. `signal` gives up what it has asked.
 */
export function createGithubClient(
  { apiUrl }: Pick<GithubAccess, 'apiUrl'>,
  token?: string,
  signal?: AbortSignal,
): Octokit {
  const signals = (own: AbortSignal) => (signal === undefined ? own : AbortSignal.any([own, signal]));
  const silent = () => undefined;
  return new Octokit({
    baseUrl: apiUrl,
    userAgent: 'tixl-community',
    ...(token !== undefined && { auth: token }),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: signals(AbortSignal.timeout(TIMEOUT_MS)) }),
    },
  });
}
