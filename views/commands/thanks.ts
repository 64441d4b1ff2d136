import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { THANKS_REASON_LENGTH } from '../../domain/thanks.ts';

/** `/thanks`, for everybody. */
export const THANKS_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'thanks',
  description: 'Thank somebody for a helpful answer',
  contexts: [InteractionContextType.Guild],
  options: [
    {
      type: ApplicationCommandOptionType.User,
      name: 'member',
      description: 'Who has helped you',
      required: true,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'reason',
      description: 'What for; everybody in the channel can read it',
      max_length: THANKS_REASON_LENGTH,
    },
  ],
};
