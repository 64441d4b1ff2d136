/** Reports on a span of time: posted to staff, stored, and made again on demand. */

import type { Day } from './calendar.ts';
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

/** A span of whole days, which are meant in the time zone of the configuration: from the first to the last of them. */
export interface Span extends Period {
  readonly from: Day;
  readonly to: Day;
}

const DAY_MS = 86_400_000;

/** How many days a span has, its first and its last among them. */
export function daysIn({ from, to }: Pick<Span, 'from' | 'to'>): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
}
