/** Tokens of accounts as they are stored: sealed, so that they open in the row of their account alone. */

import { z } from 'zod';
import type { GuildId } from '../domain/ids.ts';
import type { AccountPlatform } from '../domain/platforms.ts';
import type { Tokens } from './oauth.ts';
import type { Sealer } from './sealing.ts';

interface AccountKey {
  readonly guildId: GuildId;
  readonly platform: AccountPlatform;
}

const storedSchema = z.object({ accessToken: z.string(), refreshToken: z.string().nullable() });

/** Tokens as the database takes them. Their end stands beside them, to be asked for without a key. */
export function sealTokens(
  sealer: Sealer,
  account: AccountKey,
  { accessToken, refreshToken, expiresAt }: Tokens,
): { readonly tokens: Buffer; readonly tokenExpiresAt: number | null } {
  const text = JSON.stringify({ accessToken, refreshToken });
  return { tokens: sealer.seal(text, contextOf(account)), tokenExpiresAt: expiresAt };
}

/** Opens what `sealTokens` has sealed. @throws SealError if the key is another one */
export function openTokens(
  sealer: Sealer,
  account: AccountKey & { readonly tokens: Uint8Array; readonly tokenExpiresAt: number | null },
): Tokens {
  const opened = storedSchema.parse(JSON.parse(sealer.open(account.tokens, contextOf(account))));
  return { ...opened, expiresAt: account.tokenExpiresAt };
}

function contextOf({ guildId, platform }: AccountKey): string {
  return `platform_accounts/${guildId}/${platform}`;
}
