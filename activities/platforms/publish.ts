/**
 * Brings posts to a platform: the one place where it is written down that something is about to be sent, and what came of it. A
 * process may die anywhere here. Then there is either no intent, and nothing was sent, or an intent without an outcome, and
 * somebody looks on the platform before anything is sent again.
 */

import { Context } from '@temporalio/activity';
import { type Attempt, type Budget, findAttempt, intend, recordOutcome } from '../../database/deliveries.ts';
import { readingAges } from '../../domain/engagement.ts';
import {
  type LookUpOutcome,
  type NotPublished,
  PLATFORM_LABELS,
  type PublishingAccount,
  type Rejected,
  SHOW_OWN_POSTS,
  type Unknown,
} from '../../domain/platforms.ts';
import type { AttemptOutcome } from '../../domain/post-deliveries.ts';
import type { DeliveryRef } from '../../domain/posts.ts';
import { monthAround } from '../../domain/wall-clock.ts';
import { type Uploaded, withConnection } from './connection.ts';
import type { PlatformContext } from './context.ts';
import { orderFor, orderOf } from './order.ts';
import { postEditOnPlatform } from './post-edit.ts';
import type { PublishOrder } from './publisher.ts';
import { onPlatform } from './tools.ts';

const MILLIONTHS = 1_000_000;

const UNKNOWN: Unknown = { kind: 'unknown', reason: 'it was sent, and no answer came back' };
/** What the ledger says of an attempt that was looked for and not found. */
const NOT_THERE = { kind: 'unavailable', reason: 'it was looked for, and is not there' } as const;
const EXCHANGED = { kind: 'unavailable', reason: 'another account was connected in this moment' } as const;

/** What a platform's queue carries out. */
export function createPlatformActivities(context: PlatformContext) {
  const { platform, connect, config, database, logger } = context;
  const settings = config.distribution;
  const ages = readingAges(config.engagement);

  return {
    ...postEditOnPlatform(context),

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
        const uploaded = await upload(order);
        if (uploaded.kind !== 'uploaded') return uploaded;
        const { account } = uploaded;
        const { revision, post: sent } = order;
        const intent = { delivery, attempt, revision, account, sent, at, triedAt: Date.now() };
        // A worker that was held up for so long that another has taken over must not send what the other may have sent.
        Context.current().cancellationSignal.throwIfAborted();
        const intended = await intend(database.em, intent, budgetAt(at));
        if (intended.kind === 'intended') return publish(order, attempt, account, at);
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
      const found = await onPlatform(context, delivery, async (publisher, tools, account) => {
        const sender = hiddenSender(known, account);
        return sender === undefined ? publisher.lookUp(order, tools) : cannotTellOf(sender);
      });
      if (found.kind === 'published') await recordOutcome(database.em, delivery, attempt, found, at, ages);
      if (found.kind === 'not there')
        await recordOutcome(database.em, delivery, attempt, NOT_THERE, at, ages);
      return found;
    },
  };

  function upload(order: PublishOrder): Promise<NotPublished | Uploaded> {
    return onPlatform(context, order.delivery, async (publisher, tools, account) => {
      const hindrance = await publisher.upload?.(order, tools);
      return hindrance ?? { kind: 'uploaded', account };
    });
  }

  /** In whose name an attempt was sent, where the account that is connected now would not find what it has published. */
  function hiddenSender(
    { account: sender }: Attempt,
    connected: PublishingAccount | null,
  ): PublishingAccount | undefined {
    const isHidden = SHOW_OWN_POSTS.includes(platform) && sender !== null && sender.id !== connected?.id;
    return isHidden ? sender : undefined;
  }

  function cannotTellOf({ name }: PublishingAccount): LookUpOutcome {
    const reason = `it was sent by ${name}, and another account is connected now. If ${name} is connected again, Retry looks for it`;
    return { kind: 'cannot tell', reason };
  }

  /** The one request that makes it visible, after the intent. It is never made again: what fails here is unknown. */
  async function publish(
    order: PublishOrder,
    attempt: number,
    intended: PublishingAccount | null,
    at: number,
  ): Promise<AttemptOutcome> {
    const { delivery } = order;
    const outcome = await onPlatform(context, delivery, async (publisher, tools, account) =>
      account?.id === intended?.id ? publisher.publish(order, tools) : EXCHANGED,
    ).catch(({ message }: Error) => {
      logger.warn({ platform, postId: delivery.postId, attempt, reason: message }, 'an answer was lost');
      return UNKNOWN;
    });
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
}

export type PlatformActivities = ReturnType<typeof createPlatformActivities>;
