import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { ReportKind } from '../../domain/reports.ts';

/** A report that was made, with its figures: it can be shown again. */
export const ReportEntry = defineEntity({
  name: 'ReportEntry',
  tableName: 'reports',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    kind: p.text().$type<ReportKind>().primary(),
    startsAt: p.datetime().primary(),
    endsAt: p.datetime().primary(),
    madeAt: p.datetime(),
    content: p.json<unknown>(),
  },
});

export type ReportEntry = InferEntity<typeof ReportEntry>;
