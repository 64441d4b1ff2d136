import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GithubUserId, GuildId, InteractionId, MemberId } from '../../domain/ids.ts';

/** A linking that is under way, with its secrets. The row goes when it ends. */
export const GithubDeviceFlow = defineEntity({
  name: 'GithubDeviceFlow',
  tableName: 'github_device_flows',
  properties: {
    interactionId: p.text().$type<InteractionId>().primary(),
    guildId: p.text().$type<GuildId>(),
    memberId: p.text().$type<MemberId>(),
    /** A secret: whoever has it gets the token. */
    deviceCode: p.text(),
    userCode: p.text(),
    verificationUri: p.text(),
    /** How long GitHub wants us to wait before each question. */
    intervalMs: p.integer(),
    expiresAt: p.datetime(),
    /** A secret: kept from the moment that GitHub gives it until it has told us whose it is. */
    accessToken: p.text().nullable(),
    githubUserId: p.text().$type<GithubUserId>().nullable(),
    login: p.text().nullable(),
  },
});

export type GithubDeviceFlow = InferEntity<typeof GithubDeviceFlow>;
