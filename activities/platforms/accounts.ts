/** The accounts in whose names posts are published, for the publishers: usable tokens, and what is known of limits. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../database/orm.ts';
import {
  expireAccount,
  findAccount,
  forgetRefresh,
  limitAccount,
  lockAccount,
  noteRefresh,
  type StoredAccount,
  saveTokens,
} from '../../database/platform-accounts.ts';
import type { GuildId } from '../../domain/ids.ts';
import { type AccountPlatform, PLATFORM_LABELS } from '../../domain/platforms.ts';
import { openTokens, sealTokens } from '../../runtime/account-tokens.ts';
import { type OAuthApplication, refreshTokens, type TokenOutcome, type Tokens } from '../../runtime/oauth.ts';
import { type ApplicationSettings, applicationOn } from '../../runtime/oauth-applications.ts';
import { SealError, type Sealer } from '../../runtime/sealing.ts';
import type { PlatformAccess } from './publisher.ts';

/** A token that ends within this is refreshed before it is used: an upload takes a while. */
const REFRESHED_BEFORE_MS = 5 * 60_000;

/** Whether an account can be used. */
export type AccountUse =
  | { readonly kind: 'usable'; readonly access: PlatformAccess }
  /** Nobody has connected one: the platform is switched off. */
  | { readonly kind: 'not connected' }
  /** It has to be connected again. */
  | { readonly kind: 'expired'; readonly reason: string }
  /** The platform takes nothing before then (ms since 1970). */
  | { readonly kind: 'limited'; readonly until: number };

/** The accounts of the guild. What fails in passing is thrown, for Temporal to try again; no error holds a secret. */
export interface Accounts {
  /** A token that is valid for a while yet, refreshed if need be: once, whoever asks for it at the same time. */
  use(platform: AccountPlatform): Promise<AccountUse>;
  /** The same, after the platform has refused the token of `refused` (401): another one, unless somebody has one already. */
  renew(platform: AccountPlatform, refused: PlatformAccess): Promise<AccountUse>;
  /** The platform has said that it takes nothing before `until`: others need not ask it. */
  limit(platform: AccountPlatform, until: number): Promise<void>;
}

/** What the accounts are kept with. */
export interface AccountsContext {
  readonly guildId: GuildId;
  readonly database: Database;
  /** Undefined where TOKENS_KEY is not set. */
  readonly sealer: Sealer | undefined;
  readonly settings: ApplicationSettings;
  /** In ms since 1970: platforms count the lives of their tokens by real time. */
  now(): number;
}

/** An account whose tokens could be opened. */
interface OpenAccount {
  readonly kind: 'open';
  readonly account: StoredAccount;
  readonly tokens: Tokens;
}

/** What came of a refresh. `failed`: in passing. The stored tokens are still the newest that we have. */
type Refreshed = AccountUse | { readonly kind: 'failed'; readonly reason: string };

