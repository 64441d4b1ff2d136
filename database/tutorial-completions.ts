/** Who has done which tutorial, and what there is to say of that. The bot uses it by itself: no workflow a press. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId, MemberId } from '../domain/ids.ts';
import {
  ACTIVE_WITHIN_DAYS,
  type CompletionResult,
  type Completions,
  TUTORIALS_PER_PAGE,
  type Tutorial,
  type TutorialPage,
  type TutorialPlace,
  type TutorialState,
  type TutorialStatistics,
} from '../domain/tutorials.ts';
import { putIntoOutbox } from './outbox.ts';
import { lockTutorial, TUTORIAL_COLUMNS, waitingTutorials } from './tutorials.ts';

const DAY_MS = 86_400_000;

/** Members who got points or did a tutorial since a time. Who has left is none. It takes the guild and the time, both again, and the guild. */
const ACTIVE_MEMBERS = `
  (select member_id from points_totals
   where guild_id = ? and measure = 'points' and period = 'all' and reached_at >= ?
   union
   select member_id from tutorial_completions where guild_id = ? and at >= ?)
  except
  select member_id from recognised_members where guild_id = ? and has_left`;

/** Notes that a member has done a tutorial. Noting it again changes nothing. `at` in ms since 1970. */
export function completeTutorial(
  em: EntityManager,
  place: TutorialPlace,
  memberId: MemberId,
  at: number,
): Promise<CompletionResult> {
  return em.fork().transactional(async (transaction) => {
    const tutorial = await lockTutorial(transaction, place);
    if (tutorial?.state !== 'approved') return 'no such tutorial';
    if (tutorial.authorId === memberId) return 'own tutorial';
    const noted: unknown[] = await transaction.execute(
      `insert into tutorial_completions (guild_id, tutorial_id, member_id, at) values (?, ?, ?, ?)
       on conflict do nothing returning member_id`,
      [place.guildId, place.tutorialId, memberId, new Date(at)],
    );
    if (noted.length === 0) return 'noted already';
    await orderCount(transaction, tutorial);
    return 'noted';
  });
}

/** Takes back that a member has done a tutorial. Doing it again changes nothing. */
export function takeBackCompletion(
  em: EntityManager,
  place: TutorialPlace,
  memberId: MemberId,
): Promise<CompletionResult> {
  return em.fork().transactional(async (transaction) => {
    const tutorial = await lockTutorial(transaction, place);
    if (tutorial === undefined) return 'no such tutorial';
    const removed: unknown[] = await transaction.execute(
      `delete from tutorial_completions where guild_id = ? and tutorial_id = ? and member_id = ? returning member_id`,
      [place.guildId, place.tutorialId, memberId],
    );
    if (removed.length > 0) await orderCount(transaction, tutorial);
    return 'taken back';
  });
}

/**
 * How many have done a tutorial, for its message. Whoever does it from then on orders that the message is changed again: it is
 * due until this is read.
 */
export function takeDueCount(em: EntityManager, { guildId, tutorialId }: TutorialPlace): Promise<number> {
  return em.fork().transactional(async (transaction) => {
    await transaction.execute(`update tutorials set is_count_due = false where guild_id = ? and id = ?`, [
      guildId,
      tutorialId,
    ]);
    return countCompletions(transaction, { guildId, tutorialId });
  });
}

/** How many have done a tutorial. */
export async function countCompletions(
  em: EntityManager,
  { guildId, tutorialId }: TutorialPlace,
): Promise<number> {
  const [row]: { count: number }[] = await em.execute(
    `select count(*)::integer as count from tutorial_completions where guild_id = ? and tutorial_id = ?`,
    [guildId, tutorialId],
  );
  return row?.count ?? 0;
}

/** A page of the tutorials that were approved; the last one, if there are not so many. `now` in ms since 1970. */
export async function listTutorials(
  em: EntityManager,
  guildId: GuildId,
  page: number,
  now: number,
): Promise<TutorialPage> {
  const since = new Date(now - ACTIVE_WITHIN_DAYS * DAY_MS);
  const activeSince = [guildId, since, guildId, since, guildId];
  const [totals]: { approved: number; active: number }[] = await em.execute(
    `select (select count(*)::integer from tutorials where guild_id = ? and state = 'approved') as approved,
       (select count(*)::integer from (${ACTIVE_MEMBERS}) as active) as active`,
    [guildId, ...activeSince],
  );
  const pages = Math.max(1, Math.ceil((totals?.approved ?? 0) / TUTORIALS_PER_PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  const tutorials: (Tutorial & Completions)[] = await em.execute(
    `with active as (${ACTIVE_MEMBERS})
     select ${TUTORIAL_COLUMNS}, done.completions, done."byActive"
     from tutorials cross join lateral (
       select count(*)::integer as completions, count(active.member_id)::integer as "byActive"
       from tutorial_completions as completion left join active using (member_id)
       where completion.guild_id = tutorials.guild_id and completion.tutorial_id = tutorials.id
     ) as done
     where tutorials.guild_id = ? and state = 'approved'
     order by decided_at desc, id desc limit ? offset ?`,
    [...activeSince, guildId, TUTORIALS_PER_PAGE, (shown - 1) * TUTORIALS_PER_PAGE],
  );
  return { tutorials, page: shown, pages, activeMembers: totals?.active ?? 0 };
}

/** What there is to know of all tutorials. */
export async function tutorialStatistics(em: EntityManager, guildId: GuildId): Promise<TutorialStatistics> {
  const counted: { state: TutorialState; count: number }[] = await em.execute(
    `select state, count(*)::integer as count from tutorials where guild_id = ? group by state`,
    [guildId],
  );
  const [done]: { completions: number; members: number }[] = await em.execute(
    `select count(*)::integer as completions, count(distinct completion.member_id)::integer as members
     from tutorial_completions as completion
     join tutorials on tutorials.guild_id = completion.guild_id and tutorials.id = completion.tutorial_id
     where completion.guild_id = ?`,
    [guildId],
  );
  const counts = { waiting: 0, approved: 0, declined: 0, expired: 0, removed: 0 };
  for (const { state, count } of counted) counts[state] = count;
  return {
    counts,
    completions: done?.completions ?? 0,
    membersWhoDidOne: done?.members ?? 0,
    waiting: await waitingTutorials(em, guildId),
  };
}

/** Once, until the count is read: however many do a tutorial at the same time, one order changes its message. */
async function orderCount(
  transaction: EntityManager,
  { guildId, tutorialId, authorId }: Tutorial,
): Promise<void> {
  const ordered: unknown[] = await transaction.execute(
    `update tutorials set is_count_due = true where guild_id = ? and id = ? and not is_count_due returning id`,
    [guildId, tutorialId],
  );
  if (ordered.length === 0) return;
  putIntoOutbox(transaction, [{ kind: 'count completions', tutorial: { guildId, tutorialId, authorId } }]);
}
