import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { QUALITY } from '../../domain/recognition.ts';
import { DESCRIPTION_LENGTH, LINK_LENGTH, REASON_LENGTH, TITLE_LENGTH } from '../../domain/tutorials.ts';

const tutorial = {
  type: ApplicationCommandOptionType.String,
  name: 'tutorial',
  description: 'One that waits: type a part of its title',
  required: true,
  autocomplete: true,
} as const;

const reason = {
  type: ApplicationCommandOptionType.String,
  name: 'reason',
  description: 'Why: its author is told',
  required: true,
  min_length: 1,
  max_length: REASON_LENGTH,
} as const;

/** `/tutorial`. Everybody can add and list; the bot refuses the rest to whoever is not staff. */
export const TUTORIAL_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'tutorial',
  description: 'Tutorials by members: add yours, find others',
  contexts: [InteractionContextType.Guild],
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'add',
      description: 'Add a tutorial of yours. Staff look at it first',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'link',
          description: 'Where it is: https://…',
          required: true,
          max_length: LINK_LENGTH,
        },
        {
          type: ApplicationCommandOptionType.String,
          name: 'title',
          description: 'What it is called',
          required: true,
          min_length: 1,
          max_length: TITLE_LENGTH,
        },
        {
          type: ApplicationCommandOptionType.String,
          name: 'description',
          description: 'What one learns from it',
          max_length: DESCRIPTION_LENGTH,
        },
      ],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'list',
      description: 'All tutorials, the newest first, and how many have done them',
      options: [
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'page',
          description: 'Which page; otherwise the first',
          min_value: 1,
        },
      ],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'stats',
      description: 'For staff: how many wait, were approved and done',
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'approve',
      description: 'For staff: take a tutorial into the list; its author gets points',
      options: [
        tutorial,
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'quality',
          description: 'How good it is: a high one brings more points',
          min_value: QUALITY.least,
          max_value: QUALITY.most,
        },
      ],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'decline',
      description: 'For staff: leave a tutorial out of the list',
      options: [tutorial, reason],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'remove',
      description: 'For staff: take a tutorial off the list again',
      options: [{ ...tutorial, description: 'One in the list: type a part of its title' }, reason],
    },
  ],
};
