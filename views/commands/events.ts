import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { PLACE_LENGTH } from '../../domain/events.ts';

/** More than fit into any channel: what is meant by it is no limit. */
const LARGEST_CAPACITY = 100_000;
/** As people write a time or a length. */
const TIME_LENGTH = 80;
/** Longer than the name of any time zone. */
const TIME_ZONE_LENGTH = 50;
const LARGEST_PAGE = 100_000;

const required = <Option extends object>(option: Option) => ({ ...option, required: true });

const start: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'start',
  description: 'When it begins: next thursday 7pm · tomorrow 18:30 · 2026-12-03 19:00 · in 2 hours',
  max_length: TIME_LENGTH,
};

const page: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.Integer,
  name: 'page',
  description: 'Which page; otherwise the first',
  min_value: 1,
  max_value: LARGEST_PAGE,
};

const event = {
  type: ApplicationCommandOptionType.String,
  name: 'event',
  description: 'Which one: type a part of its title',
  required: true,
  autocomplete: true,
} as const;

/** What can be said of an event with a command; the rest is written in a form. */
const details: readonly APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.String,
    name: 'duration',
    description: 'How long it lasts: 90m · 1h30 · 2 hours',
    max_length: TIME_LENGTH,
  },
  {
    type: ApplicationCommandOptionType.Channel,
    name: 'channel',
    description: 'The voice or stage channel where it takes place',
    channel_types: [ChannelType.GuildVoice, ChannelType.GuildStageVoice],
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'link',
    description: 'Where it takes place, if not in a channel: https://…',
    max_length: PLACE_LENGTH,
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'capacity',
    description: 'How many can go; others wait in line',
    min_value: 1,
    max_value: LARGEST_CAPACITY,
  },
  {
    type: ApplicationCommandOptionType.User,
    name: 'host',
    description: 'Who holds it',
  },
  {
    type: ApplicationCommandOptionType.Attachment,
    name: 'picture',
    description: 'A picture for its cover',
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'time-zone',
    description: 'In which you write times, such as Europe/Berlin. It is remembered',
    autocomplete: true,
    max_length: TIME_ZONE_LENGTH,
  },
];

const subcommand = (
  name: string,
  description: string,
  options: readonly APIApplicationCommandBasicOption[] = [],
): APIApplicationCommandSubcommandOption => ({
  ...{ type: ApplicationCommandOptionType.Subcommand, name, description },
  ...(options.length > 0 && { options: [...options] }),
});

/** `/event`. Everybody can look events up; the bot refuses the rest to whoever may not. */
export const EVENT_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'event',
  description: 'Events: what is on, and for organisers how it comes to be',
  contexts: [InteractionContextType.Guild],
  options: [
    subcommand('create', 'For organisers: plan an event. You see it before anybody else does', [
      {
        type: ApplicationCommandOptionType.String,
        name: 'kind',
        description: 'What kind of event it is',
        required: true,
        autocomplete: true,
      },
      required(start),
      ...details,
    ]),
    subcommand('edit', 'For organisers and hosts: change an event. What you leave out stays', [
      event,
      start,
      ...details,
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'no-limit',
        description: 'As many can go as like',
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'text',
        description: 'Change title and description, too, in a form that opens',
      },
    ]),
    subcommand('cancel', 'For organisers and hosts: call an event off', [event]),
    subcommand('list', 'What is on, the soonest first', [page]),
    subcommand('info', 'All about one event', [event]),
    subcommand('attendees', 'For organisers and hosts: who goes, and afterwards who was there', [
      event,
      page,
    ]),
  ],
};
