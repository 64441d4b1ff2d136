/** Where each platform stands, as operators read it. */

import type { AccountStanding } from '../../database/platform-accounts.ts';
import { type AccountPlatformState, linkedinVersionNotice } from '../../runtime/account-platforms.ts';
import type { ConnectSettings } from './settings.ts';

/** A platform, and where it stands. */
export interface PlatformStanding {
  readonly name: string;
  /** Whether posts can go there. */
  readonly isConnected: boolean;
  readonly text: string;
}

/** Where each platform stands, in their order. */
export function standingOfPlatforms(
  { platforms, config }: Pick<ConnectSettings, 'platforms' | 'config'>,
  accounts: readonly AccountStanding[],
): PlatformStanding[] {
  return platforms.map((state) => {
    const account = accounts.find(({ platform }) => platform === state.platform);
    const isUsed = config.distribution.platforms[state.platform] !== undefined;
    const isConnected = isUsed && state.missing.length === 0 && account?.state === 'connected';
    const text = [describe(state, account, isUsed), ...noticesOf(state, config)].join('; ');
    return { name: state.name, isConnected, text };
  });
}

function describe(
  { platform, missing }: AccountPlatformState,
  account: AccountStanding | undefined,
  isUsed: boolean,
): string {
  if (!isUsed) return `switched off: community.yaml has no distribution.platforms.${platform}`;
  if (missing.length > 0) return `switched off: not set: ${missing.join(', ')}`;
  if (account === undefined) return `switched off: no account is connected. npm run connect -- ${platform}`;
  const { accountName, state, reason, expiredAt, limitedUntil } = account;
  if (state === 'expired')
    return `${accountName} has expired${since(expiredAt)}: ${reason}. npm run connect -- ${platform}`;
  const limit =
    limitedUntil !== null && limitedUntil > Date.now() ? `; takes nothing until ${toText(limitedUntil)}` : '';
  return `connected as ${accountName}${limit}`;
}

function noticesOf(
  { platform }: AccountPlatformState,
  { distribution }: ConnectSettings['config'],
): string[] {
  const version = distribution.platforms.linkedin?.version;
  if (platform !== 'linkedin' || version === undefined) return [];
  return [linkedinVersionNotice(version, Date.now())].filter((notice) => notice !== undefined);
}

function since(milliseconds: number | null): string {
  return milliseconds === null ? '' : ` since ${toText(milliseconds)}`;
}

function toText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
