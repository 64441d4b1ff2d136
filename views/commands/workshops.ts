import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

const slot = {
  type: ApplicationCommandOptionType.String,
  name: 'slot',
  description: 'Which workshop',
  required: true,
  autocomplete: true,
} as const;

const slotOrAll = { ...slot, description: 'Which workshop, or all' } as const;

const day = {
  type: ApplicationCommandOptionType.String,
  name: 'day',
  description: 'Which of its days, such as 2026-12-01',
  required: true,
  autocomplete: true,
} as const;

/** `/workshops`. Discord does not let a command with subcommands run by itself: `week` is what it would do. */
export const WORKSHOPS_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'workshops',
  description: 'The workshops that come every week',
  contexts: [InteractionContextType.Guild],
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'week',
      description: 'The workshops of the coming week',
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'insights',
      description: 'At which times members come, and what follows from it',
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'skip',
      description: 'For organisers: leave one out',
      options: [slot, day],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'move',
      description: 'For organisers: let one begin at another time, also one that was left out',
      options: [
        slot,
        day,
        {
          type: ApplicationCommandOptionType.String,
          name: 'start',
          description: "When it begins instead, in the workshops' time zone",
          required: true,
          max_length: 100,
        },
      ],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'pause',
      description: 'For organisers: open no further events, until you resume',
      options: [slotOrAll],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'resume',
      description: 'For organisers: go on after a pause',
      options: [slotOrAll],
    },
  ],
};
