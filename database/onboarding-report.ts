import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId } from '../domain/ids.ts';
import { STANDARD_VARIANT } from '../domain/onboarding.ts';
import type { VisitCount, VisitState } from '../domain/onboarding-report.ts';

interface Row {
  readonly week: Date;
  readonly variant: string;
  readonly state: VisitState;
  readonly visits: number;
}

/**
 * How many visits began in each week from `since` on, with which variant, and where their onboardings stand. Whoever left
 * and came back shortly after counts once: the latest stay of a visit says where it stands.
 *
 * @param since a Monday, 00:00 UTC
 */
export async function countVisits(em: EntityManager, guildId: GuildId, since: Date): Promise<VisitCount[]> {
  const rows: Row[] = await em.execute(
    `with visits as (
       select distinct on (member_id, visit_began) visit_began, variant, onboarding_outcome
       from member_stays
       where guild_id = ? and visit_began >= ?
       order by member_id, visit_began, joined_at desc
     )
     select date_trunc('week', visit_began, 'UTC') as week,
       coalesce(variant, ?) as variant,
       coalesce(onboarding_outcome, 'open') as state,
       count(*)::integer as visits
     from visits
     group by 1, 2, 3`,
    [guildId, since, STANDARD_VARIANT],
  );
  return rows.map(({ week, ...count }) => ({ ...count, week: week.getTime() }));
}
