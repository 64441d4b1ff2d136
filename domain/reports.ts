/** Reports on a span of time: posted to staff, stored, and made again on demand. */

import type { GuildId } from './ids.ts';

/** What there are reports on. */
export const REPORT_KINDS = ['engagement'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** From `startsAt` on and before `endsAt`, in ms since 1970. */
export interface Period {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** A report on a span of time: there is one of a kind, however often it is made again. */
export interface ReportRef extends Period {
  readonly guildId: GuildId;
  readonly kind: ReportKind;
}
