import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { VISIBILITIES } from '../../domain/standing.ts';

const member = {
  type: ApplicationCommandOptionType.User,
  name: 'member',
  description: 'Whose; otherwise your own',
} as const;

/** How many pages back one can ask for at once. */
const MAX_PAGE = 100_000;

/** Which page of a history. */
export const PAGE_OPTION = {
  type: ApplicationCommandOptionType.Integer,
  name: 'page',
  description: 'Which page; the newest entries are on the first',
  min_value: 1,
  max_value: MAX_PAGE,
} as const;

/** `/points`, for everybody. */
export const POINTS_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'points',
  description: 'Points: how many, and what for',
  contexts: [InteractionContextType.Guild],
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'show',
      description: 'How many points, and which place',
      options: [member],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'history',
      description: 'What you have got points for, and when',
      options: [PAGE_OPTION],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'privacy',
      description: 'Whether leaderboards show you',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'leaderboards',
          description: 'Shown or hidden',
          required: true,
          choices: VISIBILITIES.map((value) => ({ name: value, value })),
        },
      ],
    },
  ],
};

/** `/rank`, for everybody. */
export const RANK_COMMAND = standingCommand('rank', 'Points, place, badge and achievements');

/** `/badges`, for everybody. */
export const BADGES_COMMAND = standingCommand('badges', 'Which badges somebody has, and which there are');

/** `/achievements`, for everybody. */
export const ACHIEVEMENTS_COMMAND = standingCommand(
  'achievements',
  'What somebody has achieved, and what there is to achieve',
);

function standingCommand(name: string, description: string): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description,
    contexts: [InteractionContextType.Guild],
    options: [member],
  };
}
