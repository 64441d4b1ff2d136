/** At which times of the week members come to events. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { WEEKDAYS } from '../domain/calendar.ts';
import type { GuildId } from '../domain/ids.ts';
import type { Attendance, HourAttendance } from '../domain/workshop-insights.ts';
import { inMs } from './sql.ts';

type HourRow = Omit<HourAttendance, 'weekday'> & {
  /** From 1, which is Monday. */
  readonly isoWeekday: number;
};

/** The events that have been held, with how many attended. Those that were called off say nothing. */
const HELD = `
  held as (
    select id, starts_at,
      (select count(*) from event_attendances
       where event_attendances.guild_id = events.guild_id and event_id = events.id and attended) as attended
    from events where guild_id = ? and starts_at >= ? and state in ('over', 'closed')
  )`;

/**
 * How many attended the events that began since `since` (ms since 1970), by weekday and hour.
 *
 * @param timeZone in which weekdays and hours are meant
 */
export async function readAttendance(
  em: EntityManager,
  guildId: GuildId,
  { since, timeZone }: { readonly since: number; readonly timeZone: string },
): Promise<Attendance> {
  const from = new Date(since);
  const hours: HourRow[] = await em.execute(
    `with ${HELD}
     select extract(isodow from starts_at at time zone ?)::integer as "isoWeekday",
       extract(hour from starts_at at time zone ?)::integer as hour,
       count(*)::integer as events, sum(attended)::integer as attended
     from held group by 1, 2 order by 1, 2`,
    [guildId, from, timeZone, timeZone],
  );
  const [total]: { events: number; people: number; since: number | null }[] = await em.execute(
    `with ${HELD}
     select count(*)::integer as events, ${inMs('min(starts_at)', 'since')},
       (select count(distinct member_id)::integer from event_attendances
        where guild_id = ? and attended and event_id in (select id from held)) as people
     from held`,
    [guildId, from, guildId],
  );
  return {
    hours: hours.map(({ isoWeekday, ...hour }) => ({
      weekday: WEEKDAYS[isoWeekday - 1] ?? 'monday',
      ...hour,
    })),
    ...{ events: total?.events ?? 0, people: total?.people ?? 0, since: total?.since ?? null },
  };
}
