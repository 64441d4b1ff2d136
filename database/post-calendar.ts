/** The posts of a month, and where each stands. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId } from '../domain/ids.ts';
import { type CalendarEntry, calendarStateOf, FAILED_OR_WAITING } from '../domain/post-calendar.ts';
import type { DeliveryState, PostState } from '../domain/posts.ts';
import { inMs } from './sql.ts';

/** From `from` on and before `until`, in ms since 1970, by the clocks of `timeZone`. */
export interface CalendarSpan {
  readonly from: number;
  readonly until: number;
  readonly timeZone: string;
}

type CalendarRow = Omit<CalendarEntry, 'state'> & {
  readonly state: PostState;
  readonly deliveries: readonly DeliveryState[];
};

/**
 * When a post stands in a calendar: the first of these that is known. One that is to go out as soon as it is approved may fail or wait
 * before it was ever tried (it is over the budget, or there is no account): when it was approved is not stored, so it stands where it was
 * made.
 */
const AT = `coalesce(min(delivery.published_at), posts.publish_at, min(delivery.first_tried_at), posts.made_at)`;

/** Where something is on its way, or did not come about. */
const TRIED: readonly DeliveryState[] = [...FAILED_OR_WAITING, 'sending'];

/** Posts that may be in the span, by the indexes that there are. */
const CANDIDATES = `
  select id as post_id from posts where guild_id = ? and publish_at >= ? and publish_at < ?
  union
  select post_id from post_deliveries
  where guild_id = ? and state = 'published' and published_at >= ? and published_at < ?
  union
  select post_id from post_deliveries
  where guild_id = ? and state in (?) and first_tried_at >= ? and first_tried_at < ?
  union
  select posts.id from posts
  join post_deliveries as delivery on delivery.guild_id = posts.guild_id and delivery.post_id = posts.id
  where posts.guild_id = ? and posts.publish_at is null and posts.made_at >= ? and posts.made_at < ?
    and delivery.state in (?) and delivery.first_tried_at is null`;

/** The posts that stand in a calendar, in the order of their times. */
export async function readPostCalendar(
  em: EntityManager,
  guildId: GuildId,
  { from, until, timeZone }: CalendarSpan,
): Promise<CalendarEntry[]> {
  const span = [new Date(from), new Date(until)];
  const rows: CalendarRow[] = await em.execute(
    `with entry as (
       select posts.id, posts.title, posts.state, ${AT} as at,
         json_agg(delivery.platform order by delivery.platform) as platforms,
         json_agg(delivery.state) as deliveries
       from (${CANDIDATES}) as candidate
       join posts on posts.guild_id = ? and posts.id = candidate.post_id
       join post_deliveries as delivery on delivery.guild_id = posts.guild_id and delivery.post_id = posts.id
       group by posts.guild_id, posts.id
     )
     select id as "postId", title, state, platforms, deliveries, ${inMs('at', '"at"')},
       to_char(at at time zone ?, 'YYYY-MM-DD') as day, to_char(at at time zone ?, 'HH24:MI') as time
     from entry where at >= ? and at < ? order by at, id`,
    [
      ...[guildId, ...span, guildId, ...span, guildId, TRIED, ...span],
      ...[guildId, ...span, FAILED_OR_WAITING, guildId, timeZone, timeZone, ...span],
    ],
  );
  return rows.flatMap(({ deliveries, ...row }) => {
    const state = calendarStateOf(row.state, deliveries);
    return state === undefined ? [] : [{ ...row, state }];
  });
}
