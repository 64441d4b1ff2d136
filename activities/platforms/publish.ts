/**
 * Brings posts to a platform: the one place where it is written down that something is about to be sent, and what came of it. A
 * process may die anywhere here. Then there is either no intent, and nothing was sent, or an intent without an outcome, and
 * somebody looks on the platform before anything is sent again.
 */

import { Context } from '@temporalio/activity';
import {
  type Attempt,
  type Budget,
  findAttempt,
  findDelivery,
  intend,
  recordEdit,
  recordOutcome,
} from '../../database/deliveries.ts';
import { readingAges } from '../../domain/engagement.ts';
import {
  type LookUpOutcome,
  type NotPublished,
  PLATFORM_LABELS,
  type Published,
  type Rejected,
  type Unknown,
} from '../../domain/platforms.ts';
import type { AttemptOutcome, DeliveryEdit } from '../../domain/post-deliveries.ts';
import type { DeliveryRef } from '../../domain/posts.ts';
import { monthAround } from '../../domain/wall-clock.ts';
import { whileBeating } from '../heartbeat.ts';
import { type PlatformResult, withConnection } from './connection.ts';
import type { PlatformContext } from './context.ts';
import { orderFor, orderOf } from './order.ts';
import type { Publisher, PublisherTools, PublishOrder } from './publisher.ts';
import { toolsFor } from './tools.ts';

const MILLIONTHS = 1_000_000;

const UNKNOWN: Unknown = { kind: 'unknown', reason: 'it was sent, and no answer came back' };
/** What the ledger says of an attempt that was looked for and not found. */
const NOT_THERE = { kind: 'unavailable', reason: 'it was looked for, and is not there' } as const;
const UP_TO_DATE: DeliveryEdit = { kind: 'up to date' };
const NOT_EDITABLE: Rejected = { kind: 'rejected', reason: 'what is published there cannot be changed' };

