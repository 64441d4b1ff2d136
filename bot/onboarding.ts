import { type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { type ButtonInteraction, Events, type GuildMember, type Message } from 'discord.js';
import { toMemberId } from '../domain/ids.ts';
import { onboardingId, parseStopButtonId, planOnboarding, type Stay } from '../domain/onboarding.ts';
import {
  memberDid,
  ONBOARDING,
  onboardingsOf,
  startOnboarding,
  stopTips,
} from '../workflows/definitions/onboarding.ts';
import { startOnce } from '../workflows/definitions/start.ts';
import { answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { onboardingCommand } from './onboarding-commands.ts';

/** Joining starts an onboarding, an introduction moves it on, and the button under a tip stops it. */
export const onboarding: BotFeature = {
  listen(client, context) {
    client.on(Events.GuildMemberAdd, (member) => void welcome(member, context));
    client.on(Events.MessageCreate, (message) => void noteIntroduction(message, context));
  },

  use(interaction, context) {
    const button = parseStopButtonId(interaction.customId);
    if (button === undefined || !interaction.isButton()) return undefined;
    return stop(interaction, button.visitBegan, context);
  },

  commands: { onboarding: onboardingCommand },
};

async function welcome(
  member: GuildMember,
  { client, config, environment, handOver }: BotContext,
): Promise<void> {
  if (member.user.bot || member.joinedTimestamp === null) return;
  if (member.guild.id !== environment.DISCORD_GUILD_ID || member.pending) return;
  const stay: Stay = {
    guildId: environment.DISCORD_GUILD_ID,
    memberId: toMemberId(member.id),
    joinedAt: member.joinedTimestamp,
  };
  const plan = planOnboarding(config.onboarding, stay.memberId);
  await handOver.attempt(Events.GuildMemberAdd, () =>
    // Discord delivers an event twice now and then: the first one counts.
    startOnce(client, ONBOARDING, startOnboarding({ stay, plan })),
  );
}

/** Tells the onboarding of whoever writes in the channel for introductions. If this is missed, it finds out by itself. */
async function noteIntroduction({ author, channel, guildId }: Message, context: BotContext): Promise<void> {
  const { client, config, environment, logger, deadlineMs } = context;
  const isThere = 'name' in channel && channel.name === config.onboarding.introductions;
  if (author.bot || !isThere || guildId !== environment.DISCORD_GUILD_ID) return;
  const member = { guildId: environment.DISCORD_GUILD_ID, memberId: toMemberId(author.id) };
  try {
    await client.withDeadline(Date.now() + deadlineMs, async () => {
      const open = await findOpenOnboarding(context, member);
      await open?.signal(memberDid, 'introduced');
    });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return;
    logger.warn({ reason: (error as Error).message }, 'an introduction could not be noted');
  }
}

/** Stops the tips of whoever pressed: the button says which visit, Discord says who. */
async function stop(interaction: ButtonInteraction, visitBegan: number, context: BotContext): Promise<void> {
  const { client, config, environment } = context;
  const visit: Stay = {
    guildId: environment.DISCORD_GUILD_ID,
    memberId: toMemberId(interaction.user.id),
    joinedAt: visitBegan,
  };
  // An id of its own for each press: a request that is sent again counts once.
  const stopOne = (handle: WorkflowHandle) =>
    handle.executeUpdate(stopTips, { updateId: interaction.id }).then(
      () => true,
      (error) => {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      },
    );
  await answer(interaction, context, async () => {
    if (await stopOne(client.workflow.getHandle(onboardingId(visit)))) return config.onboarding.stopped;
    const later = await findOpenOnboarding(context, visit);
    const isStopped = later !== undefined && (await stopOne(later));
    return isStopped ? config.onboarding.stopped : config.onboarding.alreadyOver;
  });
}

/** The open onboarding of a member, if there is one: of a later stay than the one in which a tip was sent, for example. */
async function findOpenOnboarding(
  { client }: BotContext,
  { guildId, memberId }: Pick<Stay, 'guildId' | 'memberId'>,
): Promise<WorkflowHandle | undefined> {
  const query = `${onboardingsOf(guildId, memberId)} AND ExecutionStatus="Running"`;
  for await (const { workflowId } of client.workflow.list({ query })) {
    return client.workflow.getHandle(workflowId);
  }
  return undefined;
}
