/** What members say of an event that is over. The bot writes it by itself: their words must not pass through Temporal. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type {
  EventFeedback,
  FeedbackAnswer,
  FeedbackRefusal,
  FeedbackResult,
  RatingSummary,
  Ratings,
  Remark,
} from '../domain/event-feedback.ts';
import { type EventRef, type EventState, EXPECTED } from '../domain/events.ts';
import type { MemberId } from '../domain/ids.ts';
import { inMs } from './sql.ts';

/** Notes a member's answer, in place of an earlier one. An answer that was given before what is known changes nothing. */
export function recordFeedback(em: EntityManager, feedback: EventFeedback): Promise<FeedbackResult> {
  return em.fork().transactional(async (transaction) => {
    const place = await mayAnswer(transaction, feedback, 'for share');
    if (place.kind !== 'open') return place;
    const { title, until } = place;
    return { kind: await upsert(transaction, feedback), title, until };
  });
}

/** Whether a member can answer at `at` (ms since 1970), and what they have said before. */
export async function prepareFeedback(
  em: EntityManager,
  event: EventRef,
  memberId: MemberId,
  at: number,
): Promise<{ readonly kind: 'open'; readonly earlier: FeedbackAnswer | undefined } | FeedbackRefusal> {
  const place = await mayAnswer(em, { ...event, memberId, at }, '');
  return place.kind === 'open' ? { kind: 'open', earlier: await findFeedback(em, event, memberId) } : place;
}

/** What a member has said, or undefined if nothing. */
async function findFeedback(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  memberId: MemberId,
): Promise<FeedbackAnswer | undefined> {
  const [row]: (Ratings & Omit<FeedbackAnswer, 'ratings'>)[] = await em.execute(
    `select overall, content, engagement, improvements, topics from event_feedback
     where guild_id = ? and event_id = ? and member_id = ?`,
    [guildId, eventId, memberId],
  );
  if (row === undefined) return undefined;
  const { improvements, topics, ...ratings } = row;
  return { ratings, improvements, topics };
}

/** Closes the feedback of an event: an answer that is being noted is in the summary, and none comes after it. */
export function closeFeedback(em: EntityManager, event: EventRef): Promise<RatingSummary> {
  return em.fork().transactional(async (transaction) => {
    await transaction.execute(`update events set feedback_until = null where guild_id = ? and id = ?`, [
      event.guildId,
      event.eventId,
    ]);
    return ratingsOf(transaction, event);
  });
}

/** How an event was rated so far. */
export async function ratingsOf(em: EntityManager, { guildId, eventId }: EventRef): Promise<RatingSummary> {
  const [row]: ({ answers: number } & Ratings)[] = await em.execute(
    `select count(*)::integer as answers, avg(overall)::float8 as overall, avg(content)::float8 as content,
       avg(engagement)::float8 as engagement
     from event_feedback where guild_id = ? and event_id = ?`,
    [guildId, eventId],
  );
  if (row === undefined || row.answers === 0) return { answers: 0, averages: null };
  const { answers, ...averages } = row;
  return { answers, averages };
}

/** What was said of an event in words, the first who answered first. */
export async function remarksOn(
  em: EntityManager,
  { guildId, eventId }: EventRef,
): Promise<Readonly<Record<Remark, readonly string[]>>> {
  const rows: Readonly<Record<Remark, string | null>>[] = await em.execute(
    `select improvements, topics from event_feedback where guild_id = ? and event_id = ?
     order by answered_at, member_id`,
    [guildId, eventId],
  );
  return {
    improvements: rows.flatMap(({ improvements }) => improvements ?? []),
    topics: rows.flatMap(({ topics }) => topics ?? []),
  };
}

interface FeedbackPlace {
  readonly title: string;
  readonly state: EventState;
  readonly hostId: MemberId | null;
  readonly until: number | null;
}

/** With `for share`, that stays so until the transaction is over; others may answer at the same time. */
async function mayAnswer(
  em: EntityManager,
  answer: Pick<EventFeedback, 'guildId' | 'eventId' | 'memberId' | 'at'>,
  lock: '' | 'for share',
): Promise<{ readonly kind: 'open'; readonly title: string; readonly until: number } | FeedbackRefusal> {
  const [place]: FeedbackPlace[] = await em.execute(
    `select title, state, host_member_id as "hostId", ${inMs('feedback_until', 'until')} from events
     where guild_id = ? and id = ? ${lock}`,
    [answer.guildId, answer.eventId],
  );
  if (place === undefined) return { kind: 'no such event' };
  const { title, state, hostId, until } = place;
  if (EXPECTED.includes(state)) return { kind: 'not yet', title };
  if (until === null || answer.at > until) return { kind: 'closed', title };
  if (hostId === answer.memberId) return { kind: 'own event', title };
  return (await wasConcerned(em, answer)) ? { kind: 'open', title, until } : { kind: 'not there', title };
}

/** Whether a member was there, for however short a time, or has said that they go or may go. */
async function wasConcerned(
  em: EntityManager,
  { guildId, eventId, memberId }: Pick<EventFeedback, 'guildId' | 'eventId' | 'memberId'>,
): Promise<boolean> {
  const found: unknown[] = await em.execute(
    `select 1 from event_attendances where guild_id = ? and event_id = ? and member_id = ?
     union all
     select 1 from event_registrations
     where guild_id = ? and event_id = ? and member_id = ? and state in ('going', 'maybe')`,
    [guildId, eventId, memberId, guildId, eventId, memberId],
  );
  return found.length > 0;
}

async function upsert(transaction: EntityManager, feedback: EventFeedback): Promise<'noted' | 'changed'> {
  const { guildId, eventId, memberId, ratings, improvements, topics, at } = feedback;
  const [row]: { is_new: boolean }[] = await transaction.execute(
    `insert into event_feedback as known
       (guild_id, event_id, member_id, overall, content, engagement, improvements, topics, answered_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (guild_id, event_id, member_id) do update
       set overall = excluded.overall, content = excluded.content, engagement = excluded.engagement,
         improvements = excluded.improvements, topics = excluded.topics, answered_at = excluded.answered_at
       where known.answered_at <= excluded.answered_at
     returning xmax = 0 as is_new`,
    [
      ...[guildId, eventId, memberId, ratings.overall, ratings.content, ratings.engagement],
      ...[improvements, topics, new Date(at)],
    ],
  );
  return row?.is_new === true ? 'noted' : 'changed';
}
