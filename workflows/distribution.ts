/** Leads a post from its draft until nothing of it is open: approved, published at its time on each platform, linked to. */

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  allHandlersFinished,
  CancellationScope,
  type ChildWorkflowHandle,
  condition,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { MemberId } from '../domain/ids.ts';
import { ASKED_BEFORE, type Platform } from '../domain/platforms.ts';
import { type Approval, type DeliveryState, SETTLED } from '../domain/posts.ts';
import { checking, database, databaseAtLength, discord } from './activities.ts';
import { DELIVERY, type DeliveryResult, deliveryOptions } from './definitions/delivery.ts';
import {
  approvePost,
  cancelPost,
  type DistributionInput,
  type DistributionResult,
  getPostProgress,
  postChanged,
  proposePost,
  whenPrepared,
} from './definitions/distribution.ts';
import type { delivery } from './delivery.ts';
import { DistributionCourse } from './distribution-course.ts';
import { InTurn } from './in-turn.ts';

/** What comes within so short a time is one change of the message that links to all of it. */
const GATHER_MS = 1_000;
/** When it looks where a platform stands whose workflow it has not begun itself: each pause is twice as long as the last one. */
const FIRST_PAUSE_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;

/** Whose word it is, and on which revision. */
interface Word {
  readonly by: MemberId;
  readonly revision: number;
}

