import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { AccountPlatform } from '../../domain/platforms.ts';

/** The account in whose name posts are published on a platform. Without one the platform is switched off. */
export const PlatformAccount = defineEntity({
  name: 'PlatformAccount',
  tableName: 'platform_accounts',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    platform: p.text().$type<AccountPlatform>().primary(),
    /** `expired`: nothing is sent until somebody connects it again. */
    state: p.text().$type<'connected' | 'expired'>(),
    accountId: p.text(),
    accountName: p.text(),
    /** Encrypted. */
    tokens: p.blob(),
    tokenExpiresAt: p.datetime().nullable(),
    /** Grows when the tokens change: who asks for new ones does so for the ones that they have seen. */
    version: p.integer().default(1),
    /** Until then nothing is sent: the platform has said so. */
    limitedUntil: p.datetime().nullable(),
    /** Why it has expired. */
    reason: p.text().nullable(),
    expiredAt: p.datetime().nullable(),
    /** Since when new tokens are asked for without an answer: the platform may have given some that nobody has received. */
    refreshAskedAt: p.datetime().nullable(),
  },
});

export type PlatformAccount = InferEntity<typeof PlatformAccount>;
