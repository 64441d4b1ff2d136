/** Reports that were made: one for each kind and period, however often it is made again. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId } from '../domain/ids.ts';
import type { ReportKind, ReportRef } from '../domain/reports.ts';
import { inMs } from './sql.ts';

/** A report as it is stored. What it is made of, its kind knows. */
export interface StoredReport extends ReportRef {
  /** As of when, in ms since 1970. */
  readonly madeAt: number;
  readonly content: unknown;
}

/** Stores a report in place of an earlier one. One that is there already and was made later stays. */
export async function storeReport(em: EntityManager, report: StoredReport): Promise<void> {
  await em.execute(
    `insert into reports (guild_id, kind, starts_at, ends_at, made_at, content) values (?, ?, ?, ?, ?, ?::jsonb)
     on conflict (guild_id, kind, starts_at, ends_at) do update
       set made_at = excluded.made_at, content = excluded.content
       where reports.made_at <= excluded.made_at`,
    [...keyOf(report), new Date(report.madeAt), JSON.stringify(report.content)],
  );
}

/** The report there, or undefined if none was made. */
export async function findReport(em: EntityManager, report: ReportRef): Promise<StoredReport | undefined> {
  const [found]: StoredReport[] = await em.execute(
    `select ${COLUMNS} from reports where guild_id = ? and kind = ? and starts_at = ? and ends_at = ?`,
    keyOf(report),
  );
  return found;
}

const COLUMNS = `
  guild_id as "guildId", kind, ${inMs('starts_at', '"startsAt"')}, ${inMs('ends_at', '"endsAt"')},
  ${inMs('made_at', '"madeAt"')}, content`;

function keyOf({ guildId, kind, startsAt, endsAt }: ReportRef): [GuildId, ReportKind, Date, Date] {
  return [guildId, kind, new Date(startsAt), new Date(endsAt)];
}
