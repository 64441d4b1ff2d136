import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { WinnersPeriod } from '../../domain/winners.ts';

/** A week or month that is over and whose winners stand fast, also if it has none. */
export const ClosedPeriod = defineEntity({
  name: 'ClosedPeriod',
  tableName: 'closed_periods',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    kind: p.text().$type<WinnersPeriod>().primary(),
    /** `2026-W47`, `2026-11`: of one kind, in the order of time. */
    period: p.text().primary(),
    closedAt: p.datetime(),
  },
});

export type ClosedPeriod = InferEntity<typeof ClosedPeriod>;
