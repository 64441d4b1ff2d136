import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { ITEM_NAME_LENGTH } from '../../domain/item-names.ts';
import { QUALITY } from '../../domain/recognition.ts';
import { REASON_LENGTH } from '../../domain/recognition-change.ts';
import { PAGE_OPTION } from './standing.ts';

const member = {
  type: ApplicationCommandOptionType.User,
  name: 'member',
  description: 'Whose',
  required: true,
} as const;

const reason = {
  type: ApplicationCommandOptionType.String,
  name: 'reason',
  description: 'Why; it is kept for good, and shown in the audit channel',
  required: true,
  min_length: 1,
  max_length: REASON_LENGTH,
} as const;

const points = {
  type: ApplicationCommandOptionType.Number,
  name: 'points',
  description: 'How many, with at most one decimal',
} as const;

const named = {
  type: ApplicationCommandOptionType.String,
  autocomplete: true,
  max_length: ITEM_NAME_LENGTH,
} as const;

/** `/recognition`, for staff. Discord hides it from members; the bot refuses those to whom it was opened all the same. */
export const RECOGNITION_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'recognition',
  description: 'Give and take points, badges and achievements',
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  contexts: [InteractionContextType.Guild],
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'award',
      description: 'Give points: a number of them, or what an action is worth',
      options: [
        member,
        reason,
        points,
        { ...named, name: 'action', description: 'What they have done, in place of a number' },
        {
          type: ApplicationCommandOptionType.Number,
          name: 'quality',
          description: `How good it was, from ${QUALITY.least} to ${QUALITY.most}; goes with an action`,
          min_value: QUALITY.least,
          max_value: QUALITY.most,
        },
      ],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'revoke',
      description: 'Take points away',
      options: [member, { ...points, required: true }, reason],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'reverse',
      description: 'Take back an entry of the ledger',
      options: [
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'entry',
          description: 'Its number; the latest ones are offered',
          required: true,
          autocomplete: true,
          min_value: 1,
        },
        reason,
        { ...member, description: 'Whose entries are offered; otherwise all', required: false },
      ],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'give-badge',
      description: 'Give a badge that does not come with points',
      options: [member, { ...named, name: 'badge', description: 'Which one', required: true }, reason],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'give-achievement',
      description: 'Give an achievement, with its points',
      options: [member, { ...named, name: 'achievement', description: 'Which one', required: true }, reason],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'history',
      description: 'What a member has got points for, with the numbers of the entries',
      options: [member, PAGE_OPTION],
    },
  ],
};
