import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { ITEM_NAME_LENGTH } from '../../domain/item-names.ts';

/** How many pages down one can ask for at once. */
const MAX_PAGE = 100_000;

/** `/leaderboard`, for everybody. */
export const LEADERBOARD_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'leaderboard',
  description: 'Who has most, and where you stand',
  contexts: [InteractionContextType.Guild],
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: 'board',
      description: 'Which leaderboard; otherwise the first one',
      autocomplete: true,
      max_length: ITEM_NAME_LENGTH,
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'page',
      description: 'Which page; those with most are on the first',
      min_value: 1,
      max_value: MAX_PAGE,
    },
  ],
};
