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
    action: p.text(),
    /** In tenths of a point, so that sums are exact. */
    tenths: p.integer(),
    /** In which week and month it counts. A reversal counts where what it reverses did. */
    at: p.datetime(),
    /** When it was decided: later than `at` for a reversal. */
    recordedAt: p.datetime(),
    /** From 1 to 5, if somebody has said how good it was. */
    quality: p.decimal('number').columnType('numeric(2, 1)').nullable(),
    /** Who of the staff did it, and why. */
    staffId: p.text().$type<MemberId>().nullable(),
    reason: p.text().nullable(),
    /** The entry that it takes back. */
    reverses: p.bigint('string').nullable(),
  },
  uniques: [{ properties: ['guildId', 'cause'] }],
  indexes: [{ properties: ['guildId', 'memberId', 'id'] }],
});

export type PointsEntry = InferEntity<typeof PointsEntry>;
