import type { StringSelectMenuInteraction } from 'discord.js';
import { toInteractionId, toMemberId } from '../domain/ids.ts';
import { findRoleKind, isRoleMenuId, roleChoiceId, welcomeFor } from '../domain/roles.ts';
import { ROLES_COMMAND } from '../views/commands/roles.ts';
import { channelsOfWelcome, personalWelcome, roleChoices } from '../views/roles.ts';
import {
  ROLE_CHOICE,
  type RoleChoiceResult,
  type RoleChoiceWorkflow,
  startRoleChoice,
} from '../workflows/definitions/role-choice.ts';
import { startOnce } from '../workflows/definitions/start.ts';
import { type Answer, answer } from './answer.ts';
import { findChannels, textContext } from './channels.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';

/** The menu sets the roles of whoever uses it; `/roles` shows it. */
export const roles: BotFeature = {
  use(interaction, context) {
    if (!interaction.isStringSelectMenu() || !isRoleMenuId(interaction.customId)) return undefined;
    return answer(interaction, context, () => choose(interaction, context));
  },

  commands: {
    // The current choice is not marked in it: Discord would not let one choose that again, after roles were refused for example.
    [ROLES_COMMAND.name]: {
      run: (interaction, context) =>
        answer(interaction, context, async () => {
          const { roles } = context.config;
          return roleChoices(roles, textContext(interaction.client, context, roles.panel));
        }),
    },
  },
};

async function choose(interaction: StringSelectMenuInteraction, context: BotContext): Promise<Answer> {
  const { client, config, environment } = context;
  const kind = findRoleKind(config.roles, interaction.values[0]);
  if (kind === undefined) return config.roles.notOffered;
  const choice = {
    guildId: environment.DISCORD_GUILD_ID,
    memberId: toMemberId(interaction.user.id),
    kind: kind.name,
    interactionId: toInteractionId(interaction.id),
  };
  await startOnce(client, ROLE_CHOICE, startRoleChoice(choice));
  const result = await client.workflow.getHandle<RoleChoiceWorkflow>(roleChoiceId(choice)).result();
  return toAnswer(result, interaction, context);
}

function toAnswer(
  { outcome, kind: name }: RoleChoiceResult,
  interaction: StringSelectMenuInteraction,
  { config, environment }: BotContext,
): Answer {
  if (outcome === 'gone') return config.roles.notMember;
  const kind = findRoleKind(config.roles, name);
  if (kind === undefined || outcome === 'nothing chosen') return config.roles.notOffered;
  const welcome = welcomeFor(config.roles, kind);
  const channels = findChannels(interaction.client, environment.DISCORD_GUILD_ID, channelsOfWelcome(welcome));
  return {
    ...(outcome === 'refused' && { content: config.roles.incomplete }),
    embeds: [personalWelcome(welcome, { links: config.links, channels })],
  };
}
