import type { BaseInteraction } from 'discord.js';
import { type EventRefusal, mayLead } from '../domain/event-drafts.ts';
import type { CommunityEvent } from '../domain/events.ts';
import { toMemberId } from '../domain/ids.ts';
import type { BotContext } from './context.ts';
import { hasRole } from './member-roles.ts';
import { isStaff } from './staff-only.ts';

/**
 * Whether somebody may plan events and change all of them: who has one of the roles that the configuration names, by what Discord
 * says of them with each interaction, and who may manage the guild.
 */
export function isOrganiser(interaction: BaseInteraction, context: BotContext): boolean {
  return isStaff(interaction, context) || hasRole(interaction, context.config.events.organisers, context);
}

/** Why somebody may not change an event or see who goes there, or undefined if they may. */
export function refusalToLead(
  interaction: BaseInteraction,
  event: CommunityEvent,
  context: BotContext,
): EventRefusal | undefined {
  const isOurs = interaction.guildId === context.environment.DISCORD_GUILD_ID;
  const leader = {
    memberId: toMemberId(interaction.user.id),
    isOrganiser: isOrganiser(interaction, context),
  };
  return isOurs && mayLead(event, leader) ? undefined : { kind: 'not yours' };
}
