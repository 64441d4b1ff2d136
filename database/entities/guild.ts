import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';

/** A guild that we serve. */
export const Guild = defineEntity({
  name: 'Guild',
  tableName: 'guilds',
  properties: {
    id: p.text().$type<GuildId>().primary(),
    /** When we first saw it: members who were there before are not greeted. */
    watchedSince: p.datetime(),
  },
});

export type Guild = InferEntity<typeof Guild>;
