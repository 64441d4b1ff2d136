import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { nonceOf } from '../../activities/discord/deliver.ts';
import { GuildDirectory } from '../../activities/discord/directory.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { ChannelId, GuildId } from '../../domain/ids.ts';
import { onboardingId, type Stay } from '../../domain/onboarding.ts';
import { channelsMentioned, stepMessage } from '../../views/onboarding.ts';

/**
 * The requests with which the baselines welcome a member: those that ours makes, byte for byte, the role and then the
 * message. What is behind the names of channels and roles is read once, as ours does.
 *
 * @throws Error if the configuration has no welcome in a channel with a role, or the guild lacks what it names
 */
export async function prepareWelcome(rest: REST, guildId: GuildId): Promise<(stay: Stay) => Promise<void>> {
  const config = await loadConfig([COMMUNITY_FILE]);
  const directory = new GuildDirectory(rest, guildId);
  const step = config.onboarding.steps.find(({ to }) => to === 'channel');
  if (step?.to !== 'channel' || step.role === undefined)
    throw new Error('the configuration has no step that welcomes in a channel and gives a role');
  const channelId = await directory.channel(step.channel);
  const roleId = await directory.role(step.role);
  if (channelId === undefined || roleId === undefined) throw new Error('the guild lacks the channel or role');
  const mentioned = new Map<string, ChannelId>();
  for (const name of channelsMentioned(step)) {
    const id = await directory.channel(name);
    if (id !== undefined) mentioned.set(name, id);
  }

  return async (stay) => {
    const key = `${onboardingId(stay)}/${step.name}`;
    const { body } = stepMessage(step, {
      stay,
      mark: nonceOf(key),
      links: config.links,
      stopButton: config.onboarding.stopButton,
      channels: mentioned,
    });
    await rest.put(Routes.guildMemberRole(stay.guildId, stay.memberId, roleId));
    await rest.post(Routes.channelMessages(channelId), {
      body: { ...body, nonce: nonceOf(key), enforce_nonce: true },
    });
  };
}
