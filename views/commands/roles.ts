import {
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

/** `/roles`, for everybody: shows the menu from which one chooses. */
export const ROLES_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'roles',
  description: 'Choose what you do, and get the roles for it',
  contexts: [InteractionContextType.Guild],
};
