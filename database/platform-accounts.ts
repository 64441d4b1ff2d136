/** The accounts in whose names posts are published. Their tokens are sealed before they come here (`runtime/account-tokens.ts`). */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId } from '../domain/ids.ts';
import type { AccountPlatform, Platform } from '../domain/platforms.ts';
import { type DeliveryRef, type PostId, SETTLED } from '../domain/posts.ts';
import { putIntoOutbox } from './outbox.ts';
import { inMs } from './sql.ts';

/** Longer than a platform may take to answer a request for new tokens, during which the account is locked. */
const LOCK_WITHIN = '15s';

/** Which account: there is one a platform. */
export interface AccountRef {
  readonly guildId: GuildId;
  readonly platform: AccountPlatform;
}

/** The account with the tokens that somebody has seen. */
export interface AccountVersion extends AccountRef {
  readonly version: number;
}

/** Tokens as they are stored. */
export interface SealedTokens {
  readonly tokens: Buffer;
  /** In ms since 1970; null: the token has no end. */
  readonly tokenExpiresAt: number | null;
}

/** An account that somebody has given their consent to. */
export interface ConnectedAccount extends AccountRef, SealedTokens {
  readonly accountId: string;
  readonly accountName: string;
}

/** Where an account stands. Times in ms since 1970. */
export interface AccountStanding extends AccountVersion {
  readonly state: 'connected' | 'expired';
  readonly accountId: string;
  readonly accountName: string;
  readonly tokenExpiresAt: number | null;
  readonly limitedUntil: number | null;
  /** Why it has expired, and when. */
  readonly reason: string | null;
  readonly expiredAt: number | null;
}

/** The same with its tokens. */
export interface StoredAccount extends AccountStanding, SealedTokens {
  /** Since when new ones are asked for without an answer. */
  readonly refreshAskedAt: number | null;
}

const STANDING_COLUMNS = `
  guild_id as "guildId", platform, state, version, account_id as "accountId", account_name as "accountName",
  ${inMs('token_expires_at', '"tokenExpiresAt"')}, ${inMs('limited_until', '"limitedUntil"')},
  reason, ${inMs('expired_at', '"expiredAt"')}`;

const NEXT_VERSION = `nextval('platform_account_versions')`;

/** All accounts of a guild, without their tokens, in the order of their platforms' names. */
export async function listAccounts(em: EntityManager, guildId: GuildId): Promise<AccountStanding[]> {
  return em.execute(
    `select ${STANDING_COLUMNS} from platform_accounts where guild_id = ? order by platform`,
    [guildId],
  );
}

/** The account, or undefined if none is connected. */
export function findAccount(em: EntityManager, account: AccountRef): Promise<StoredAccount | undefined> {
  return readAccount(em, account, '');
}

/** The same. Nobody else changes it before the transaction is over. @throws Error if somebody holds it for too long */
export async function lockAccount(
  transaction: EntityManager,
  account: AccountRef,
): Promise<StoredAccount | undefined> {
  await transaction.execute(`set local lock_timeout = '${LOCK_WITHIN}'`);
  return readAccount(transaction, account, 'for update');
}

async function readAccount(
  em: EntityManager,
  { guildId, platform }: AccountRef,
  lock: '' | 'for update',
): Promise<StoredAccount | undefined> {
  const [found]: StoredAccount[] = await em.execute(
    `select ${STANDING_COLUMNS}, tokens, ${inMs('refresh_asked_at', '"refreshAskedAt"')}
     from platform_accounts where guild_id = ? and platform = ? ${lock}`,
    [guildId, platform],
  );
  return found;
}

/**
 * Connects an account, in place of the one that was there. What waits for the platform's account goes on: each delivery is
 * ordered to, once, and so is the reading of figures.
 *
 * @returns how many deliveries go on
 */
export function connectAccount(em: EntityManager, account: ConnectedAccount): Promise<number> {
  return em.fork().transactional(async (transaction) => {
    await holdWaiting(transaction, account);
    await writeAccount(transaction, account);
    const waiting = await wakeDeliveries(transaction, account);
    putIntoOutbox(transaction, [
      ...waiting.map((delivery) => ({ kind: 'account is back', delivery }) as const),
      { kind: 'read engagement', guildId: account.guildId },
    ]);
    return waiting.length;
  });
}

async function writeAccount(transaction: EntityManager, account: ConnectedAccount): Promise<void> {
  const { guildId, platform, accountId, accountName, tokens, tokenExpiresAt } = account;
  // What the platform has said of limits, it has said of that account.
  await transaction.execute(
    `insert into platform_accounts
       (guild_id, platform, state, account_id, account_name, tokens, token_expires_at, version)
     values (?, ?, 'connected', ?, ?, ?, ?, ${NEXT_VERSION})
     on conflict (guild_id, platform) do update set
       state = excluded.state, account_id = excluded.account_id, account_name = excluded.account_name,
       tokens = excluded.tokens, token_expires_at = excluded.token_expires_at, version = excluded.version,
       limited_until = case when platform_accounts.account_id = excluded.account_id
                            then platform_accounts.limited_until end,
       reason = null, expired_at = null, refresh_asked_at = null`,
    [guildId, platform, accountId, accountName, tokens, toDate(tokenExpiresAt)],
  );
}

