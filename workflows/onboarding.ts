/** Welcomes a member and guides them through their first minutes. One for each stay of a member in the guild. */

import {
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Delivery, RoleChange } from '../domain/delivery.ts';
import type { OnboardingOutcome, PlannedStep } from '../domain/onboarding.ts';
import { database, discord } from './activities.ts';
import {
  getProgress,
  memberLeft,
  type OnboardingInput,
  type OnboardingResult,
  type OnboardingState,
  type StepReport,
  type StepResult,
  stopTips,
} from './definitions/onboarding.ts';
import { SEARCH_ATTRIBUTES } from './definitions/search-attributes.ts';

export async function onboarding({
  stay,
  steps,
  urgency = 'welcome',
}: OnboardingInput): Promise<OnboardingResult> {
  const onDiscord = discord(stay.guildId, urgency);
  const reports: StepReport[] = [];
  let state: OnboardingState = 'greeting';
  let next: PlannedStep | undefined = steps[0];
  let ending: 'left' | 'stopped' | undefined;

  setHandler(memberLeft, () => {
    ending ??= 'left';
  });
  setHandler(stopTips, () => {
    ending ??= 'stopped';
    return ending;
  });
  setHandler(getProgress, () => ({ state, done: reports, next: next?.name }));

  const claim = await database.claimOnboarding(stay, workflowInfo().runId);
  if (claim === 'already run') return end('already run');
  if (claim === 'left') ending = 'left';

  const startedAt = workflowInfo().startTime.getTime();
  for (const step of steps) {
    next = step;
    describe();
    const wait = startedAt + step.afterMs - Date.now();
    if (wait > 0) await condition(() => ending !== undefined, wait, { summary: `until ${step.name}` });
    if (ending !== undefined) break;
    reports.push(await carryOut(step));
    if (state === 'greeting') setState('guiding');
  }
  next = undefined;

  const outcome = ending ?? 'completed';
  await database.recordOutcome(stay, outcome, Date.now());
  return end(outcome);

  async function carryOut(step: PlannedStep): Promise<StepReport> {
    const role = step.givesRole ? await giveRole(step) : undefined;
    if (role?.kind === 'gone' || ending === 'left') return { step: step.name, result: leave() };
    const result = resultOf(await send(step));
    return {
      step: step.name,
      result,
      ...(role?.kind === 'refused' && { role: `refused: ${role.reason}` as const }),
    };
  }

  function resultOf(delivery: Delivery): StepResult {
    switch (delivery.kind) {
      case 'sent':
        return 'done';
      case 'closed':
        return 'direct messages are closed';
      case 'gone':
        return leave();
      case 'refused':
        return `refused: ${delivery.reason}`;
    }
  }

  function leave(): StepResult {
    ending ??= 'left';
    return 'the member has left';
  }

  function giveRole(step: PlannedStep): Promise<RoleChange> {
    return onDiscord.roles.giveStepRole.executeWithOptions({ summary: `role for ${step.name}` }, [
      stay,
      step.name,
    ]);
  }

  function send(step: PlannedStep): Promise<Delivery> {
    const queue = step.to === 'channel' ? onDiscord.channels : onDiscord.general;
    return queue.sendStep.executeWithOptions({ summary: `${step.name} (${step.to})` }, [stay, step.name]);
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
