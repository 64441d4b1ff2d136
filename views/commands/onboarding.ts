import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { ITEM_NAME_LENGTH } from '../../domain/item-names.ts';
import { DEFAULT_WEEKS, MAX_WEEKS } from '../../domain/onboarding-report.ts';

const member = {
  type: ApplicationCommandOptionType.User,
  name: 'member',
  description: 'Whose onboarding',
  required: true,
} as const;

/** `/onboarding`, for staff. Discord hides it from members; the bot refuses those to whom it was opened all the same. */
export const ONBOARDING_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'onboarding',
  description: 'Look into onboardings, and steer them',
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  contexts: [InteractionContextType.Guild],
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'status',
      description: "Where a member's onboarding stands",
      options: [member],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'resend',
      description: 'Send a tip to a member again',
      options: [
        member,
        {
          type: ApplicationCommandOptionType.String,
          name: 'tip',
          description: 'Which one; otherwise the one that was sent last',
          autocomplete: true,
          max_length: ITEM_NAME_LENGTH,
        },
      ],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'stop',
      description: "End a member's onboarding: no further tips",
      options: [member],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'report',
      description: 'How many members complete their onboarding, by week and by variant',
      options: [
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'weeks',
          description: `How many weeks, up to this one; otherwise ${DEFAULT_WEEKS}`,
          min_value: 1,
          max_value: MAX_WEEKS,
        },
      ],
    },
  ],
};