async function wakeDeliveries(
  transaction: EntityManager,
  { guildId, platform }: AccountRef,
): Promise<DeliveryRef[]> {
  const rows: { postId: PostId }[] = await transaction.execute(
    `update post_deliveries set state = 'waiting', reason = null
     where guild_id = ? and platform = ? and state = 'account' returning post_id as "postId"`,
    [guildId, platform],
  );
  return rows.map(({ postId }) => ({ guildId, postId, platform }));
}

/**
 * Looks whether a delivery has to wait for its account to be connected (again), and if so writes that down. A connection that is
 * made meanwhile is not missed: it comes either before the look, or after the delivery is known to wait.
 */
export function waitForAccount(em: EntityManager, delivery: DeliveryRef): Promise<'waits' | 'works'> {
  const { guildId, postId, platform } = delivery;
  return em.fork().transactional(async (transaction) => {
    await holdWaiting(transaction, delivery);
    const [account]: { state: string; reason: string | null }[] = await transaction.execute(
      `select state, reason from platform_accounts where guild_id = ? and platform = ?`,
      [guildId, platform],
    );
    if (account?.state === 'connected') return 'works';
    await transaction.execute(
      `update post_deliveries set state = 'account', reason = ?, until = null
       where guild_id = ? and post_id = ? and platform = ? and state not in (?)`,
      [account?.reason ?? 'no account is connected', guildId, postId, platform, SETTLED],
    );
    return 'waits';
  });
}

/** Waiting for a platform's account and connecting it happen one after the other. There may be no row to lock yet. */
async function holdWaiting(
  transaction: EntityManager,
  { guildId, platform }: { readonly guildId: GuildId; readonly platform: Platform },
): Promise<void> {
  await transaction.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `account/${guildId}/${platform}`,
  ]);
}

/**
 * Writes down that new tokens are about to be asked for, at `at` (ms since 1970): if the process dies before the answer, the
 * platform may have given some that nobody has. Waits while another process asks for them.
 *
 * @returns undefined if the tokens are not those of `account` any more; otherwise whether an earlier request had no answer
 * @throws Error if somebody holds the account for too long
 */
export function noteRefresh(
  em: EntityManager,
  { guildId, platform, version }: AccountVersion,
  at: number,
): Promise<{ readonly hadNoAnswer: boolean } | undefined> {
  return em.fork().transactional(async (transaction) => {
    const account = await lockAccount(transaction, { guildId, platform });
    if (account?.version !== version || account.state === 'expired') return undefined;
    await transaction.execute(
      `update platform_accounts set refresh_asked_at = coalesce(refresh_asked_at, ?)
       where guild_id = ? and platform = ?`,
      [new Date(at), guildId, platform],
    );
    return { hadNoAnswer: account.refreshAskedAt !== null };
  });
}

/** The platform has surely given no new tokens: the stored ones are still the newest. */
export async function forgetRefresh(
  em: EntityManager,
  { guildId, platform, version }: AccountVersion,
): Promise<void> {
  await em.execute(
    `update platform_accounts set refresh_asked_at = null where guild_id = ? and platform = ? and version = ?`,
    [guildId, platform, version],
  );
}

/** Stores new tokens in place of those of `account`. @returns false if these are not there any more */
export async function saveTokens(
  em: EntityManager,
  { guildId, platform, version }: AccountVersion,
  { tokens, tokenExpiresAt }: SealedTokens,
): Promise<boolean> {
  const saved: unknown[] = await em.execute(
    `update platform_accounts
     set tokens = ?, token_expires_at = ?, version = ${NEXT_VERSION}, refresh_asked_at = null
     where guild_id = ? and platform = ? and version = ? and state = 'connected' returning version`,
    [tokens, toDate(tokenExpiresAt), guildId, platform, version],
  );
  return saved.length > 0;
}

/**
 * An account has to be connected again, since `at` (ms since 1970): staff are told, once for these tokens. In the transaction that
 * `transaction` is in.
 *
 * @returns false if it has expired already, or has other tokens meanwhile
 */
export async function expireAccount(
  transaction: EntityManager,
  { guildId, platform, version }: AccountVersion,
  reason: string,
  at: number,
): Promise<boolean> {
  const expired: unknown[] = await transaction.execute(
    `update platform_accounts set state = 'expired', reason = ?, expired_at = ?, refresh_asked_at = null
     where guild_id = ? and platform = ? and version = ? and state = 'connected' returning version`,
    [reason, new Date(at), guildId, platform, version],
  );
  if (expired.length === 0) return false;
  putIntoOutbox(transaction, [{ kind: 'tell account expired', guildId, platform, version }]);
  return true;
}

/** The platform takes nothing before `until` (ms since 1970), unless it has named a later time already. */
export async function limitAccount(
  em: EntityManager,
  { guildId, platform }: AccountRef,
  until: number,
): Promise<void> {
  await em.execute(
    `update platform_accounts set limited_until = greatest(limited_until, ?) where guild_id = ? and platform = ?`,
    [new Date(until), guildId, platform],
  );
}

/** Forgets an account and its tokens: the platform is switched off. @returns whether there was one */
export async function disconnectAccount(
  em: EntityManager,
  { guildId, platform }: AccountRef,
): Promise<boolean> {
  const gone: unknown[] = await em.execute(
    `delete from platform_accounts where guild_id = ? and platform = ? returning platform`,
    [guildId, platform],
  );
  return gone.length > 0;
}

function toDate(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
