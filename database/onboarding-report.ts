import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId } from '../domain/ids.ts';
import { STANDARD_VARIANT } from '../domain/onboarding.ts';
import type { VisitCount } from '../domain/onboarding-report.ts';

/** An onboarding may end later than planned: workers were away, or tips were held back in a raid. */
const SLACK_MS = 86_400_000;

/**
 * How many visits began in each week from `since` on, with which variant, and where their onboardings stand. Whoever left
 * and came back shortly after counts once: the latest stay of a visit says where it stands. Who left before anything was
 * said to them has no visit, and does not count. An onboarding that should have ended long ago counts as timed out: a workflow
 * that somebody terminated leaves no outcome.
 *
 * @param since a Monday, 00:00 UTC
 */
export function countVisits(
  em: EntityManager,
  guildId: GuildId,
  { since, now }: { readonly since: Date; readonly now: Date },
): Promise<VisitCount[]> {
  return em.execute<VisitCount[]>(
    `with visits as (
       select distinct on (member_id, visit_began) visit_began, variant, onboarding_outcome, onboarding_deadline
       from member_stays
       where guild_id = ? and visit_began >= ?
       order by member_id, visit_began, joined_at desc
     )
     select extract(epoch from date_trunc('week', visit_began, 'UTC'))::float8 * 1000 as week,
       coalesce(variant, ?) as variant,
       coalesce(onboarding_outcome, case when onboarding_deadline < ? then 'timed out' end, 'open') as state,
       count(*)::integer as visits
     from visits
     group by 1, 2, 3`,
    [guildId, since, STANDARD_VARIANT, new Date(now.getTime() - SLACK_MS)],
  );
}
