/**
 * Tutorials, from being added to being decided on. The bot writes and reads them here by itself: the words of members and
 * staff must not pass through Temporal.
 */

import type { EntityManager } from '@mikro-orm/postgresql';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { createdAt, type GuildId, type InteractionId, type MemberId } from '../domain/ids.ts';
import type {
  Decision,
  DecisionResult,
  NewTutorial,
  RemovalResult,
  Submission,
  Tutorial,
  TutorialPlace,
  TutorialState,
} from '../domain/tutorials.ts';
import { putIntoOutbox } from './outbox.ts';
import { inMs } from './sql.ts';

/** What is read of a tutorial, from `tutorials`. */
export const TUTORIAL_COLUMNS = `
  tutorials.guild_id as "guildId", tutorials.id as "tutorialId", tutorials.member_id as "authorId", title, description,
  link, state, ${inMs('submitted_at', '"submittedAt"')}, staff_id as "staffId", ${inMs('decided_at', '"decidedAt"')},
  quality, reason`;

const FIND = `select ${TUTORIAL_COLUMNS} from tutorials where guild_id = ? and id = ?`;

/**
 * Adds a tutorial and orders its review, unless its link is there already or too many of its author wait. A tutorial that was
 * declined, or on which nobody has decided, can be added again. Repeating it changes nothing.
 *
 * @param mostWaiting how many of one member can wait
 */
export function submitTutorial(
  em: EntityManager,
  tutorial: NewTutorial,
  mostWaiting: number,
): Promise<Submission> {
  const { guildId, tutorialId, authorId } = tutorial;
  return em.fork().transactional(async (transaction) => {
    // One after the other for a member: two at once would each see room for one more.
    await transaction.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
      `tutorials/${guildId}/${authorId}`,
    ]);
    const known = await findTutorial(transaction, tutorial);
    if (known !== undefined) return { kind: 'submitted' };
    const same = await findByLink(transaction, tutorial);
    if (same !== undefined) return { kind: 'there already', tutorial: same };
    if ((await countWaiting(transaction, tutorial)) >= mostWaiting) return { kind: 'too many waiting' };
    if (await insert(transaction, tutorial)) {
      putIntoOutbox(transaction, [{ kind: 'review tutorial', tutorial: { guildId, tutorialId, authorId } }]);
      return { kind: 'submitted' };
    }
    const first = await findByLink(transaction, tutorial);
    if (first === undefined) throw new Error('the link was taken, and is free again');
    return { kind: 'there already', tutorial: first };
  });
}

/** The tutorial there, or undefined if there is none. */
export async function findTutorial(
  em: EntityManager,
  { guildId, tutorialId }: TutorialPlace,
): Promise<Tutorial | undefined> {
  const [tutorial]: Tutorial[] = await em.execute(FIND, [guildId, tutorialId]);
  return tutorial;
}

/** The same. Nobody else changes it, or who has done it, before the transaction is over. */
export async function lockTutorial(
  transaction: EntityManager,
  { guildId, tutorialId }: TutorialPlace,
): Promise<Tutorial | undefined> {
  const [tutorial]: Tutorial[] = await transaction.execute(`${FIND} for update`, [guildId, tutorialId]);
  return tutorial;
}

/**
 * Writes down what staff have decided on a tutorial that waits, and orders what follows. The first decision stands, whoever
 * else decides at the same time.
 *
 * @param at in ms since 1970
 * @param reason for its author, if it is declined
 */
export function decideTutorial(
  em: EntityManager,
  { guildId, tutorialId }: TutorialPlace,
  { verdict, staffId, quality }: Decision,
  at: number,
  reason?: string,
): Promise<DecisionResult> {
  return em.fork().transactional(async (transaction) => {
    const tutorial = await lockTutorial(transaction, { guildId, tutorialId });
    if (tutorial === undefined) return { kind: 'no such tutorial' };
    const { state, authorId } = tutorial;
    if (state !== 'waiting') return { kind: 'decided before', state, staffId: tutorial.staffId };
    if (authorId === staffId) return { kind: 'own tutorial' };
    await transaction.execute(
      `update tutorials set state = ?, staff_id = ?, decided_at = ?, quality = ?, reason = ?
       where guild_id = ? and id = ?`,
      [verdict, staffId, new Date(at), quality ?? null, reason ?? null, guildId, tutorialId],
    );
    putIntoOutbox(transaction, [{ kind: 'tutorial decided', tutorial: { guildId, tutorialId, authorId } }]);
    return { kind: 'decided' };
  });
}

