import { type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { type ButtonInteraction, Events, type GuildMember, type Message } from 'discord.js';
import { toMemberId } from '../domain/ids.ts';
import { isWritten } from '../domain/introductions.ts';
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
import { RecentMembers } from './recent-members.ts';

const MEMBERS_REMEMBERED = 10_000;

/** Joining starts an onboarding, an introduction moves it on, and the button under a tip stops it. */
export const onboarding: BotFeature = {
  listen(client, context) {
    const noted = new RecentMembers(MEMBERS_REMEMBERED);
    client.on(Events.GuildMemberAdd, (member) => {
      // Whoever comes back introduces themselves anew.
      noted.delete(member.id);
      void welcome(member, context);
    });
    client.on(Events.MessageCreate, (message) => void noteIntroduction(message, noted, context));
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

/**
 * Tells the onboarding of whoever writes in the channel for introductions, once in this process as far as it remembers. If this
 * is missed, the onboarding finds out by itself.
 */
async function noteIntroduction(
  { author, channel, guildId, type }: Message,
  noted: RecentMembers,
  context: BotContext,
): Promise<void> {
  const { client, config, environment, logger, deadlineMs } = context;
  const isThere = 'name' in channel && channel.name === config.onboarding.introductions;
  if (author.bot || !isThere || !isWritten(type) || guildId !== environment.DISCORD_GUILD_ID) return;
  if (noted.has(author.id)) return;
  noted.add(author.id);
  const member = { guildId: environment.DISCORD_GUILD_ID, memberId: toMemberId(author.id) };
  try {
    await client.withDeadline(Date.now() + deadlineMs, async () => {
      const open = await openOnboardings(context, member);
      await Promise.all(open.map((onboarding) => onboarding.signal(memberDid, 'introduced')));
    });
  } catch (error) {
    noted.delete(author.id);
    if (error instanceof WorkflowNotFoundError) return;
    logger.warn({ reason: (error as Error).message }, 'an introduction could not be noted');
  }
}

/**
 * Stops the tips of whoever pressed: Discord says who. The button's visit began with the onboarding that is asked first; whoever has
 * come back since has another.
 */
async function stop(interaction: ButtonInteraction, visitBegan: number, context: BotContext): Promise<void> {
  const { client, config, environment } = context;
  const member = { guildId: environment.DISCORD_GUILD_ID, memberId: toMemberId(interaction.user.id) };
  await answer(interaction, context, async () => {
    const first = client.workflow.getHandle(onboardingId({ ...member, joinedAt: visitBegan }));
    const isStopped =
      (await stopTipsOf(first, interaction.id)) ||
      (await stopOpenOnboardings(member, interaction.id, context));
    return isStopped ? config.onboarding.stopped : config.onboarding.alreadyOver;
  });
}

async function stopOpenOnboardings(
  member: Pick<Stay, 'guildId' | 'memberId'>,
  pressId: string,
  context: BotContext,
): Promise<boolean> {
  const open = await openOnboardings(context, member);
  const stopped = await Promise.all(open.map((onboarding) => stopTipsOf(onboarding, pressId)));
  return stopped.includes(true);
}

/** Whether there were tips to stop. The press has an id of its own: a request that is sent again counts once. */
async function stopTipsOf(onboarding: WorkflowHandle, pressId: string): Promise<boolean> {
  try {
    return (await onboarding.executeUpdate(stopTips, { updateId: pressId })) === 'stopped';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** The open onboardings of a member: one, or more for a moment when they have just come back. */
async function openOnboardings(
  { client }: BotContext,
  { guildId, memberId }: Pick<Stay, 'guildId' | 'memberId'>,
): Promise<WorkflowHandle[]> {
  const query = `${onboardingsOf(guildId, memberId)} AND ExecutionStatus="Running"`;
  const open: WorkflowHandle[] = [];
  for await (const { workflowId } of client.workflow.list({ query }))
    open.push(client.workflow.getHandle(workflowId));
  return open;
}
