import type { BaseInteraction } from 'discord.js';
import { toMemberId } from '../domain/ids.ts';
import type { PostRights } from '../domain/post-drafts.ts';
import type { BotContext } from './context.ts';
import { hasRole } from './member-roles.ts';
import { isStaff } from './staff-only.ts';

/**
 * What somebody may do with posts: by the roles that the configuration names for authors and approvers, as Discord says with each
 * interaction. Who may manage the guild may everything.
 */
export function postRights(interaction: BaseInteraction, context: BotContext): PostRights {
  const { authors, approvers } = context.config.distribution;
  const isApprover = isStaff(interaction, context) || hasRole(interaction, approvers, context);
  return {
    memberId: toMemberId(interaction.user.id),
    isApprover,
    isAuthor: isApprover || hasRole(interaction, authors, context),
  };
}
