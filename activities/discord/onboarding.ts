import { Routes } from 'discord-api-types/v10';
import type { Delivery, RoleChange } from '../../domain/delivery.ts';
import type { ChannelId } from '../../domain/ids.ts';
import { onboardingId, type Stay, type StepTemplate } from '../../domain/onboarding.ts';
import { channelsMentioned, stepMessage } from '../../views/onboarding.ts';
import type { DiscordContext } from './context.ts';
import { deliver, nonceOf, openDirectMessages } from './deliver.ts';
import { ask, saysGone } from './errors.ts';

/** What an onboarding does on Discord. */
export function onboardingOnDiscord(context: DiscordContext) {
  return {
    /** Gives the member the role of a step. Giving it again changes nothing. */
    async giveStepRole(stay: Stay, stepName: string): Promise<RoleChange> {
      const role = findStep(stepName)?.role;
      if (role === undefined)
        return { kind: 'refused', reason: 'the step or its role is no longer configured' };
      const roleId = await context.directory.role(role);
      if (roleId === undefined) return { kind: 'refused', reason: `the guild has no role "${role}"` };
      const result = await ask(() =>
        context.rest.put(Routes.guildMemberRole(stay.guildId, stay.memberId, roleId)),
      );
      if (!('refusal' in result)) return { kind: 'done' };
      if (saysGone(result.refusal)) return { kind: 'gone' };
      const { code, reason } = result.refusal;
      context.directory.forget();
      context.logger.warn(
        { workflowId: onboardingId(stay), code },
        `the role "${role}" could not be given: ${reason}`,
      );
      return { kind: 'refused', reason };
    },

    /** Sends the message of a step, once. */
    async sendStep(stay: Stay, stepName: string): Promise<Delivery> {
      const step = findStep(stepName);
      if (step === undefined) return { kind: 'refused', reason: 'the step is no longer configured' };
      const place = await placeOf(step, stay);
      if ('kind' in place) return place;
      const workflowId = onboardingId(stay);
      const key = `${workflowId}/${stepName}`;
      const message = stepMessage(step, {
        stay,
        mark: nonceOf(key),
        links: context.config.links,
        stopButton: context.config.onboarding.stopButton,
        channels: await resolveChannels(channelsMentioned(step)),
      });
      return deliver(
        context,
        { workflowId, key, guildId: stay.guildId, memberId: stay.memberId, channelId: place.channelId },
        message,
      );
    },
  };

  function findStep(name: string): StepTemplate | undefined {
    return context.config.onboarding.steps.find((step) => step.name === name);
  }

  async function placeOf(step: StepTemplate, stay: Stay): Promise<{ channelId: ChannelId } | Delivery> {
    if (step.to === 'dm') return openDirectMessages(context, stay.memberId, onboardingId(stay));
    const channelId = await context.directory.channel(step.channel);
    return channelId === undefined
      ? { kind: 'refused', reason: `the guild has no channel #${step.channel}` }
      : { channelId };
  }

  async function resolveChannels(names: readonly string[]): Promise<Map<string, ChannelId>> {
    const found = await Promise.all(
      names.map(async (name) => [name, await context.directory.channel(name)] as const),
    );
    return new Map(found.filter((entry): entry is [string, ChannelId] => entry[1] !== undefined));
  }
}
