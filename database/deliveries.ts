/** The ledger of deliveries: what was about to be published, and what came of it (design: "Identity"). */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { AdaptedPost } from '../domain/adaptation.ts';
import type { GuildId } from '../domain/ids.ts';
import type { Platform, Published, PublishingAccount, PublishOutcome } from '../domain/platforms.ts';
import {
  type Delivery,
  type DeliveryRef,
  type DeliveryState,
  type PostRef,
  type PostState,
  SETTLED,
} from '../domain/posts.ts';
import { planReadings } from './engagement.ts';
import { beginCounting } from './post-links.ts';
import { deliveriesOf, findPost, lockPost } from './posts.ts';
import { inMs } from './sql.ts';

/** An attempt to publish, as the ledger has it. */
export interface Attempt {
  /** Of the post, as it was sent. */
  readonly revision: number;
  /** In whose name; null: as the bot, or before that was written down. */
  readonly account: PublishingAccount | null;
  readonly sent: AdaptedPost;
  /** null: nobody knows. */
  readonly outcome: PublishOutcome | null;
}

/** What is about to be sent. */
export interface Intent {
  readonly delivery: DeliveryRef;
  readonly attempt: number;
  /** Of the post: another one must be adapted anew. */
  readonly revision: number;
  /** In whose name; null: as the bot. */
  readonly account: PublishingAccount | null;
  readonly sent: AdaptedPost;
  /** By the workflow's time, in ms since 1970: in which month it is paid for. */
  readonly at: number;
  /** By this machine's clock, in ms since 1970: platforms say by theirs when something was published. */
  readonly triedAt: number;
}

/** What may be spent, in millionths of a US dollar, between two times (ms since 1970). */
export interface Budget {
  readonly most: number;
  readonly from: number;
  readonly until: number;
}

/** Whether an attempt may go on to the platform. */
export type Intended =
  | { readonly kind: 'intended' }
  /** It was cancelled, skipped or published meanwhile. */
  | { readonly kind: 'over'; readonly state: DeliveryState }
  /** Somebody has changed the post: what would be sent is not what it says. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'over budget'; readonly spent: number };

/** The states of a post in which it may be sent to a platform. */
const SENDABLE: readonly PostState[] = ['publishing', 'settled'];

/** The delivery there, or undefined if the post does not go to that platform. */
export async function findDelivery(
  em: EntityManager,
  { platform, ...post }: DeliveryRef,
): Promise<Delivery | undefined> {
  return (await deliveriesOf(em, post)).find((delivery) => delivery.platform === platform);
}

/** An attempt, or undefined if nothing was sent by it. */
export async function findAttempt(
  em: EntityManager,
  delivery: DeliveryRef,
  attempt: number,
): Promise<Attempt | undefined> {
  const [found]: Attempt[] = await em.execute(
    `select revision, sent, outcome,
       case when account_id is not null then jsonb_build_object('id', account_id, 'name', account_name) end as account
     from post_attempts where guild_id = ? and post_id = ? and platform = ? and attempt = ?`,
    [...keyOf(delivery), attempt],
  );
  return found;
}

/** When a delivery was first sent, in ms since 1970, or undefined if it was not. */
export async function firstTriedAt(em: EntityManager, delivery: DeliveryRef): Promise<number | undefined> {
  const [row]: { at: number | null }[] = await em.execute(
    `select ${inMs('first_tried_at', 'at')} from post_deliveries where guild_id = ? and post_id = ? and platform = ?`,
    keyOf(delivery),
  );
  return row?.at ?? undefined;
}

/**
 * Writes down that a post is about to be sent, with what it costs, unless that must not be any more. From then on it counts as sent,
 * until its outcome is known. `budget`: undefined where nothing is paid for.
 */
export function intend(em: EntityManager, intent: Intent, budget: Budget | undefined): Promise<Intended> {
  return em.fork().transactional(async (transaction): Promise<Intended> => {
    const { delivery, attempt, revision, account, sent, at, triedAt } = intent;
    const post = await lockPost(transaction, delivery);
    const known = await findDelivery(transaction, delivery);
    if (post === undefined || known === undefined) return { kind: 'over', state: 'cancelled' };
    if (SETTLED.includes(known.state)) return { kind: 'over', state: known.state };
    // Whoever was held up for long finds that others have gone on.
    if (known.attempt > attempt) return { kind: 'over', state: known.state };
    if (!SENDABLE.includes(post.state)) return { kind: 'over', state: 'cancelled' };
    if (post.revision !== revision) return { kind: 'changed' };
    const spent = await spentUnderLock(transaction, delivery, budget);
    if (budget !== undefined && spent + sent.cost > budget.most) return { kind: 'over budget', spent };
    await transaction.execute(
      `insert into post_attempts
         (guild_id, post_id, platform, attempt, revision, account_id, account_name, intended_at, sent)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)`,
      [
        ...[...keyOf(delivery), attempt, revision, account?.id ?? null, account?.name ?? null],
        ...[new Date(at), JSON.stringify(sent)],
      ],
    );
    await transaction.execute(
      `update post_deliveries set state = 'sending', attempt = ?, cost = ?, reason = null, until = null,
         first_tried_at = coalesce(first_tried_at, ?)
       where guild_id = ? and post_id = ? and platform = ?`,
      [attempt, sent.cost, new Date(triedAt), ...keyOf(delivery)],
    );
    await beginCounting(transaction, delivery, sent.link);
    return { kind: 'intended' };
  });
}

