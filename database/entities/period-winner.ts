import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import type { WinnersPeriod } from '../../domain/winners.ts';

/** A member who has won a week or a month. */
export const PeriodWinner = defineEntity({
  name: 'PeriodWinner',
  tableName: 'period_winners',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    kind: p.text().$type<WinnersPeriod>().primary(),
    period: p.text().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    place: p.integer(),
    /** Until the winners' role has been taken from them. */
    mayHaveRole: p.boolean().default(true),
  },
});

export type PeriodWinner = InferEntity<typeof PeriodWinner>;
