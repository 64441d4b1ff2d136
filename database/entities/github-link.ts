import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GithubUserId, GuildId, MemberId } from '../../domain/ids.ts';

/** Who a member is on GitHub. An account belongs to one member of a guild. */
export const GithubLink = defineEntity({
  name: 'GithubLink',
  tableName: 'github_links',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    githubUserId: p.text().$type<GithubUserId>(),
    /** What the account was called when it was linked. */
    login: p.text(),
    since: p.datetime(),
  },
  uniques: [{ properties: ['guildId', 'githubUserId'] }],
});

export type GithubLink = InferEntity<typeof GithubLink>;
