/** Welcomes a member and guides them through their first minutes. One for each stay of a member in the guild. */

import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Delivery } from '../domain/delivery.ts';
import type {
  Claim,
  OnboardingOutcome,
  PlannedStep,
  StepReport,
  StepResult,
  Stopped,
} from '../domain/onboarding.ts';
import { database } from './activities.ts';
import {
  getProgress,
  memberDid,
  memberLeft,
  type OnboardingInput,
  type OnboardingResult,
  resendTip,
  stopTips,
} from './definitions/onboarding.ts';
import { Progress } from './onboarding-progress.ts';
import { OnboardingRequests } from './onboarding-requests.ts';
import { UnderWay } from './under-way.ts';

/** How often it looks for what nobody told it of, while it waits for the member. */
const LOOK_EVERY_MS = 24 * 60 * 60 * 1_000;

export async function onboarding(input: OnboardingInput): Promise<OnboardingResult> {
  const { stay, plan } = input;
  const progress = new Progress(plan);
  const requests = new OnboardingRequests(input);
  const roles = new UnderWay();
  const startedAt = workflowInfo().startTime.getTime();
  /** How much later, or earlier, than planned everything comes: tips were held back, or done in an earlier stay. */
  let shiftMs = 0;
  let hasLeft = false;
  let wantsNoTips = false;
  let areTipsClosed = false;
  let isOver = false;

  setHandler(memberLeft, () => {
    hasLeft = true;
  });
  setHandler(memberDid, (deed) => progress.noteDeed(deed));
  setHandler(stopTips, stop);
  setHandler(resendTip, resend, { validator: refuseTipNotReceived });
  setHandler(getProgress, () => progress.describe());

  try {
    const claim = await claimStay();
    if (claim.kind === 'already run') return end('already run');
    if (claim.kind === 'left') hasLeft = true;
    else await guide(claim);
    await untilAllIsDone();
    return await conclude(outcome());
  } catch (error) {
    // Somebody has cancelled it in the Temporal UI. Nothing that waits goes on.
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => conclude('stopped'));
    throw error;
  }

  function claimStay(): Promise<Claim> {
    // A run that somebody resets in the Temporal UI goes on with the claim of the first.
    return database.claimOnboarding(stay, plan.variant, workflowInfo().firstExecutionRunId, Date.now());
  }

  async function guide({ visitBegan, greeting, done, stoppedBefore }: Claim & { kind: 'mine' }) {
    requests.belongTo(visitBegan);
    wantsNoTips ||= stoppedBefore;
    if (visitBegan !== stay.joinedAt) roles.begin(giveChosenRoles());
    for (const step of plan.steps) {
      if (done.includes(step.name)) {
        beginRole(step, progress.begin(step, 'done in an earlier stay'));
        goOnFrom(step);
      } else if (isWanted(step)) {
        progress.waitFor(step);
        await waitUntil(startedAt + step.afterMs + shiftMs, `until ${step.name}`, () => !isWanted(step));
        if (hasLeft) return;
        if (isWanted(step)) await carryOut(step, step.greets && greeting === 'gathered');
      }
      if (progress.state === 'greeting') progress.enter('guiding');
    }
  }

  /** Tips are for those who want and can have them. */
  function isWanted({ to }: PlannedStep): boolean {
    return to === 'channel' || !(wantsNoTips || areTipsClosed);
  }

  async function carryOut(step: PlannedStep, isGathered: boolean): Promise<void> {
    const report = progress.begin(step);
    beginRole(step, report);
    report.result = isGathered ? 'left to the gathered welcome' : await sendUnlessBrokenOff(step);
  }

  /** What waits for its turn is called off when the member leaves, or wants no more of it. */
  async function sendUnlessBrokenOff(step: PlannedStep): Promise<StepResult> {
    const sending = new CancellationScope();
    const isNotNeeded = () => hasLeft || !isWanted(step);
    const result = sending.run(() => send(step));
    const brokenOff = condition(isNotNeeded).then(() => 'broken off' as const);
    const first = await Promise.race([result, brokenOff]);
    if (first !== 'broken off' || areTipsClosed) return result;
    sending.cancel();
    return hasLeft ? 'the member has left' : 'not sent';
  }

  async function send(step: PlannedStep): Promise<StepResult> {
    const delivery = await requests.send(step);
    switch (delivery.kind) {
      case 'sent':
        return 'done';
      case 'not needed':
        progress.noteDeed(delivery.deed);
        return `not needed: ${delivery.deed}`;
      case 'held':
        await waitUntil(delivery.until, `until it is calm, for ${step.name}`, () => !isWanted(step));
        goOnFrom(step);
        return send(step);
      case 'closed':
        areTipsClosed = true;
        return sayInChannel(step);
      case 'gone':
        return leave();
      case 'refused':
        return `refused: ${delivery.reason}`;
    }
  }

  /** Says this tip and all that are left, in one message where the configuration wants it. */
  async function sayInChannel(step: PlannedStep): Promise<StepResult> {
    const left = plan.steps.slice(plan.steps.indexOf(step)).filter(({ to }) => to === 'dm');
    const result = resultInChannel(await requests.sendInChannel(left));
    for (const other of left.slice(1)) progress.begin(other, result);
    return result;
  }

  function resultInChannel(said: Delivery): StepResult {
    if (said.kind === 'gone') return leave();
    if (said.kind === 'refused') return `refused: ${said.reason}`;
    return said.kind === 'sent' ? 'said in the channel instead' : 'direct messages are closed';
  }

  /** The role waits for its turn by itself, so that it holds up neither the welcome nor the tips. */
  function beginRole(step: PlannedStep, report: { role?: StepReport['role'] }): void {
    if (step.givesRole) roles.begin(giveRole(step, report));
  }

  async function giveRole(step: PlannedStep, report: { role?: StepReport['role'] }): Promise<void> {
    const role = await requests.giveRole(step);
    if (role.kind === 'gone') leave();
    if (role.kind === 'refused') report.role = `refused: ${role.reason}`;
  }

  /** Discord takes all roles from whoever leaves. */
  async function giveChosenRoles(): Promise<void> {
    const { outcome } = await requests.giveChosenRoles();
    if (outcome === 'gone') leave();
  }

  /** Waits for what the member is asked to do, as long as there is time. Whoever wants no tips is not waited for. */
  async function untilAllIsDone(): Promise<void> {
    if (hasLeft) return;
    progress.waitFor(undefined);
    await lookForDeeds();
    const deadline = startedAt + Math.max(0, shiftMs) + plan.completion.withinMs;
    if (!wantsNoTips) progress.enter('waiting');
    while (!hasLeft && !wantsNoTips && !progress.isComplete && Date.now() < deadline) {
      const next = Math.min(deadline, Date.now() + LOOK_EVERY_MS);
      await waitUntil(next, 'until the member has done all', () => progress.isComplete);
      if (!hasLeft) await lookForDeeds();
    }
  }

  /** What nobody told us of is there all the same. */
  async function lookForDeeds(): Promise<void> {
    if (progress.isComplete) return;
    for (const deed of await requests.findDeeds(progress.missingDeeds)) progress.noteDeed(deed);
  }

  /** Whoever has stopped the tips and then leaves has stopped them. */
  function outcome(): OnboardingOutcome {
    if (hasLeft) return wantsNoTips ? 'stopped' : 'left';
    if (progress.isComplete) return 'completed';
    return wantsNoTips ? 'stopped' : 'timed out';
  }

  async function conclude(outcome: OnboardingOutcome): Promise<OnboardingResult> {
    isOver = true;
    if (!hasLeft) await roles.finish().catch(unlessCancelled);
    await database.recordOutcome(stay, outcome, progress.reports, Date.now());
    await condition(allHandlersFinished);
    return end(outcome);
  }

  function end(outcome: OnboardingOutcome): OnboardingResult {
    progress.enter(outcome);
    return { outcome, steps: progress.reports };
  }

  async function stop(): Promise<Stopped> {
    if (hasLeft) return 'left';
    if (isOver || progress.state === 'waiting') return 'no tips left';
    wantsNoTips = true;
    // At once: whoever comes back in a moment must not get tips either.
    await database.recordTipsStopped(stay);
    return 'stopped';
  }

  function refuseTipNotReceived(name?: string | null): void {
    if (isOver || hasLeft) throw new Error('it is over: nothing is sent any more');
    const received = progress.tipsReceived.map((tip) => tip.name);
    if (received.length === 0) throw new Error('no tip has been sent yet');
    if (name != null && !received.includes(name)) {
      throw new Error(`"${name}" has not been sent: expected one of ${received.join(', ')}`);
    }
  }

  async function resend(name?: string | null): Promise<Delivery> {
    const tip = progress.tipsReceived.findLast((received) => name == null || received.name === name);
    if (tip === undefined) return { kind: 'refused', reason: 'it has not been sent yet' };
    return requests.resend(tip);
  }

  /** Waits until `time`, until the member has left, or until there is nothing to wait for any more. */
  async function waitUntil(time: number, summary: string, isEnough: () => boolean): Promise<void> {
    const wait = time - Date.now();
    if (wait > 0) await condition(() => hasLeft || isEnough(), wait, { summary });
  }

  /** What comes after `step` comes as if `step` were due now. */
  function goOnFrom(step: PlannedStep): void {
    shiftMs = Date.now() - startedAt - step.afterMs;
  }

  function leave(): StepResult {
    hasLeft = true;
    return 'the member has left';
  }
}

function unlessCancelled(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
