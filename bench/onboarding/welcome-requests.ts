import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { nonceOf } from '../../activities/discord/deliver.ts';
import { GuildDirectory } from '../../activities/discord/directory.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { GuildId } from '../../domain/ids.ts';
import { type Stay, stepKey, welcomeStep } from '../../domain/onboarding.ts';
import { stepMessage } from '../../views/onboarding.ts';
import { mention } from '../../views/text.ts';

/**
 * The requests with which the baselines welcome a member: those that ours makes, byte for byte, both at once, as ours
 * does. What is behind the names of channels and roles is read once, as ours does too.
 *
 * @throws Error if the configuration has no welcome in a channel with a role, or the guild lacks what it names
 */
export async function prepareWelcome(rest: REST, guildId: GuildId): Promise<(stay: Stay) => Promise<void>> {
  const { links, onboarding } = await loadConfig([COMMUNITY_FILE]);
  const directory = new GuildDirectory(rest, guildId);
  const step = welcomeStep(onboarding.steps);
  if (step?.role === undefined)
    throw new Error('the configuration has no step that welcomes in a channel and gives a role');
  const place = await directory.channelForMessages(step.channel);
  const roleId = await directory.role(step.role);
  if ('kind' in place || roleId === undefined)
    throw new Error('the guild lacks the channel or the role of the welcome');
  const context = await directory.textContext(links, step);

  return async (stay) => {
    const visit = { ...stay, visitBegan: stay.joinedAt };
    const nonce = nonceOf(stepKey(visit, step.name));
    const { body } = stepMessage(step, {
      ...context,
      values: { member: mention(stay.memberId) },
      visit,
      mark: nonce,
      stopButton: onboarding.stopButton,
      offer: [],
    });
    await Promise.all([
      rest.put(Routes.guildMemberRole(stay.guildId, stay.memberId, roleId)),
      rest.post(Routes.channelMessages(place.channelId), { body: { ...body, nonce, enforce_nonce: true } }),
    ]);
  };
}
