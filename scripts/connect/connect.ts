/** Connects an account: consent, tokens for it, whose it is, and into the database. */

import type { Database } from '../../database/orm.ts';
import { type ConnectedAccount, connectAccount } from '../../database/platform-accounts.ts';
import type { AccountPlatform } from '../../domain/platforms.ts';
import { type AccountChoice, accountsOf } from '../../runtime/account-identity.ts';
import { sealTokens } from '../../runtime/account-tokens.ts';
import { askForGithubConsent, awaitGithubConsent, githubAccountOf } from '../../runtime/github-consent.ts';
import {
  askForConsent,
  type Consent,
  exchangeCode,
  type OAuthApplication,
  type Tokens,
} from '../../runtime/oauth.ts';
import { applicationOn, type OAuthPlatform } from '../../runtime/oauth-applications.ts';
import { type Print, SetupError } from '../stack/report.ts';
import { type ConnectSettings, requirePlatform, requireSealer } from './settings.ts';

/** What a person has consented to: tokens, and the accounts that they open. */
export interface Consented {
  readonly tokens: Tokens;
  readonly accounts: readonly AccountChoice[];
}

/** An account that is connected now. */
export interface Connection {
  readonly accountName: string;
  /** How many posts have waited for it. */
  readonly woken: number;
}

/** How somebody gets from the address of a consent to the code that it gives. */
export type ObtainCode = (consent: Consent) => Promise<string>;

/** Has somebody consent on a platform with pages of consent. @throws Error with what the platform says, if that is no tokens */
export async function consentOnPage(
  settings: ConnectSettings,
  platform: OAuthPlatform,
  redirectUri: string,
  obtainCode: ObtainCode,
): Promise<Consented> {
  const { environment, config } = settings;
  const application = requireApplication(settings, platform);
  const consent = askForConsent(application, redirectUri);
  const code = await obtainCode(consent);
  const outcome = await exchangeCode(application, consent, code, Date.now());
  if (outcome.kind !== 'tokens')
    throw new SetupError(
      `${application.platformName} gives no tokens: ${reasonOf(outcome)}. Nothing was changed.`,
    );
  const { tokens } = outcome;
  const request = {
    accessToken: tokens.accessToken,
    settings: environment,
    linkedinVersion: config.distribution.platforms.linkedin?.version,
  };
  return { tokens, accounts: await accountsOf(platform, request).catch(nothingChanged) };
}

function requireApplication({ environment }: ConnectSettings, platform: OAuthPlatform): OAuthApplication {
  const choice = applicationOn(platform, environment);
  if (choice.kind === 'there') return choice.application;
  throw new SetupError(`${choice.variables.join(' and ')}: not set`);
}

function nothingChanged({ message }: Error): never {
  throw new SetupError(`${message}. Nothing was changed.`);
}

function reasonOf(outcome: { readonly kind: string; readonly reason?: string }): string {
  return outcome.reason ?? 'it has had too many requests; try again in some minutes';
}

/** Has somebody consent on GitHub. @param tell shows them the code, and where to enter it */
export async function consentOnGithub(
  { environment }: ConnectSettings,
  tell: (userCode: string, address: string) => Promise<void> | void,
): Promise<Consented> {
  const { GITHUB_API_URL: apiUrl, GITHUB_CLIENT_ID: clientId } = environment;
  if (clientId === undefined) throw new SetupError('GITHUB_CLIENT_ID: not set');
  const application = { apiUrl, clientId };
  const consent = await askForGithubConsent(application).catch(nothingChanged);
  await tell(consent.userCode, consent.address);
  const outcome = await awaitGithubConsent(application, consent);
  if (outcome.kind === 'refused')
    throw new SetupError(`GitHub gives no token: ${outcome.reason}. Nothing was changed.`);
  const { accessToken } = outcome;
  const account = await githubAccountOf(application, accessToken).catch(nothingChanged);
  return { tokens: { accessToken, refreshToken: null, expiresAt: null }, accounts: [account] };
}

/**
 * Stores what somebody has consented to, encrypted. What waits for the account goes on.
 *
 * @param page which of several accounts; undefined: the only one
 * @throws SetupError if it cannot be said which one
 */
export async function storeConnection(
  settings: ConnectSettings,
  database: Database,
  platform: AccountPlatform,
  { tokens, accounts }: Consented,
  page: string | undefined,
): Promise<Connection> {
  const account = { guildId: settings.environment.DISCORD_GUILD_ID, platform };
  const choice = chooseAccount(requirePlatform(settings, platform).name, accounts, page);
  const connected: ConnectedAccount = {
    ...account,
    ...choice,
    ...sealTokens(requireSealer(settings), account, tokens),
  };
  return { accountName: choice.accountName, woken: await connectAccount(database.em.fork(), connected) };
}

function chooseAccount(
  name: string,
  accounts: readonly AccountChoice[],
  page: string | undefined,
): AccountChoice {
  const fitting = page === undefined ? accounts : accounts.filter(({ accountId }) => accountId === page);
  const [choice] = fitting;
  if (choice !== undefined && fitting.length === 1) return choice;
  const there = accounts.map(({ accountId, accountName }) => `  ${accountId}  ${accountName}`).join('\n');
  if (accounts.length === 0)
    throw new SetupError(`Whoever has consented has no page or channel on ${name}. Nothing was changed.`);
  const advice = page === undefined ? 'Choose one with --page' : `There is no page ${page}`;
  throw new SetupError(`${advice}. Nothing was changed. Pages:\n${there}`);
}

/** What a person reads before they consent. */
export function tellAddress(print: Print, name: string, address: string, redirectUri: string): void {
  print(`
Open this address in a browser, signed in on ${name} as the account that posts are to be published by:

  ${address}

You are sent back to ${redirectUri}. If your browser runs on another machine and cannot open that, copy the
address that it was sent to, and paste it here.
`);
}
