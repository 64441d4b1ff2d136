import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';

/** How far a repository's pull requests were read. */
export const GithubRepository = defineEntity({
  name: 'GithubRepository',
  tableName: 'github_repositories',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** As it is configured, in lower case. */
    name: p.text().primary(),
    /** All that was updated between these two is known. */
    readFrom: p.datetime(),
    readUntil: p.datetime(),
    /** Of the first page, as it was read last. */
    etag: p.text().nullable(),
  },
});

export type GithubRepository = InferEntity<typeof GithubRepository>;
