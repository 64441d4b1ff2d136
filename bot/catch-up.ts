import { Events, type GuildMember, type PartialGuildMember } from 'discord.js';
import { toMemberId } from '../domain/ids.ts';
import { CATCH_UP, compareMember, startCatchUp } from '../workflows/definitions/catch-up.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';

/** A new session may have missed something: the guild is compared. Who leaves is compared at once. */
export const catchUp: BotFeature = {
  listen(client, context) {
    // A session that Discord could resume has missed nothing and says ShardResume instead.
    client.on(Events.ShardReady, () => context.handOver.requestComparison());
    client.on(Events.GuildMemberRemove, (member) => void noteLeaving(member, context));
  },
};

async function noteLeaving(
  member: GuildMember | PartialGuildMember,
  { client, environment, handOver }: BotContext,
): Promise<void> {
  if (member.guild.id !== environment.DISCORD_GUILD_ID) return;
  await handOver.attempt(Events.GuildMemberRemove, () =>
    client.workflow.signalWithStart(CATCH_UP, {
      ...startCatchUp(environment.DISCORD_GUILD_ID, handOver.seenSince),
      signal: compareMember,
      signalArgs: [toMemberId(member.id)],
    }),
  );
}
