import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

const subcommand = (name: string, description: string) =>
  ({ type: ApplicationCommandOptionType.Subcommand, name, description }) as const;

/** `/link`, for everybody: says who one is on GitHub. */
export const LINK_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'link',
  description: 'Link your GitHub account, so that merged pull requests count',
  contexts: [InteractionContextType.Guild],
  options: [
    subcommand('github', 'Link your GitHub account'),
    subcommand('show', 'See which GitHub account you have linked'),
    subcommand('remove', 'Remove the link to your GitHub account'),
  ],
};
