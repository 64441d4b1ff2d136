/** Brings a post to one platform: published once, or a person has decided otherwise. One for each platform of a post. */

import {
  allHandlersFinished,
  CancellationScope,
  condition,
  patched,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import { PLATFORM_LABELS, type Published } from '../domain/platforms.ts';
import type { AttemptOutcome, DeliveryFailure, FailureOutcome } from '../domain/post-deliveries.ts';
import { DECIDABLE, type Decided, type DeliveryState } from '../domain/posts.ts';
import { database } from './activities.ts';
import {
  accountIsBack,
  type DeliveryInput,
  type DeliveryResult,
  decideDelivery,
  getDeliveryProgress,
} from './definitions/delivery.ts';
import { DeliveryCourse, type Wait } from './delivery-course.ts';
import { DeliveryRequests } from './delivery-requests.ts';
import { showLatestWords } from './post-edit.ts';

/** What was sent may still be on its way, and platforms do not list at once what they have taken. */
const LOOK_AFTER_MS = 15_000;
/** While a platform is out of order, each pause is twice as long as the last one, up to the longest. */
const FIRST_PAUSE_MS = 10_000;
/** After so many pauses in a row, which takes more than four hours, a person decides. */
const PAUSES = { longestMs: 600_000, most: 29 } as const;
/** Of deliveries that had begun before: a platform that worked again was left alone for an hour. */
const FORMER_PAUSES = { longestMs: 3_600_000, most: 12 } as const;
/** Not all that waits for the end of a limit goes on in the same moment. */
const SPREAD_MS = 30_000;
/** Somebody may have connected the account without our hearing of it. */
const LOOK_FOR_ACCOUNT_MS = 6 * 3_600_000;

/** Outcomes that may come again and again for the same reason. */
const UNCERTAIN: readonly AttemptOutcome['kind'][] = ['unavailable', 'unknown', 'authorisation expired'];

const OPEN: FailureOutcome = { kind: 'open' };

export async function delivery({ delivery, plan }: DeliveryInput): Promise<DeliveryResult> {
  const label = PLATFORM_LABELS[delivery.platform];
  const course = new DeliveryCourse(delivery);
  const requests = new DeliveryRequests(delivery);
  let decided: Decided | undefined;
  let isAccountBack = false;
  let failure: DeliveryFailure | undefined;
  let pauses = 0;

  setHandler(decideDelivery, decide, { validator: refuseDecision });
  setHandler(accountIsBack, () => {
    isAccountBack = true;
  });
  setHandler(getDeliveryProgress, () => course.describe());
  // Whoever cancels the workflow in the Temporal UI skips the platform, unless it is published by then.
  CancellationScope.current().cancelRequested.catch(() => {
    decided = { by: null, decision: 'skip' };
  });

  await CancellationScope.nonCancellable(async () => {
    while (!course.isSettled) await follow(await requests.publish(course.begin()));
    if (course.state === 'published') await showLatestWords(delivery);
    await requests.allShown();
    await condition(allHandlersFinished);
  });
  return course.result();

  async function follow(outcome: AttemptOutcome): Promise<void> {
    if (!UNCERTAIN.includes(outcome.kind)) pauses = 0;
    switch (outcome.kind) {
      case 'published':
        return finish(outcome);
      case 'over':
        return course.enter(outcome.state);
      case 'rejected':
        return untilDecided(outcome.reason);
      case 'rate-limited':
        return untilAllowed(outcome.until);
      case 'authorisation expired':
        return untilAccountIsBack(outcome.reason);
      case 'unavailable':
        return untilAvailable(outcome.reason);
      case 'unknown':
        return settle(outcome.reason);
    }
  }

  function finish({ url }: Published): void {
    course.published(url);
    showFailure({ kind: 'published', url });
  }

  /** Finds out whether an attempt is on the platform of which nobody knows. It is not sent again before that is known. */
  async function settle(reason: string): Promise<void> {
    course.waitFor({ state: 'sending', what: 'to look for it', reason, until: Date.now() + LOOK_AFTER_MS });
    await sleep(LOOK_AFTER_MS, { summary: 'before it is looked for' });
    let isToldToPublish = false;
    for (let looks = 0; !course.isSettled; looks += 1) {
      const found = await requests.lookFor(course.attempt);
      if (found.kind === 'published') return finish(found);
      if (found.kind === 'not there') return untilAvailable(reason);
      if (found.kind === 'cannot tell') {
        // A person has looked for it, and the platform still does not say.
        if (isToldToPublish) return;
        await untilDecided(mayBeThere(found.reason));
        isToldToPublish = true;
      }
      if (found.kind === 'unavailable' && looks >= pausesAllowed().most) {
        await untilDecided(cannotBeSeen(found.reason));
        looks = 0;
        continue;
      }
      if (found.kind === 'rate-limited') await untilAllowed(found.until);
      if (found.kind === 'authorisation expired') await untilAccountIsBack(found.reason);
      if (found.kind === 'unavailable')
        await pause(looks, `whether it is there cannot be seen: ${found.reason}`);
    }
  }

  function mayBeThere(reason: string): string {
    return `it may have been published, and ${label} does not say: ${reason}. Look there first: Retry publishes it again`;
  }

  function cannotBeSeen(reason: string): string {
    return `it may have been published, which cannot be seen: ${reason}. Retry looks again, and publishes it if it is not there`;
  }

  async function untilAvailable(reason: string): Promise<void> {
    pauses += 1;
    if (pauses > pausesAllowed().most) await untilDecided(reason);
    else await pause(pauses - 1, reason);
  }

  /** @param earlier how many pauses there were before in a row */
  async function pause(earlier: number, reason: string): Promise<void> {
    const until = Date.now() + Math.min(pausesAllowed().longestMs, FIRST_PAUSE_MS * 2 ** earlier);
    await waitFor({ state: 'held', what: 'to try again', reason, until });
  }

  function pausesAllowed(): typeof PAUSES | typeof FORMER_PAUSES {
    return patched('pauses of ten minutes') ? PAUSES : FORMER_PAUSES;
  }

  async function untilAllowed(end: number): Promise<void> {
    const until = Math.max(end, Date.now()) + Math.round(Math.random() * SPREAD_MS);
    const reason = `${label} takes nothing before then: its limit is reached`;
    await waitFor({ state: 'held', what: 'for the end of a limit', reason, until });
  }

  async function untilAccountIsBack(reason: string): Promise<void> {
    const deadline = Date.now() + plan.decisionMs;
    while (Date.now() < deadline) {
      isAccountBack = false;
      // Somebody has connected it in this moment, or the platform refuses an account that should work.
      if ((await database.waitForAccount(delivery)) === 'works') return untilAvailable(reason);
      const until = Math.min(deadline, Date.now() + LOOK_FOR_ACCOUNT_MS);
      const woken = await waitFor({
        state: 'account',
        what: 'for the account to be connected',
        reason,
        until,
      });
      if (woken === 'decided') return;
    }
    failure ??= { delivery, attempt: course.attempt, reason };
    await abandon();
  }

  async function untilDecided(reason: string): Promise<void> {
    failure = { delivery, attempt: course.attempt, reason };
    const until = Date.now() + plan.decisionMs;
    const woken = await waitFor({ state: 'failed', what: 'for a decision', reason, until });
    if (woken === 'time') await abandon();
  }

  async function abandon(): Promise<void> {
    course.enter(await database.endDelivery(delivery, 'abandoned'));
    showFailure({ kind: 'abandoned', withinMs: plan.decisionMs });
  }

  /** Waits until a time, or until a person has decided, or the account works again. Staff are shown what waits for them. */
  async function waitFor(wait: Wait): Promise<'time' | 'decided' | 'account'> {
    course.waitFor(wait);
    const state = await database.holdDelivery(delivery, { ...wait, attempt: course.attempt });
    if (state !== wait.state) course.enter(state);
    if (course.isSettled) return 'decided';
    if (wait.state === 'failed') showFailure(OPEN);
    const isAwake = () => decided !== undefined || (wait.state === 'account' && isAccountBack);
    const isInTime = await condition(isAwake, Math.max(1, wait.until - Date.now()), { summary: wait.what });
    if (!isInTime) return 'time';
    if (decided === undefined) return 'account';
    await carryOut(decided);
    decided = undefined;
    return 'decided';
  }

  async function carryOut({ by, decision }: Decided): Promise<void> {
    pauses = 0;
    const { attempt } = course;
    course.enter(
      decision === 'skip'
        ? await database.endDelivery(delivery, 'skipped')
        : await database.holdDelivery(delivery, { state: 'sending', attempt, reason: null, until: null }),
    );
    showFailure({ kind: 'decided', by, decision });
  }

  function showFailure(outcome: FailureOutcome): void {
    if (failure !== undefined) requests.showFailure(failure, outcome);
  }

  async function decide(decision: Decided): Promise<DeliveryState> {
    decided = decision;
    await condition(() => decided !== decision || course.isSettled);
    return course.state;
  }

  function refuseDecision(decision: Decided | null): void {
    const { by, decision: what } = decision ?? {};
    if (what !== 'retry' && what !== 'skip') throw new Error('expected decision, "retry" or "skip"');
    if (by !== null && !/^\d{15,20}$/.test(String(by)))
      throw new Error('expected by, the Discord id of who decides');
    if (decided !== undefined || !DECIDABLE.includes(course.state))
      throw new Error(`nothing is to be decided: it is ${course.state}`);
  }
}
