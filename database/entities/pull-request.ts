import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GithubUserId, GuildId } from '../../domain/ids.ts';

/** A pull request that was merged, as GitHub shows it to everybody: its author may link their account later. */
export const PullRequest = defineEntity({
  name: 'PullRequest',
  tableName: 'pull_requests',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    repositoryId: p.bigint('number').primary(),
    number: p.integer().primary(),
    authorId: p.text().$type<GithubUserId>(),
    mergedAt: p.datetime(),
  },
});

export type PullRequest = InferEntity<typeof PullRequest>;
