/** What became of the posts of some days, and of those before them, all platforms together and each by itself. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { type Figures, METRICS } from '../domain/engagement.ts';
import {
  type EngagementReport,
  type PlatformTally,
  type SpanTally,
  type Tally,
  TOP_POSTS,
  type TopPost,
  toEngagementReport,
  USUAL_SCORE,
} from '../domain/engagement-report.ts';
import type { GuildId } from '../domain/ids.ts';
import { PLATFORMS, type Platform } from '../domain/platforms.ts';
import { spansUpTo } from '../domain/report-period.ts';
import type { Period, Span } from '../domain/reports.ts';

/** A row of all platforms has none. */
type TallyRow = Omit<PlatformTally, 'platform'> & {
  readonly place: number;
  readonly platform: Platform | null;
};

type TopRow = Omit<TopPost, 'figures'> & Figures;

/** A platform that answers late is not yet one that could not be read. */
const LATE = `interval '1 hour'`;

/**
 * What was published in each span until `as_of`, with the latest reading that was taken and due by then. Its values are the spans, as
 * JSON, and the guild. The age is found first, and its reading by the whole key: asked for the readings of a post in the order of
 * their ages, PostgreSQL may go through those of all posts, as long as it has not counted them.
 */
const PUBLISHED = `
  span as (
    select * from jsonb_to_recordset(?::jsonb)
      as span (place integer, starts_at timestamptz, ends_at timestamptz, as_of timestamptz)
  ),
  published as (
    select span.place, delivery.guild_id, delivery.post_id, delivery.platform, delivery.url,
      readings.latest_ms, readings.is_gone, readings.missed, latest.score,
      ${METRICS.map((metric) => `latest.${metric}`).join(', ')},
      coalesce(latest.reach, latest.impressions) as seen,
      case when num_nonnulls(latest.likes, latest.shares, latest.comments, latest.clicks) > 0
        then coalesce(latest.likes, 0) + coalesce(latest.shares, 0) + coalesce(latest.comments, 0)
          + coalesce(latest.clicks, 0)
      end as interactions
    from span
    join post_deliveries as delivery on delivery.guild_id = ? and delivery.state = 'published'
      and delivery.published_at >= span.starts_at
      and delivery.published_at < least(span.ends_at, span.as_of)
    cross join lateral (
      select max(age_ms) filter (where state = 'taken' and due_at <= span.as_of) as latest_ms,
        coalesce(bool_or(state = 'gone'), false) as is_gone,
        count(*) filter (where (state = 'missed' and due_at <= span.as_of)
          or (state = 'due' and due_at <= span.as_of - ${LATE})) as missed
      from post_readings as reading
      where reading.guild_id = delivery.guild_id and reading.post_id = delivery.post_id
        and reading.platform = delivery.platform
    ) as readings
    left join post_readings as latest on latest.guild_id = delivery.guild_id
      and latest.post_id = delivery.post_id and latest.platform = delivery.platform
      and latest.age_ms = readings.latest_ms
  )`;

/**
 * Makes the report on a period of whole days: see `domain/engagement-report.ts` for what is compared.
 *
 * @param asOf in ms since 1970
 * @param timeZone in which days are meant
 */
export async function readEngagementReport(
  em: EntityManager,
  guildId: GuildId,
  period: Period,
  { asOf, timeZone }: { readonly asOf: number; readonly timeZone: string },
): Promise<EngagementReport> {
  const spans = spansUpTo(period, timeZone);
  const [first, ...before] = spans;
  const rows = await readTallies(em, guildId, toRecords(spans, asOf));
  const tally = (span: Span, place: number): SpanTally =>
    toSpanTally(
      span,
      rows.filter((row) => row.place === place),
    );
  return toEngagementReport({
    asOf,
    now: tally(first, 0),
    before: before.map((span, index) => tally(span, index + 1)),
    top: await readTop(em, guildId, toRecords([first], asOf)),
  });
}

/** Each span as it stood as long after its end as the first one stands at `asOf`, for SQL. */
function toRecords(spans: readonly [Span, ...Span[]], asOf: number): string {
  const since = asOf - spans[0].endsAt;
  return JSON.stringify(
    spans.map(({ startsAt, endsAt }, place) => ({
      place,
      starts_at: new Date(startsAt),
      ends_at: new Date(endsAt),
      as_of: new Date(endsAt + since),
    })),
  );
}

function readTallies(em: EntityManager, guildId: GuildId, spans: string): Promise<TallyRow[]> {
  return em.execute(
    `with ${PUBLISHED}
     select place, platform, count(distinct post_id)::integer as posts,
       sum(reach)::float8 as reach, (sum(impressions) filter (where reach is null))::float8 as impressions,
       sum(interactions)::float8 as interactions,
       (sum(interactions) filter (where seen > 0)
         / nullif(sum(seen) filter (where interactions is not null), 0))::float8 as rate,
       percentile_cont(0.5) within group (order by interactions) as median,
       (count(*) filter (where latest_ms is null))::integer as unread,
       (count(*) filter (where is_gone))::integer as gone, sum(missed)::integer as missed
     from published group by grouping sets ((place), (place, platform))`,
    [spans, guildId],
  );
}

/** A post counts where it did best: one without a score as if it did as usual, and by its interactions among its like. */
async function readTop(em: EntityManager, guildId: GuildId, spans: string): Promise<TopPost[]> {
  const rows: TopRow[] = await em.execute(
    `with ${PUBLISHED},
     best as (
       select distinct on (post_id) *, coalesce(score, ?) as weight from published
       where interactions > 0 order by post_id, weight desc, interactions desc, platform
     )
     select best.post_id as "postId", post.title, best.platform, best.url, best.score, best.is_gone as "isGone",
       ${METRICS.map((metric) => `best.${metric}::float8 as ${metric}`).join(', ')}
     from best join posts as post on post.guild_id = best.guild_id and post.id = best.post_id
     order by best.weight desc, best.interactions desc, best.post_id limit ?`,
    [spans, guildId, USUAL_SCORE, TOP_POSTS],
  );
  return rows.map(({ postId, title, platform, url, score, isGone, ...figures }) => ({
    ...{ postId, title, platform, url, score, isGone, figures },
  }));
}

const NOTHING: Tally = {
  ...{ posts: 0, reach: null, impressions: null, interactions: null, rate: null },
  ...{ unread: 0, gone: 0, missed: 0 },
};

function toSpanTally({ from, to, startsAt, endsAt }: Span, rows: readonly TallyRow[]): SpanTally {
  const all = rows.find(({ platform }) => platform === null);
  const platforms = PLATFORMS.flatMap((platform) => {
    const row = rows.find((one) => one.platform === platform);
    return row === undefined ? [] : [{ platform, median: row.median, ...toTally(row) }];
  });
  return { from, to, startsAt, endsAt, all: all === undefined ? NOTHING : toTally(all), platforms };
}

function toTally({ posts, reach, impressions, interactions, rate, unread, gone, missed }: TallyRow): Tally {
  return { posts, reach, impressions, interactions, rate, unread, gone, missed };
}