/**
 * Takes an approved tutorial off the list, and orders that its messages say so. Who has done it, and its points, stay.
 *
 * @param at in ms since 1970
 * @param reason for its author
 */
export function removeTutorial(
  em: EntityManager,
  { guildId, tutorialId }: TutorialPlace,
  staffId: MemberId,
  at: number,
  reason: string,
): Promise<RemovalResult> {
  return em.fork().transactional(async (transaction) => {
    const tutorial = await lockTutorial(transaction, { guildId, tutorialId });
    if (tutorial === undefined) return 'no such tutorial';
    const { state, authorId } = tutorial;
    if (state !== 'approved') return 'not in the list';
    await transaction.execute(
      `update tutorials set state = 'removed', staff_id = ?, decided_at = ?, reason = ? where guild_id = ? and id = ?`,
      [staffId, new Date(at), reason, guildId, tutorialId],
    );
    putIntoOutbox(transaction, [{ kind: 'tutorial removed', tutorial: { guildId, tutorialId, authorId } }]);
    return 'removed';
  });
}

/** Gives up a tutorial on which nobody has decided. `at` in ms since 1970. */
export async function expireTutorial(
  em: EntityManager,
  { guildId, tutorialId }: TutorialPlace,
  at: number,
): Promise<void> {
  await em.execute(
    `update tutorials set state = 'expired', decided_at = ? where guild_id = ? and id = ? and state = 'waiting'`,
    [new Date(at), guildId, tutorialId],
  );
}

/** The tutorials that wait for staff and have `typed` in their title, those that have waited longest first. */
export function waitingTutorials(em: EntityManager, guildId: GuildId, typed = ''): Promise<Tutorial[]> {
  return offered(em, guildId, { state: 'waiting', typed, order: 'submitted_at, id' });
}

/** The tutorials in the list that have `typed` in their title, the newest first. */
export function listedTutorials(em: EntityManager, guildId: GuildId, typed = ''): Promise<Tutorial[]> {
  return offered(em, guildId, { state: 'approved', typed, order: 'decided_at desc, id desc' });
}

/** As many as can be offered while somebody types. */
function offered(
  em: EntityManager,
  guildId: GuildId,
  { state, typed, order }: { readonly state: TutorialState; readonly typed: string; readonly order: string },
): Promise<Tutorial[]> {
  return em.execute(
    `select ${TUTORIAL_COLUMNS} from tutorials
     where guild_id = ? and state = ? and position(lower(?) in lower(title)) > 0
     order by ${order} limit ${DISCORD_LIMITS.offeredValues}`,
    [guildId, state, typed],
  );
}

async function findByLink(
  transaction: EntityManager,
  { guildId, link }: NewTutorial,
): Promise<Pick<Tutorial, 'title' | 'authorId'> | undefined> {
  const [found]: { title: string; authorId: MemberId }[] = await transaction.execute(
    `select title, member_id as "authorId" from tutorials
     where guild_id = ? and link_key = ? and state in ('waiting', 'approved')`,
    [guildId, link.key],
  );
  return found;
}

async function countWaiting(transaction: EntityManager, { guildId, authorId }: NewTutorial): Promise<number> {
  const [row]: { count: number }[] = await transaction.execute(
    `select count(*)::integer as count from tutorials where guild_id = ? and member_id = ? and state = 'waiting'`,
    [guildId, authorId],
  );
  return row?.count ?? 0;
}

/** Whether it was added: of two members with the same link at the same time, one waits for the other. */
async function insert(
  transaction: EntityManager,
  { guildId, tutorialId, authorId, title, description, link }: NewTutorial,
): Promise<boolean> {
  const inserted: { id: InteractionId }[] = await transaction.execute(
    `insert into tutorials (guild_id, id, member_id, title, description, link, link_key, state, submitted_at)
     values (?, ?, ?, ?, ?, ?, ?, 'waiting', ?)
     on conflict (guild_id, link_key) where state in ('waiting', 'approved') do nothing returning id`,
    [
      ...[guildId, tutorialId, authorId, title, description, link.address, link.key],
      new Date(createdAt(tutorialId)),
    ],
  );
  return inserted.length === 1;
}
