/** Welcomes a member and guides them through their first minutes. One for each stay of a member in the guild. */

import {
  allHandlersFinished,
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Delivery } from '../domain/delivery.ts';
import type {
  Claim,
  Deed,
  OnboardingOutcome,
  PlannedStep,
  StepDelivery,
  StepOrder,
  StepReport,
  StepResult,
  Visit,
} from '../domain/onboarding.ts';
import { database, discord } from './activities.ts';
import {
  getProgress,
  memberDid,
  memberLeft,
  type OnboardingInput,
  type OnboardingResult,
  type OnboardingState,
  resendTip,
  stopTips,
} from './definitions/onboarding.ts';
import { SEARCH_ATTRIBUTES } from './definitions/search-attributes.ts';

type Report = { -readonly [Key in keyof StepReport]: StepReport[Key] };

export async function onboarding({
  stay,
  plan,
  urgency = 'welcome',
}: OnboardingInput): Promise<OnboardingResult> {
  const greeting = discord(stay.guildId, urgency);
  const guiding = discord(stay.guildId, urgency === 'welcome' ? 'bulkMessage' : 'catchUp');
  const staff = discord(stay.guildId, 'staff');
  const startedAt = workflowInfo().startTime.getTime();
  /** How much later, or earlier, than planned steps come: tips were held back, or done in an earlier stay. */
  let shiftMs = 0;
  let visit: Visit = { ...stay, visitBegan: stay.joinedAt };
  let state: OnboardingState = 'greeting';
  let next: PlannedStep | undefined = plan.steps[0];
  let ending: 'left' | 'stopped' | undefined;
  let directMessages: 'not opened' | 'open' | 'closed' = 'not opened';
  let repetitions = 0;
  const reports: Report[] = [];
  const deeds = new Set<Deed>();
  const rolesUnderWay: Promise<void>[] = [];

  setHandler(memberLeft, () => {
    ending ??= 'left';
  });
  setHandler(memberDid, (deed) => {
    deeds.add(deed);
  });
  setHandler(stopTips, () => {
    ending ??= 'stopped';
    return ending;
  });
  setHandler(resendTip, resend, { validator: refuseUnknownTip });
  setHandler(getProgress, () => ({
    state,
    variant: plan.variant,
    done: reports,
    next: next?.name,
    deeds: [...deeds],
  }));

  const claim = await database.claimOnboarding(stay, plan.variant, workflowInfo().runId, Date.now());
  if (claim.kind === 'already run') return end('already run');
  if (claim.kind === 'left') ending = 'left';
  else await guide(claim);
  next = undefined;
  if (ending === undefined) await untilAllIsDone();
  if (ending !== 'left') await Promise.all(rolesUnderWay);
  const outcome = ending ?? (isComplete() ? 'completed' : 'timed out');
  await condition(allHandlersFinished);
  await database.recordOutcome(stay, outcome, reports, Date.now());
  return end(outcome);

  async function guide({ visitBegan, greeting, done, stoppedBefore }: Claim & { kind: 'mine' }) {
    visit = { ...stay, visitBegan };
    if (visitBegan !== stay.joinedAt) rolesUnderWay.push(giveChosenRoles());
    for (const step of plan.steps) {
      const isGathered = step.greets && greeting === 'gathered';
      if (done.includes(step.name)) {
        beginRole(step, report(step, 'done in an earlier stay'));
        goOnFrom(step);
        beginGuiding();
        continue;
      }
      if (stoppedBefore) ending ??= 'stopped';
      if (step.to === 'dm' && directMessages === 'closed') continue;
      next = step;
      describe();
      await waitUntil(startedAt + step.afterMs + shiftMs, `until ${step.name}`);
      if (ending !== undefined) return;
      const reported = report(step, 'under way');
      beginRole(step, reported);
      reported.result = isGathered ? 'left to the gathered welcome' : await carryOut(step);
      beginGuiding();
    }
  }

  function beginGuiding(): void {
    if (state === 'greeting') setState('guiding');
  }

  async function carryOut(step: PlannedStep): Promise<StepResult> {
    const delivery = await send(step);
    switch (delivery.kind) {
      case 'sent':
        return 'done';
      case 'not needed':
        deeds.add(delivery.deed);
        return `not needed: ${delivery.deed}`;
      case 'held':
        await waitUntil(delivery.until, `until it is calm, for ${step.name}`);
        goOnFrom(step);
        return ending === undefined ? carryOut(step) : 'not sent';
      case 'closed':
        directMessages = 'closed';
        return sayInChannel(step);
      case 'gone':
        return leave();
      case 'refused':
        return `refused: ${delivery.reason}`;
    }
  }

  async function send(step: PlannedStep): Promise<StepDelivery> {
    if (step.to === 'channel') {
      return greeting.channels.sendStep.executeWithOptions({ summary: `${step.name} (channel)` }, [
        order(step),
      ]);
    }
    if (directMessages === 'not opened') {
      const summary = 'open direct messages';
      const opened = await guiding.openings.openDirectMessages.executeWithOptions({ summary }, [visit]);
      if (opened.kind === 'gone') return opened;
      directMessages = 'open';
    }
    return guiding.general.sendStep.executeWithOptions({ summary: `${step.name} (dm)` }, [order(step)]);
  }

  /** The role waits for its turn by itself, so that it holds up neither the welcome nor the tips. */
  function beginRole(step: PlannedStep, reported: Report): void {
    if (step.givesRole) rolesUnderWay.push(giveRole(step, reported));
  }

  async function giveRole(step: PlannedStep, reported: Report): Promise<void> {
    const summary = `role for ${step.name}`;
    const role = await greeting.roles.giveStepRole.executeWithOptions({ summary }, [order(step)]);
    if (role.kind === 'gone') leave();
    if (role.kind === 'refused') reported.role = `refused: ${role.reason}`;
  }

  /** Discord takes all roles from whoever leaves. */
  async function giveChosenRoles(): Promise<void> {
    const summary = 'roles that were chosen before';
    const { outcome } = await greeting.roles.applyRoleChoice.executeWithOptions({ summary }, [
      stay.guildId,
      stay.memberId,
    ]);
    if (outcome === 'gone') leave();
  }

  /** Says this tip and all that are left, in one message where the configuration wants it. */
  async function sayInChannel(step: PlannedStep): Promise<StepResult> {
    const left = plan.steps.slice(plan.steps.indexOf(step)).filter(({ to }) => to === 'dm');
    const summary = 'all tips in one message';
    const said = await guiding.channels.sendGuidance.executeWithOptions({ summary }, [
      order(step),
      left.map(({ name }) => name),
    ]);
    if (said.kind === 'gone') return leave();
    if (said.kind === 'refused') return `refused: ${said.reason}`;
    const result = said.kind === 'sent' ? 'said in the channel instead' : 'direct messages are closed';
    for (const other of left.slice(1)) report(other, result);
    return result;
  }

  /** Waits for what the member is asked to do. Whatever nobody told us of is looked for at the beginning and at the end. */
  async function untilAllIsDone(): Promise<void> {
    setState('waiting');
    await lookForDeeds();
    const deadline = startedAt + plan.completion.withinMs;
    await waitUntil(deadline, 'until the member has done all', isComplete);
    if (ending === undefined) await lookForDeeds();
  }

  async function lookForDeeds(): Promise<void> {
    if (isComplete()) return;
    const summary = 'what the member has done';
    const found = await guiding.general.findDeeds.executeWithOptions({ summary }, [
      visit,
      plan.completion.needs.filter((deed) => !deeds.has(deed)),
    ]);
    for (const deed of found) deeds.add(deed);
  }

  function isComplete(): boolean {
    return plan.completion.needs.every((deed) => deeds.has(deed));
  }

  function refuseUnknownTip(name?: string | null): void {
    const sent = reports.map(({ step }) => step).filter((step) => tips().some(({ name }) => name === step));
    if (sent.length === 0) throw new Error('no tip has been sent yet');
    if (name != null && !tips().some((tip) => tip.name === name)) {
      const names = tips().map((tip) => tip.name);
      throw new Error(`there is no tip "${name}": expected one of ${names.join(', ')}`);
    }
  }

  async function resend(name?: string | null): Promise<Delivery> {
    const sent = reports.map(({ step }) => step);
    const tip = tips().findLast((tip) => (name == null ? sent.includes(tip.name) : tip.name === name));
    if (tip === undefined) return { kind: 'refused', reason: 'no tip has been sent yet' };
    repetitions += 1;
    // Digits that no other stay of the visit can have.
    const again = `${stay.joinedAt}${String(repetitions).padStart(3, '0')}`;
    const summary = `${tip.name} again`;
    return staff.general.resendStep.executeWithOptions({ summary }, [order(tip), again]);
  }

  function tips(): PlannedStep[] {
    return plan.steps.filter(({ to }) => to === 'dm');
  }

  async function waitUntil(time: number, summary: string, isEnough = () => false): Promise<void> {
    const wait = time - Date.now();
    if (wait > 0) await condition(() => ending !== undefined || isEnough(), wait, { summary });
  }

  /** What comes after `step` comes as if `step` were due now. */
  function goOnFrom(step: PlannedStep): void {
    shiftMs = Date.now() - startedAt - step.afterMs;
  }

  function order(step: PlannedStep): StepOrder {
    return { visit, variant: plan.variant, step: step.name, now: Date.now() };
  }

  function report({ name }: PlannedStep, result: StepResult): Report {
    const report = { step: name, result };
    reports.push(report);
    return report;
  }

  function leave(): StepResult {
    ending ??= 'left';
    return 'the member has left';
  }

  function setState(to: OnboardingState): void {
    state = to;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: to }]);
    describe();
  }

  function end(outcome: OnboardingOutcome): OnboardingResult {
    setState(outcome);
    return { outcome, steps: reports };
  }

  function describe(): void {
    const done = reports.map(
      ({ step, result, role }) => `- ${step}: ${result}${role ? `, role ${role}` : ''}`,
    );
    const now = next === undefined ? `**${state}**` : `**${state}**, next: **${next.name}**`;
    setCurrentDetails([now, ...done].join('\n'));
  }
}
