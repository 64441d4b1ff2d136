import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { PLATFORM_LABELS, PLATFORMS } from '../../domain/platforms.ts';

/** As people write a time. */
const TIME_LENGTH = 80;
const LINK_LENGTH = 500;
const MEDIA_LINKS_LENGTH = 2_000;
/** Longer than the names of all platforms. */
const PLATFORMS_LENGTH = 100;
const LARGEST_PAGE = 100_000;
const MONTH_LENGTH = 40;

const { String: TEXT, Integer, Attachment, Subcommand } = ApplicationCommandOptionType;

const post: APIApplicationCommandBasicOption = {
  type: TEXT,
  name: 'post',
  description: 'Which one: type a part of its title',
  required: true,
  autocomplete: true,
};

const platform: APIApplicationCommandBasicOption = {
  type: TEXT,
  name: 'platform',
  description: 'Where it failed',
  required: true,
  autocomplete: true,
};

/** What can be said of a post with a command; the rest is written in a form. */
const details: readonly APIApplicationCommandBasicOption[] = [
  {
    type: TEXT,
    name: 'platforms',
    description: 'Where it goes: x, linkedin',
    autocomplete: true,
    max_length: PLATFORMS_LENGTH,
  },
  {
    type: TEXT,
    name: 'time',
    description: 'When it goes out: next thursday 7pm · tomorrow 18:30 · 2026-12-03 19:00 · in 2 hours',
    max_length: TIME_LENGTH,
  },
  { type: TEXT, name: 'link', description: 'What it is about: https://…', max_length: LINK_LENGTH },
  { type: Attachment, name: 'media', description: 'A picture, a video or a document' },
  {
    type: TEXT,
    name: 'media-link',
    description: 'Addresses of pictures, videos or documents, with spaces between them',
    max_length: MEDIA_LINKS_LENGTH,
  },
];

const subcommand = (
  name: string,
  description: string,
  options: readonly APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandOption => ({
  ...{ type: Subcommand, name, description, options: [...options] },
});

/** `/post`. For authors and approvers: the bot refuses everybody else. */
export const POST_COMMAND: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'post',
  description: 'For authors: one post for every platform',
  contexts: [InteractionContextType.Guild],
  options: [
    subcommand(
      'create',
      'Write a post. You see how it will be on each platform before anybody else does',
      details,
    ),
    subcommand('list', 'All posts, the newest first', [
      {
        type: Integer,
        name: 'page',
        description: 'Which page; otherwise the first',
        min_value: 1,
        max_value: LARGEST_PAGE,
      },
    ]),
    subcommand('status', 'Where a post stands on each platform, why, and what can be done', [post]),
    subcommand('stats', 'What became of a post: its figures on each platform, and how they have grown', [
      post,
    ]),
    subcommand(
      'edit',
      'Change a post: its words in a form that opens, and what you name. "none" takes away',
      [post, ...details],
    ),
    subcommand('cancel', 'Call a post off that is not on its way yet', [post]),
    subcommand('insights', 'When posts do well, by what became of your own: at which times of the week', [
      {
        type: TEXT,
        name: 'platform',
        description: 'One alone; otherwise all together',
        choices: PLATFORMS.map((value) => ({ name: PLATFORM_LABELS[value], value })),
      },
    ]),
    subcommand('calendar', 'The posts of a month: planned, published, and what failed', [
      {
        type: TEXT,
        name: 'month',
        description: 'Which one: 2026-11 · november · nov 2026; otherwise this month',
        max_length: MONTH_LENGTH,
      },
    ]),
    subcommand('retry', 'Try a post again where it failed', [post, platform]),
    subcommand('skip', 'Leave a post out where it failed', [post, platform]),
  ],
};
