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
  stopTips,
} from './definitions/onboarding.ts';
import { SEARCH_ATTRIBUTES } from './definitions/search-attributes.ts';

export async function onboarding({ stay, steps }: OnboardingInput): Promise<OnboardingResult> {
  const onDiscord = discord(stay.guildId, 'welcome');
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
    reports.push({ step: step.name, result: await carryOut(step) });
    if (state === 'greeting') setState('guiding');
  }
  next = undefined;

  const outcome = ending ?? 'completed';
  await database.recordOutcome(stay, outcome, Date.now());
  return end(outcome);

  async function carryOut(step: PlannedStep): Promise<StepReport['result']> {
    if (step.givesRole) noteAbsence(await giveRole(step));
    if (ending !== undefined) return 'refused: the member has left';
    const delivery = await send(step);
    noteAbsence(delivery);
    switch (delivery.kind) {
      case 'sent':
        return 'done';
      case 'closed':
        return 'direct messages are closed';
      case 'gone':
        return 'refused: the member has left';
      case 'refused':
        return `refused: ${delivery.reason}`;
    }
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

  function noteAbsence({ kind }: Delivery | RoleChange): void {
    if (kind === 'gone') ending ??= 'left';
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
    const done = reports.map(({ step, result }) => `- ${step}: ${result}`);
    const now = next === undefined ? `**${state}**` : `**${state}**, next: **${next.name}**`;
    setCurrentDetails([now, ...done].join('\n'));
  }
}