/** Two posts that would use up the same rest of a budget are weighed one after the other. */
async function spentUnderLock(
  transaction: EntityManager,
  { guildId, platform }: DeliveryRef,
  budget: Budget | undefined,
): Promise<number> {
  if (budget === undefined) return 0;
  await transaction.execute(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
    `budget/${guildId}/${platform}`,
  ]);
  return spentOn(transaction, guildId, platform, budget);
}

/** What was spent on a platform, in millionths of a US dollar: on what is published there, or may be. */
export async function spentOn(
  em: EntityManager,
  guildId: GuildId,
  platform: Platform,
  { from, until }: Omit<Budget, 'most'>,
): Promise<number> {
  const [row]: { spent: string }[] = await em.execute(
    `select coalesce(sum(delivery.cost), 0) as spent
     from post_deliveries as delivery
     join post_attempts as attempt using (guild_id, post_id, platform, attempt)
     where delivery.guild_id = ? and delivery.platform = ? and attempt.intended_at >= ? and attempt.intended_at < ?`,
    [guildId, platform, new Date(from), new Date(until)],
  );
  return Number(row?.spent ?? 0);
}

/**
 * Writes down what came of an attempt. What is known already stays: whoever asks twice gets the same; only that it is published counts
 * also when it was thought not to be. What is surely not published costs nothing.
 *
 * @param at by the workflow's time, in ms since 1970
 * @param readingAges at which ages of the post, in ms, figures of it are read
 */
export function recordOutcome(
  em: EntityManager,
  delivery: DeliveryRef,
  attempt: number,
  outcome: Exclude<PublishOutcome, { kind: 'unknown' }>,
  at: number,
  readingAges: readonly number[],
): Promise<void> {
  return em.fork().transactional(async (transaction) => {
    await lockPost(transaction, delivery);
    const [written]: { revision: number }[] = await transaction.execute(
      `update post_attempts set outcome = ?::jsonb, settled_at = ?
       where guild_id = ? and post_id = ? and platform = ? and attempt = ?
         and (outcome is null or (? and outcome->>'kind' <> 'published'))
       returning revision`,
      [JSON.stringify(outcome), new Date(at), ...keyOf(delivery), attempt, outcome.kind === 'published'],
    );
    if (written === undefined) return;
    if (outcome.kind === 'published') {
      await showPublished(transaction, delivery, outcome, written.revision, at);
      await planReadings(transaction, delivery, at, readingAges);
      return;
    }
    await transaction.execute(
      `update post_deliveries set cost = 0 where guild_id = ? and post_id = ? and platform = ? and state <> 'published'`,
      keyOf(delivery),
    );
  });
}

async function showPublished(
  transaction: EntityManager,
  delivery: DeliveryRef,
  { id, url }: Published,
  revision: number,
  at: number,
): Promise<void> {
  await transaction.execute(
    `update post_deliveries set state = 'published', published_id = ?, url = ?, published_at = ?, published_revision = ?,
       reason = null, until = null
     where guild_id = ? and post_id = ? and platform = ?`,
    [id, url, new Date(at), revision, ...keyOf(delivery)],
  );
}

/** Where a delivery stands that is not settled, why, and until when (ms since 1970). */
export interface Waiting {
  readonly state: Extract<DeliveryState, 'sending' | 'held' | 'account' | 'failed'>;
  readonly attempt: number;
  readonly reason: string | null;
  readonly until: number | null;
}

/**
 * Shows that a delivery waits, and for what, unless it is settled.
 *
 * @returns where it stands then
 */
export async function holdDelivery(
  em: EntityManager,
  delivery: DeliveryRef,
  { state, attempt, reason, until }: Waiting,
): Promise<DeliveryState> {
  await em.execute(
    `update post_deliveries set state = ?, attempt = ?, reason = ?, until = ?
     where guild_id = ? and post_id = ? and platform = ? and state not in (?)`,
    [state, attempt, reason, until === null ? null : new Date(until), ...keyOf(delivery), SETTLED],
  );
  return stateOf(em, delivery);
}

/**
 * Ends a delivery that is not published.
 *
 * @returns where it stands then: it may have been settled otherwise before
 */
export async function endDelivery(
  em: EntityManager,
  delivery: DeliveryRef,
  state: Extract<DeliveryState, 'skipped' | 'abandoned'>,
): Promise<DeliveryState> {
  await em.execute(
    `update post_deliveries set state = ?, until = null
     where guild_id = ? and post_id = ? and platform = ? and state not in (?)`,
    [state, ...keyOf(delivery), SETTLED],
  );
  return stateOf(em, delivery);
}

async function stateOf(em: EntityManager, delivery: DeliveryRef): Promise<DeliveryState> {
  return (await findDelivery(em, delivery))?.state ?? 'cancelled';
}

/** The published deliveries of a post that do not show its latest revision. */
export async function deliveriesBehind(em: EntityManager, post: PostRef): Promise<Delivery[]> {
  const found = await findPost(em, post);
  return (await deliveriesOf(em, post)).filter(
    ({ state, publishedRevision }) =>
      state === 'published' && (publishedRevision ?? 0) < (found?.revision ?? 0),
  );
}

function keyOf({ guildId, postId, platform }: DeliveryRef): [string, string, string] {
  return [guildId, postId, platform];
}
