import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** One award of points. Entries are only ever added; taking points back is another entry. */
export const PointsEntry = defineEntity({
  name: 'PointsEntry',
  tableName: 'points_ledger',
  properties: {
    id: p.bigint('string').primary().autoincrement(),
    guildId: p.text().$type<GuildId>(),
    memberId: p.text().$type<MemberId>(),
    /** What the points are for, `message/<id>` for example: unique in a guild. */
    cause: p.text(),
    /** In tenths of a point, so that sums are exact. */
    tenths: p.integer(),
    at: p.datetime(),
  },
  uniques: [{ properties: ['guildId', 'cause'] }],
});

export type PointsEntry = InferEntity<typeof PointsEntry>;