export async function distribution({ post, plan }: DistributionInput): Promise<DistributionResult> {
  const course = new DistributionCourse(workflowInfo().startTime.getTime());
  const { channels } = discord(post.guildId, 'staff');
  const shownToStaff = new InTurn();
  let preparedRevision = 0;
  let shownProposal = 0;
  let hasChanged = true;
  let isCalledOff = false;
  let hasResult = false;
  let isSettled = false;

  setHandler(whenPrepared, untilPrepared);
  setHandler(proposePost, propose, { validator: refuseWord });
  setHandler(approvePost, approve, { validator: refuseWord });
  setHandler(cancelPost, cancel, { validator: refuseNobody });
  setHandler(getPostProgress, () => course.describe());
  setHandler(postChanged, () => {
    hasChanged = true;
  });
  // Whoever cancels the workflow in the Temporal UI calls the post off, unless it is being published.
  let cancellation: unknown;
  CancellationScope.current().cancelRequested.catch((failure: unknown) => {
    cancellation = failure;
    isCalledOff = true;
  });

  await CancellationScope.nonCancellable(async () => {
    await lead();
    await shownToStaff.finish();
    await condition(allHandlersFinished);
  });
  if (cancellation !== undefined && course.state === 'cancelled') throw cancellation;
  return course.result();

  async function lead(): Promise<void> {
    while (course.isUnpublished) {
      if (isCalledOff) await callOff();
      else if (hasChanged) await look();
      else if (needsPreparation()) await prepare();
      else if (proposedRevision() !== shownProposal) showProposal();
      else if (course.state === 'scheduled') await untilItIsTime();
      else await untilApproved();
    }
    showProposal();
    if (course.state === 'publishing') await publish();
  }

  async function look(): Promise<void> {
    hasChanged = false;
    const schedule = await database.readPostSchedule(post);
    if (schedule === undefined) course.enter('cancelled');
    else course.take(schedule, Date.now());
  }

  function needsPreparation(): boolean {
    const { revision, waitingMedia } = course.schedule;
    return preparedRevision < revision || waitingMedia.length > 0;
  }

  /** Fetches media, and has a language model write what it is to write. */
  async function prepare(): Promise<void> {
    const { revision, waitingMedia } = course.schedule;
    await Promise.all(
      waitingMedia.map((mediaId) =>
        databaseAtLength.fetchMedia.executeWithOptions({ summary: `fetch ${mediaId}` }, [post, mediaId]),
      ),
    );
    const platforms = await database.platformsToReword(post);
    await Promise.all(
      platforms.map((platform) =>
        databaseAtLength.rewordPost.executeWithOptions({ summary: `write for ${platform}` }, [
          post,
          platform,
        ]),
      ),
    );
    await look();
    preparedRevision = revision;
  }

  /** Which revision waits for approval. 0: none does. */
  function proposedRevision(): number {
    return course.state === 'proposed' ? course.schedule.revision : 0;
  }

  /** Shows those who may approve it what is proposed, and that a former proposal is not open any more. Nothing waits for that. */
  function showProposal(): void {
    const revisions = [shownProposal, proposedRevision()].filter((revision) => revision > 0);
    for (const revision of new Set(revisions)) {
      const summary = `show proposal ${revision}`;
      shownToStaff.add(() => channels.showProposal.executeWithOptions({ summary }, [post, revision]));
    }
    shownProposal = proposedRevision();
  }

  async function untilApproved(): Promise<void> {
    const until = course.changedAt + plan.draftMs;
    if (await isDisturbedBefore(until, 'for approval')) return;
    await database.expirePost(post, course.schedule.revision);
    await look();
  }

  async function untilItIsTime(): Promise<void> {
    const { publishAt } = course.schedule;
    if (publishAt !== null && (await isDisturbedBefore(publishAt, 'for its time'))) return;
    await database.beginPublishing(post, Date.now());
    // Somebody may have moved or edited it in this very moment: then it has not begun.
    await look();
  }

  async function callOff(): Promise<void> {
    isCalledOff = false;
    await database.cancelPost(post);
    await look();
  }

  /** Waits until `time` (ms since 1970). True: something has happened before. */
  async function isDisturbedBefore(time: number, what: string): Promise<boolean> {
    const { schedule } = course;
    const isDisturbed = () => isCalledOff || hasChanged || course.schedule !== schedule;
    if (isDisturbed()) return true;
    if (time <= Date.now()) return false;
    course.waitFor(what, time);
    return condition(isDisturbed, time - Date.now(), { summary: what });
  }

  async function publish(): Promise<void> {
    const open = course.schedule.deliveries.filter(({ state }) => !SETTLED.includes(state));
    const linking = keepCrossPost();
    await Promise.all(open.map(({ platform }) => deliver(platform)));
    isSettled = true;
    await linking;
    await database.closePost(post);
    course.enter('settled');
  }

  async function deliver(platform: Platform): Promise<void> {
    course.noteDelivery(platform, 'sending');
    const child = await begin(platform);
    const state = child === undefined ? await untilSettled(platform) : await resultOf(platform, child);
    course.noteDelivery(platform, state);
    if (state === 'published') hasResult = true;
  }

  /** Undefined: it has been begun before, by a run that somebody has reset in the Temporal UI. */
  function begin(platform: Platform): Promise<ChildWorkflowHandle<typeof delivery> | undefined> {
    const options = deliveryOptions({ delivery: { ...post, platform }, plan });
    return startChild<typeof delivery>(DELIVERY, options).catch(unlessItIsThere);
  }

  async function resultOf(
    platform: Platform,
    child: ChildWorkflowHandle<typeof delivery>,
  ): Promise<DeliveryState> {
    const result: DeliveryResult | undefined = await child.result().catch(() => undefined);
    if (result !== undefined) return result.state;
    course.note(`${platform}: its workflow was ended in the Temporal UI`);
    return database.endDelivery({ ...post, platform }, 'abandoned');
  }

  async function untilSettled(platform: Platform): Promise<DeliveryState> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const schedule = await database.readPostSchedule(post);
      const state = schedule?.deliveries.find((one) => one.platform === platform)?.state ?? 'cancelled';
      if (SETTLED.includes(state)) return state;
      await sleep(pauseMs, { summary: `until ${platform} is settled` });
    }
  }

  /** Keeps the message on Discord up to date that links to all of it, with one request at a time, until all is settled. */
  async function keepCrossPost(): Promise<void> {
    for (;;) {
      await condition(() => hasResult || isSettled);
      if (!hasResult) return;
      await sleep(GATHER_MS, { summary: 'what else is published now' });
      hasResult = false;
      const shown = await channels.showCrossPost.executeWithOptions({ summary: 'link to it' }, [post]);
      if (shown.kind === 'refused') course.note(`not linked to on Discord: ${shown.reason}`);
    }
  }

  async function untilPrepared({ revision }: { readonly revision: number }): Promise<'prepared' | 'over'> {
    await condition(() => preparedRevision >= revision || !course.isUnpublished);
    return preparedRevision >= revision ? 'prepared' : 'over';
  }

  /** Why nothing can be published on a platform as it is configured. What cannot be seen now is seen when it is published. */
  async function problemsOfPlatforms(): Promise<string[]> {
    const asked = course.schedule.deliveries.filter(({ platform }) => ASKED_BEFORE.includes(platform));
    const problems = await Promise.all(
      asked.map(({ platform }) =>
        checking({ ...post, platform })
          .checkPlatform.executeWithOptions({ summary: `can be published on ${platform}` }, [])
          .catch(() => undefined),
      ),
    );
    return problems.filter((problem) => problem !== undefined);
  }

  async function propose(word: Word): Promise<Approval> {
    const problems = await problemsOfPlatforms();
    if (problems.length > 0) return { kind: 'problems', problems };
    const proposed = await database.proposePost(post, word, Date.now());
    await look();
    return proposed;
  }

  async function approve(word: Word): Promise<Approval> {
    const problems = await problemsOfPlatforms();
    if (problems.length > 0) return { kind: 'problems', problems };
    const approval = await database.approvePost(post, word, Date.now());
    await look();
    return approval;
  }

  async function cancel(): Promise<'cancelled' | 'too late'> {
    const result = await database.cancelPost(post);
    await look();
    return result;
  }

  function refuseWord(word: Word | null): void {
    refuseNobody(word);
    if (!Number.isSafeInteger(word?.revision))
      throw new Error('expected revision, the number of what is seen');
  }

  function refuseNobody(word: { readonly by: MemberId } | null): void {
    if (!/^\d{15,20}$/.test(String(word?.by))) throw new Error('expected by, the Discord id of who decides');
  }
}

function unlessItIsThere(error: unknown): undefined {
  if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
}
