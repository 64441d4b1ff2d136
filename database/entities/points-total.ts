import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import type { Measure } from '../../domain/recognition.ts';

/** What the entries of a member come to, in a week, in a month or of all time. It changes with the ledger, in one transaction. */
export const PointsTotal = defineEntity({
  name: 'PointsTotal',
  tableName: 'points_totals',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** Points, or the action that is counted. */
    measure: p.text().$type<Measure>().primary(),
    /** `all`, a week (`2026-W47`) or a month (`2026-11`). */
    period: p.text().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    /** Of points, tenths; else how often. */
    amount: p.bigint('number'),
    /** When the last entry was made that counts here: of two who have the same amount, the earlier one stands first. */
    reachedAt: p.datetime(),
    /** Whether others see it: not of who has left, or does not want it. */
    shown: p.boolean(),
  },
});

export type PointsTotal = InferEntity<typeof PointsTotal>;
