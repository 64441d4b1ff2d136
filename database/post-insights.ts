/** At which times of the week posts were published, and how they have done. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { WEEKDAYS } from '../domain/calendar.ts';
import { HANDFUL, INTERACTIONS, type ScoreSettings } from '../domain/engagement.ts';
import type { GuildId } from '../domain/ids.ts';
import type { Platform } from '../domain/platforms.ts';
import { type HourOfPosts, MOST_TIMES, type PostHistory } from '../domain/post-insights.ts';
import { comparisonOf, takenInTime } from './comparable-readings.ts';
import { inMs } from './sql.ts';

/** Which posts are looked at, and how. */
export interface HistoryAsked extends Pick<ScoreSettings, 'weights'> {
  /** In ms since 1970. */
  readonly since: number;
  /** Which readings are compared. */
  readonly ageMs: number;
  /** In which weekdays and hours are meant. */
  readonly timeZone: string;
  /** null: all together. */
  readonly platform: Platform | null;
}

type HourRow = Omit<HourOfPosts, 'weekday'> & {
  /** From 1, which is Monday. */
  readonly isoWeekday: number;
  /** Of all hours together. */
  readonly postsInAll: number;
  readonly since: number;
};

/** The interactions of each post on each platform, as often as each counts. Where a platform gives none, nothing can be said. */
const measured = (platform: Platform | null) => `
  measured as (
    select delivery.post_id, delivery.platform, delivery.published_at,
      ${INTERACTIONS.map((name) => `reading.${name}`).join(', ')},
      array[${INTERACTIONS.map((name) => `reading.${name} is null`).join(', ')}] as lacks,
      (${INTERACTIONS.map((name) => `coalesce(reading.${name}, 0) * ?::float8`).join(' + ')}) as weighted
    from post_deliveries as delivery
    join post_readings as reading on reading.guild_id = delivery.guild_id
      and reading.post_id = delivery.post_id and reading.platform = delivery.platform
    where delivery.guild_id = ? and delivery.state = 'published' and delivery.published_at >= ?
      and reading.age_ms = ? and reading.state = 'taken' and ${takenInTime('reading')}
      and coalesce(${INTERACTIONS.map((name) => `reading.${name}`).join(', ')}) is not null
      ${platform === null ? '' : 'and delivery.platform = ?'}
  )`;

/** What each post is worth at the times at which it was published: the rule is in `domain/post-insights.ts`. */
const valued = ({ sum, condition }: Pick<ReturnType<typeof comparisonOf>, 'sum' | 'condition'>) => `
  kinds as (
    select platform, lacks, ${INTERACTIONS.map((name) => `min(${name}) as ${name}`).join(', ')}
    from measured group by platform, lacks
  ),
  usual as (
    select reading.platform, reading.lacks, percentile_cont(0.5) within group (order by ${sum}) as median
    from kinds as reading join measured as other on other.platform = reading.platform and ${condition}
    group by 1, 2
  ),
  valued as (
    select post_id, min(published_at) as published_at,
      extract(isodow from published_at at time zone ?)::integer as weekday,
      extract(hour from published_at at time zone ?)::integer as hour,
      avg(greatest(-ln(?::float8), least(ln(?::float8), ln((weighted + ?) / (median + ?))))) as value
    from measured join usual using (platform, lacks) group by 1, 3, 4
  )`;

/** Reads what insights rest on. */
export async function readPostHistory(
  em: EntityManager,
  guildId: GuildId,
  { since, ageMs, timeZone, weights, platform }: HistoryAsked,
): Promise<PostHistory> {
  const comparison = comparisonOf({ weights });
  const rows: HourRow[] = await em.execute(
    `with ${measured(platform)}, ${valued(comparison)}
     select weekday as "isoWeekday", hour, count(*)::integer as posts, sum(value) as sum,
       sum(value * value) as squares,
       (select count(distinct post_id)::integer from valued) as "postsInAll",
       (select ${inMs('min(published_at)', 'since')} from valued)
     from valued group by 1, 2 order by 1, 2`,
    [
      ...INTERACTIONS.map((name) => weights[name]),
      ...[guildId, new Date(since), ageMs, ...(platform === null ? [] : [platform])],
      ...comparison.weights,
      ...[timeZone, timeZone, MOST_TIMES, MOST_TIMES, HANDFUL, HANDFUL],
    ],
  );
  const [first] = rows;
  return {
    hours: rows.map(({ isoWeekday, hour, posts, sum, squares }) => ({
      ...{ weekday: WEEKDAYS[isoWeekday - 1] ?? 'monday', hour, posts, sum, squares },
    })),
    ...{ posts: first?.postsInAll ?? 0, since: first?.since ?? null },
  };
}
