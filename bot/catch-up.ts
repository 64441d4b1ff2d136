import { Events, type GuildMember, type PartialGuildMember } from 'discord.js';
import { toMemberId } from '../domain/ids.ts';
import { CATCH_UP, compareMember, startCatchUp } from '../workflows/definitions/catch-up.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { RecentMembers } from './recent-members.ts';

const MEMBERS_REMEMBERED = 10_000;

/**
 * A new session may have missed something: the guild is compared. A member of whom we cannot tell by the event alone what it
 * means is compared at once: who leaves, and who has to pass the guild's screening or has just passed it.
 */
export const catchUp: BotFeature = {
  listen(client, context) {
    const beingScreened = new RecentMembers(MEMBERS_REMEMBERED);
    // A session that Discord could resume has missed nothing and says ShardResume instead.
    client.on(Events.ShardReady, () => context.handOver.requestComparison());
    client.on(Events.GuildMemberRemove, (member) => void compare(Events.GuildMemberRemove, member, context));
    client.on(Events.GuildMemberAdd, (member) => {
      if (!member.pending) return;
      beingScreened.add(member.id);
      void compare(Events.GuildMemberAdd, member, context);
    });
    client.on(Events.GuildMemberUpdate, (_, member) => {
      if (member.pending) beingScreened.add(member.id);
      else if (mayHavePassedScreening(member, beingScreened.delete(member.id)))
        void compare(Events.GuildMemberUpdate, member, context);
    });
  },
};

/**
 * Discord does not say what has changed. Of whom we have not seen before the screening, whoever was welcomed has a role:
 * each of our own changes of roles is an update, too. `@everyone` is a role of everybody.
 */
function mayHavePassedScreening({ roles, user }: GuildMember, wasBeingScreened: boolean): boolean {
  return !user.bot && (wasBeingScreened || roles.cache.size <= 1);
}

async function compare(
  event: string,
  member: GuildMember | PartialGuildMember,
  { client, environment, handOver }: BotContext,
): Promise<void> {
  if (member.guild.id !== environment.DISCORD_GUILD_ID) return;
  await handOver.attempt(event, () =>
    client.workflow.signalWithStart(CATCH_UP, {
      ...startCatchUp(environment.DISCORD_GUILD_ID, handOver.seenSince),
      signal: compareMember,
      signalArgs: [toMemberId(member.id)],
    }),
  );
}
