/** What staff are told of a member's onboarding. These are the tool's words: those that members read are configured. */

import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { Delivery } from '../domain/delivery.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { MemberId } from '../domain/ids.ts';
import type { Deed, StepReport, Stopped } from '../domain/onboarding.ts';
import { COLORS } from './colors.ts';
import { cut, mention, timestamp } from './text.ts';

/** Where a member's onboarding stands. What has ended has neither a next step nor deeds to wait for. */
export interface OnboardingStatus {
  readonly memberId: MemberId;
  /** In ms since 1970. */
  readonly joinedAt: number;
  readonly workflowId: string;
  /** The namespace of Temporal in which it is. */
  readonly namespace: string;
  readonly state: string;
  readonly variant: string | undefined;
  readonly steps: readonly StepReport[];
  readonly next?: string | undefined;
  readonly deeds?: readonly Deed[];
}

/** Where a member's onboarding stands, and where to look further. */
export function onboardingStatus(
  status: OnboardingStatus,
): Pick<RESTPostAPIChannelMessageJSONBody, 'embeds'> {
  const { memberId, joinedAt, workflowId, namespace, state, variant, steps, next, deeds } = status;
  const lines = [
    `${mention(memberId)}: **${state}**`,
    `Joined: ${timestamp(joinedAt, 'f')}`,
    `Variant: ${variant ?? 'not known'}`,
    ...(deeds === undefined ? [] : [`Has done: ${deeds.join(', ') || 'nothing of what is asked for yet'}`]),
    ...(next === undefined ? [] : [`Next step: ${next}`]),
    `In the Temporal UI: \`${pathInTemporal(namespace, workflowId)}\``,
    '',
    ...(steps.length === 0 ? ['No step so far.'] : ['__Steps__', ...steps.map(stepLine)]),
  ];
  return {
    embeds: [
      {
        title: 'Onboarding',
        color: COLORS.blue,
        description: cut(lines.join('\n'), DISCORD_LIMITS.embedDescription),
      },
    ],
  };
}

/** That Temporal lists no onboarding of this member, and why that may be. */
export function noOnboarding(memberId: MemberId): string {
  return `Temporal lists no onboarding of ${mention(memberId)}. Who was here before the first start has none, and those that ended are kept for 30 days. Who has joined just now may be listed in a moment.`;
}

/** That there is nothing to steer any more. */
export function onboardingIsOver(memberId: MemberId): string {
  return `The onboarding of ${mention(memberId)} is over. \`/onboarding status\` says how it ended.`;
}

/** That an onboarding refuses what was asked of it. */
export function onboardingRefuses(reason: string): string {
  return cut(`That was not done: ${reason}`, DISCORD_LIMITS.message);
}

/** What became of a tip that was to be sent again. */
export function resendAnswer(memberId: MemberId, delivery: Delivery): string {
  switch (delivery.kind) {
    case 'sent':
      return `The tip was sent to ${mention(memberId)} again.`;
    case 'closed':
      return `${mention(memberId)} takes no direct messages: the tip was not sent.`;
    case 'gone':
      return `${mention(memberId)} has left: the tip was not sent.`;
    case 'refused':
      return cut(`Discord refused the tip: ${delivery.reason}`, DISCORD_LIMITS.message);
  }
}

/** What became of stopping an onboarding's tips. */
export function stopAnswer(memberId: MemberId, stopped: Stopped): string {
  switch (stopped) {
    case 'stopped':
      return `${mention(memberId)} gets no further tips. They were not told.`;
    case 'no tips left':
      return `${mention(memberId)} has got all tips already: there is nothing to stop.`;
    case 'left':
      return `${mention(memberId)} has left: the onboarding is ending already.`;
  }
}

function stepLine({ step, result, role }: StepReport): string {
  return `- ${step}: ${result}${role === undefined ? '' : `, role ${role}`}`;
}

/** The way to a workflow, behind the address of the Temporal UI. */
function pathInTemporal(namespace: string, workflowId: string): string {
  return `/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}
