import { WorkflowNotFoundError } from '@temporalio/client';
import { type ButtonInteraction, Events, type GuildMember } from 'discord.js';
import { toMemberId } from '../domain/ids.ts';
import { onboardingId, parseStopButtonId, planSteps, type Stay } from '../domain/onboarding.ts';
import { ONBOARDING, startOnboarding, stopTips } from '../workflows/definitions/onboarding.ts';
import { startOnce } from '../workflows/definitions/start.ts';
import { answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';

/** Joining starts an onboarding; the button under a tip stops it. */
export const onboarding: BotFeature = {
  listen(client, context) {
    client.on(Events.GuildMemberAdd, (member) => void welcome(member, context));
  },

  press(interaction, context) {
    const button = parseStopButtonId(interaction.customId);
    return button === undefined ? undefined : stop(interaction, button.joinedAt, context);
  },
};

async function welcome(
  member: GuildMember,
  { client, config, environment, handOver }: BotContext,
): Promise<void> {
  if (member.guild.id !== environment.DISCORD_GUILD_ID || member.user.bot || member.joinedTimestamp === null)
    return;
  const stay: Stay = {
    guildId: environment.DISCORD_GUILD_ID,
    memberId: toMemberId(member.id),
    joinedAt: member.joinedTimestamp,
  };
  await handOver.attempt(Events.GuildMemberAdd, () =>
    // Discord delivers an event twice now and then: the first one counts.
    startOnce(client, ONBOARDING, startOnboarding({ stay, steps: planSteps(config.onboarding) })),
  );
}

/** Stops the tips of whoever pressed: the button says which stay, Discord says who. */
async function stop(interaction: ButtonInteraction, joinedAt: number, context: BotContext): Promise<void> {
  const { client, config, environment } = context;
  const stay: Stay = {
    guildId: environment.DISCORD_GUILD_ID,
    memberId: toMemberId(interaction.user.id),
    joinedAt,
  };
  await answer(interaction, context, async () => {
    try {
      // An id of its own for each press: a request that is sent again counts once.
      await client.workflow
        .getHandle(onboardingId(stay))
        .executeUpdate(stopTips, { updateId: interaction.id });
      return config.onboarding.stopped;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return config.onboarding.alreadyOver;
      throw error;
    }
  });
}
