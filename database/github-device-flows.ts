/** Linkings that are under way, with their secrets: for activities alone. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { LinkRequest } from '../domain/github-link.ts';
import type { GithubUserId } from '../domain/ids.ts';
import { GithubDeviceFlow } from './entities/github-device-flow.ts';

/** What GitHub gave for a linking. */
export interface DeviceCodes {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly intervalMs: number;
  readonly expiresAt: Date;
}

/** Writes down the codes of a linking, unless it has some already. Those that nobody can use any more at `now` go. */
export async function storeDeviceFlow(
  em: EntityManager,
  { guildId, memberId, interactionId }: LinkRequest,
  codes: DeviceCodes,
  now: Date,
): Promise<void> {
  const { deviceCode, userCode, verificationUri, intervalMs, expiresAt } = codes;
  await em.execute(`delete from github_device_flows where expires_at < ?`, [now]);
  await em.execute(
    `insert into github_device_flows
       (interaction_id, guild_id, member_id, device_code, user_code, verification_uri, interval_ms, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (interaction_id) do nothing`,
    [interactionId, guildId, memberId, deviceCode, userCode, verificationUri, intervalMs, expiresAt],
  );
}

/** A linking that is under way; undefined if it has ended, or has not begun. */
export async function findDeviceFlow(
  em: EntityManager,
  { interactionId }: Pick<LinkRequest, 'interactionId'>,
): Promise<GithubDeviceFlow | undefined> {
  return (await em.fork().findOne(GithubDeviceFlow, { interactionId })) ?? undefined;
}

/** Writes down that GitHub wants us to wait longer. */
export async function slowDown(
  em: EntityManager,
  { interactionId }: LinkRequest,
  intervalMs: number,
): Promise<void> {
  await em.execute(`update github_device_flows set interval_ms = ? where interaction_id = ?`, [
    intervalMs,
    interactionId,
  ]);
}

/** Keeps the token: GitHub gives it once, and the process may die before it is used. */
export async function storeAccessToken(
  em: EntityManager,
  { interactionId }: LinkRequest,
  token: string,
): Promise<void> {
  await em.execute(`update github_device_flows set access_token = ? where interaction_id = ?`, [
    token,
    interactionId,
  ]);
}

/** Writes down whose account it is, and forgets the token. */
export async function storeAccount(
  em: EntityManager,
  { interactionId }: LinkRequest,
  account: { readonly githubUserId: GithubUserId; readonly login: string },
): Promise<void> {
  await em.execute(
    `update github_device_flows set github_user_id = ?, login = ?, access_token = null where interaction_id = ?`,
    [account.githubUserId, account.login, interactionId],
  );
}

/** Forgets all of a linking that has ended. */
export async function deleteDeviceFlow(em: EntityManager, { interactionId }: LinkRequest): Promise<void> {
  await em.execute(`delete from github_device_flows where interaction_id = ?`, [interactionId]);
}