/** The accounts of the guild, as the database has them. */
export function createAccounts({ guildId, database, sealer, settings, now }: AccountsContext): Accounts {
  /** The refreshes of this process that are under way: whoever needs the same one waits for it, without a connection of their own. */
  const underWay = new Map<string, Promise<Refreshed>>();

  return {
    use,
    renew,
    limit: (platform, until) => limitAccount(database.em.fork(), { guildId, platform }, until),
  };

  async function use(platform: AccountPlatform): Promise<AccountUse> {
    const found = await find(platform);
    if (found.kind !== 'open') return found;
    const { account, tokens } = found;
    if (isValidFor(tokens, REFRESHED_BEFORE_MS)) return usable(account, tokens);
    const isStillValid = isValidFor(tokens, 0);
    if (tokens.refreshToken === null)
      return isStillValid ? usable(account, tokens) : end(account, endOf(platform));
    const refreshed = await refreshOnce(account, tokens.refreshToken);
    // A platform that is out of order for a while disconnects nobody.
    const isPassing = refreshed.kind === 'failed' || refreshed.kind === 'limited';
    return isPassing && isStillValid ? usable(account, tokens) : settled(platform, refreshed);
  }

  async function renew(platform: AccountPlatform, refused: PlatformAccess): Promise<AccountUse> {
    const found = await find(platform);
    if (found.kind !== 'open') return found;
    const { account, tokens } = found;
    if (tokens.accessToken !== refused.accessToken) return use(platform);
    if (tokens.refreshToken === null)
      return end(account, `${PLATFORM_LABELS[platform]} does not take the token any more`);
    return settled(platform, await refreshOnce(account, tokens.refreshToken));
  }

  async function find(platform: AccountPlatform): Promise<OpenAccount | AccountUse> {
    const account = await findAccount(database.em.fork(), { guildId, platform });
    if (account === undefined) return { kind: 'not connected' };
    if (account.state === 'expired') return expired(account.reason);
    if (account.limitedUntil !== null && account.limitedUntil > now())
      return { kind: 'limited', until: account.limitedUntil };
    return open(account);
  }

  async function open(account: StoredAccount): Promise<OpenAccount | AccountUse> {
    try {
      return { kind: 'open', account, tokens: openTokens(requireSealer(), account) };
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      return end(account, 'TOKENS_KEY is not the key with which its tokens were encrypted');
    }
  }

  function refreshOnce(account: StoredAccount, refreshToken: string): Promise<Refreshed> {
    const key = `${account.platform}/${account.version}`;
    const refreshed = underWay.get(key) ?? refresh(account, refreshToken).finally(() => underWay.delete(key));
    underWay.set(key, refreshed);
    return refreshed;
  }

  /** Other processes wait for it at the account's row, and find the new tokens there. */
  async function refresh(account: StoredAccount, refreshToken: string): Promise<Refreshed> {
    const application = requireApplication(account.platform);
    const noted = await noteRefresh(database.em.fork(), account, now());
    return database.em.fork().transactional(async (transaction) => {
      const locked = await lockAccount(transaction, account);
      if (noted === undefined || locked?.version !== account.version || locked.state === 'expired')
        return asFound(locked);
      const outcome = await refreshTokens(application, refreshToken, now());
      return keep(transaction, account, outcome, noted.hadNoAnswer);
    });
  }

  async function keep(
    transaction: EntityManager,
    account: StoredAccount,
    outcome: TokenOutcome,
    hadNoAnswer: boolean,
  ): Promise<Refreshed> {
    switch (outcome.kind) {
      case 'tokens':
        await saveTokens(transaction, account, sealTokens(requireSealer(), account, outcome.tokens));
        return usable(account, outcome.tokens);
      case 'refused':
        return endIn(
          transaction,
          account,
          hadNoAnswer ? `${outcome.reason}. ${LOST_TOKENS}` : outcome.reason,
        );
      case 'limited':
      case 'unavailable':
        if (!hadNoAnswer) await forgetRefresh(transaction, account);
        return outcome.kind === 'limited' ? outcome : { kind: 'failed', reason: outcome.reason };
      case 'no answer':
        return { kind: 'failed', reason: outcome.reason };
    }
  }

  /** What somebody else has made of the account meanwhile. */
  function asFound(account: StoredAccount | undefined): AccountUse {
    if (account === undefined) return { kind: 'not connected' };
    if (account.state === 'expired') return expired(account.reason);
    return usable(account, openTokens(requireSealer(), account));
  }

  function settled(platform: AccountPlatform, refreshed: Refreshed): AccountUse {
    if (refreshed.kind !== 'failed') return refreshed;
    const message = `${PLATFORM_LABELS[platform]} gives no new token at the moment: ${refreshed.reason}`;
    throw ApplicationFailure.create({ type: 'AccountUnavailable', message });
  }

  function end(account: StoredAccount, reason: string): Promise<AccountUse> {
    return database.em.fork().transactional((transaction) => endIn(transaction, account, reason));
  }

  /** The account has to be connected again, unless somebody has done that meanwhile. */
  async function endIn(
    transaction: EntityManager,
    account: StoredAccount,
    reason: string,
  ): Promise<AccountUse> {
    if (await expireAccount(transaction, account, reason, now())) return expired(reason);
    return asFound(await findAccount(transaction, account));
  }

  function isValidFor({ expiresAt }: Tokens, milliseconds: number): boolean {
    return expiresAt === null || expiresAt > now() + milliseconds;
  }

  function requireSealer(): Sealer {
    if (sealer === undefined) throw new Error('TOKENS_KEY is not set: no account can be used without it');
    return sealer;
  }

  function requireApplication(platform: AccountPlatform): OAuthApplication {
    if (platform === 'github') throw new Error('GitHub gives no refresh tokens');
    const choice = applicationOn(platform, settings);
    if (choice.kind === 'there') return choice.application;
    throw new Error(`${choice.variables.join(' and ')}: not set, so that no new token can be asked for`);
  }
}

/** Why a refresh token is refused that was good a moment ago. */
const LOST_TOKENS =
  'An earlier request for new tokens had no answer: the platform has probably given some that never arrived, and takes the former ones no more';

function usable({ accountId, accountName }: StoredAccount, { accessToken }: Tokens): AccountUse {
  return { kind: 'usable', access: { accessToken, accountId, accountName } };
}

function expired(reason: string | null): AccountUse {
  return { kind: 'expired', reason: reason ?? 'it has to be connected again' };
}

function endOf(platform: AccountPlatform): string {
  return `its token has ended, and ${PLATFORM_LABELS[platform]} gives this application none to renew it with`;
}
