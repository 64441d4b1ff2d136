/** What members have got, counted on Discord's side. */

import type { LocalDiscord } from '../../sandbox/start.ts';

/** What a member got of the onboarding. */
export interface Received {
  readonly welcomes: number;
  readonly roles: number;
  readonly directMessages: number;
}

/** What each of `memberIds` got. */
export async function countReceived(
  discord: LocalDiscord,
  memberIds: readonly string[],
): Promise<Received[]> {
  const { members } = await discord.control.getState();
  const welcomed = await membersWelcomed(discord);
  return Promise.all(
    memberIds.map(async (memberId) => {
      const { messages } = await discord.control.getDirectMessages({ memberId });
      return {
        welcomes: welcomed.filter((id) => id === memberId).length,
        roles: members.find(({ member }) => member.user.id === memberId)?.member.roles.length ?? 0,
        directMessages: messages.length,
      };
    }),
  );
}

/** The member of each message in #welcome that pinged one: a member who got two is named twice. */
export async function membersWelcomed({ control }: LocalDiscord): Promise<string[]> {
  const { botId } = await control.getSettings();
  const { channels } = await control.getState();
  const channelId = channels.find(({ name }) => name === 'welcome')?.id;
  if (channelId === undefined) throw new Error('the guild has no channel #welcome');
  const embeds: string[] = [];
  let before: string | undefined;
  do {
    const { messages } = await control.getMessages({ channelId, limit: 100, ...(before && { before }) });
    before = messages[0]?.message.id;
    const ours = messages.filter(({ message }) => message.author.id === botId);
    embeds.push(...ours.map(({ message }) => message.embeds[0]?.description ?? ''));
  } while (before !== undefined);
  return embeds.flatMap((text) => /<@!?(\d+)>/.exec(text)?.[1] ?? []);
}