/** What a platform's queue carries out. */
export function createPlatformActivities(context: PlatformContext) {
  const { platform, connect, config, database, logger } = context;
  const settings = config.distribution;
  const ages = readingAges(config.engagement);

  return {
    /**
     * Publishes a post, once for each attempt. Asked again, it gives the outcome that is known, or says that it is unknown.
     *
     * @param at the workflow's time, in ms since 1970
     */
    async publishPost(delivery: DeliveryRef, attempt: number, at: number): Promise<AttemptOutcome> {
      const known = await findAttempt(database.em.fork(), delivery, attempt);
      if (known !== undefined) return known.outcome ?? UNKNOWN;
      for (;;) {
        const order = await orderFor(context, delivery);
        if ('kind' in order) return order;
        const hindrance = await upload(order);
        if (hindrance !== undefined) return hindrance;
        const { revision, post: sent } = order;
        const intent = { delivery, attempt, revision, sent, at, triedAt: Date.now() };
        // A worker that was held up for so long that another has taken over must not send what the other may have sent.
        Context.current().cancellationSignal.throwIfAborted();
        const intended = await intend(database.em, intent, budgetAt(at));
        if (intended.kind === 'intended') return publish(order, attempt, at);
        if (intended.kind === 'over') return intended;
        if (intended.kind === 'over budget') return overBudget(intended.spent);
      }
    },

    /**
     * Why nothing can be published there as it is configured: a repository that does not exist, a version that has ended. Undefined: it
     * can, or it can be waited for.
     */
    async checkPlatform(): Promise<string | undefined> {
      const tools = { signal: Context.current().cancellationSignal, now: () => context.now() };
      const found = await withConnection(connect, async (publisher) => publisher.check?.(tools));
      return found?.kind === 'rejected' ? `${PLATFORM_LABELS[platform]}: ${found.reason}` : undefined;
    },

    /**
     * Looks on the platform for what an attempt has published whose outcome nobody knows.
     *
     * @param at the workflow's time, in ms since 1970
     */
    async settlePost(delivery: DeliveryRef, attempt: number, at: number): Promise<LookUpOutcome> {
      const known = await findAttempt(database.em.fork(), delivery, attempt);
      if (known?.outcome?.kind === 'published') return known.outcome;
      if (known === undefined || known.outcome !== null) return { kind: 'not there' };
      const order = await orderOf(context, delivery, known.sent);
      const found = await onPlatform(order, (publisher, tools) => publisher.lookUp(order, tools));
      if (found.kind === 'published') await recordOutcome(database.em, delivery, attempt, found, at, ages);
      if (found.kind === 'not there')
        await recordOutcome(database.em, delivery, attempt, NOT_THERE, at, ages);
      return found;
    },

    /** Makes what is published say what the post says by now. */
    async editPost(delivery: DeliveryRef): Promise<DeliveryEdit> {
      const shown = await findShown(delivery);
      const order = await orderFor(context, delivery);
      if (shown === undefined) return UP_TO_DATE;
      if ('kind' in order) return order.kind === 'over' ? UP_TO_DATE : order;
      if (shown.revision >= order.revision) return UP_TO_DATE;
      const result = saysTheSame(shown.attempt, shown.revision, order)
        ? UP_TO_DATE
        : await onPlatform(order, async (publisher, tools) => {
            const edited = await publisher.edit?.(order, shown.published, tools);
            return edited ?? NOT_EDITABLE;
          });
      if (result.kind === 'edited' || result.kind === 'up to date')
        await recordEdit(database.em.fork(), delivery, order.revision);
      return result;
    },
  };

  function onPlatform<Result extends PlatformResult>(
    order: PublishOrder,
    work: (publisher: Publisher, tools: PublisherTools) => Promise<Result>,
  ) {
    const tools = toolsFor(context, order.delivery);
    return whileBeating(() => withConnection(connect, (publisher) => work(publisher, tools)));
  }

  function upload(order: PublishOrder): Promise<NotPublished | undefined> {
    return onPlatform(order, async (publisher, tools) => publisher.upload?.(order, tools));
  }

  /** The one request that makes it visible, after the intent. It is never made again: what fails here is unknown. */
  async function publish(order: PublishOrder, attempt: number, at: number): Promise<AttemptOutcome> {
    const { delivery } = order;
    const outcome = await onPlatform(order, (publisher, tools) => publisher.publish(order, tools)).catch(
      ({ message }: Error) => {
        logger.warn({ platform, postId: delivery.postId, attempt, reason: message }, 'an answer was lost');
        return UNKNOWN;
      },
    );
    if (outcome.kind !== 'unknown') await recordOutcome(database.em, delivery, attempt, outcome, at, ages);
    return outcome;
  }

  function budgetAt(at: number): Budget | undefined {
    const rules = settings.platforms[platform];
    if (rules === undefined || !('costs' in rules)) return undefined;
    const most = Math.round(rules.costs.monthlyBudget * MILLIONTHS);
    return { most, ...monthAround(at, settings.timeZone) };
  }

  function overBudget(spent: number): Rejected {
    const dollars = (spent / MILLIONTHS).toFixed(2);
    return {
      kind: 'rejected',
      reason: `it would cost more than the budget of this month leaves: $${dollars} are spent. Raise monthlyBudget, or wait for the next month`,
    };
  }

  /** What stands on the platform: which revision, where, and what it was sent as. */
  async function findShown(delivery: DeliveryRef) {
    const em = database.em.fork();
    const found = await findDelivery(em, delivery);
    if (found?.publishedId == null || found.url === null || found.publishedRevision === null)
      return undefined;
    const published: Published = { kind: 'published', id: found.publishedId, url: found.url };
    return {
      published,
      revision: found.publishedRevision,
      attempt: await findAttempt(em, delivery, found.attempt),
    };
  }
}

/** Whether a post says still what it was sent as, and was not changed since on the platform: other platforms' words have changed. */
function saysTheSame(first: Attempt | undefined, shownRevision: number, { post }: PublishOrder): boolean {
  if (first === undefined || first.revision !== shownRevision) return false;
  return first.sent.title === post.title && first.sent.text === post.text;
}

export type PlatformActivities = ReturnType<typeof createPlatformActivities>;
