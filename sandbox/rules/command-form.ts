/** What an application command may be (Discord docs, "Application Commands"). */

import { ApplicationCommandType, ApplicationCommandOptionType as OptionType } from 'discord-api-types/v10';
import { z } from 'zod';
import { problem } from './form.ts';
import { list, optional, permissionBits, text } from './scalars.ts';

/** Names of chat commands and options: letters, digits, `-` and `_` of any script, in lower case. */
const chatName = z
  .string()
  .refine(
    (name) => /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(name) && name === name.toLowerCase(),
    problem('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'),
  );
const localizations = z.record(z.string(), z.string()).nullish();

const choice = z.object({
  name: text(1, 100),
  name_localizations: localizations,
  value: z.union([text(1, 100), z.number()]),
});

const named = {
  name: chatName,
  name_localizations: localizations,
  description: text(1, 100),
  description_localizations: localizations,
};

const basicTypes = [
  OptionType.String,
  OptionType.Integer,
  OptionType.Boolean,
  OptionType.User,
  OptionType.Channel,
  OptionType.Role,
  OptionType.Mentionable,
  OptionType.Number,
  OptionType.Attachment,
] as const;

const basicOption = z
  .object({
    ...named,
    type: z.union(basicTypes.map((type) => z.literal(type))),
    required: optional(z.boolean()),
    choices: optional(list(choice, 25)),
    autocomplete: optional(z.boolean()),
    channel_types: optional(z.array(z.int())),
    min_value: optional(z.number()),
    max_value: optional(z.number()),
    min_length: optional(z.int().min(0).max(6000)),
    max_length: optional(z.int().min(1).max(6000)),
  })
  .refine((option) => option.autocomplete !== true || (option.choices?.length ?? 0) === 0, {
    path: ['choices'],
    ...problem(
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
      'Options with autocomplete cannot have choices',
    ),
  });

const options = (option: z.ZodType) =>
  optional(
    list(option, 25).superRefine((values, context) => {
      const seen = new Set<string>();
      let sawOptional = false;
      values.forEach((value, index) => {
        const { name, required } = value as { name?: string; required?: boolean };
        const fail = (code: string, message: string) =>
          context.addIssue({ code: 'custom', path: [index], ...problem(code, message), input: value });
        if (name !== undefined && seen.has(name))
          fail('APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED', 'Option names must be unique');
        if (name !== undefined) seen.add(name);
        if (required && sawOptional)
          fail(
            'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
            'Required options must be placed before non-required options',
          );
        if (!required) sawOptional = true;
      });
    }),
  );

const subcommand = z.object({
  ...named,
  type: z.literal(OptionType.Subcommand),
  options: options(basicOption),
});
const group = z.object({
  ...named,
  type: z.literal(OptionType.SubcommandGroup),
  options: options(subcommand),
});
const anyOption = z.discriminatedUnion('type', [basicOption, subcommand, group]);

const common = {
  name_localizations: localizations,
  description_localizations: localizations,
  default_member_permissions: permissionBits.nullish(),
  dm_permission: z.boolean().nullish(),
  contexts: z.array(z.union([z.literal(0), z.literal(1), z.literal(2)])).nullish(),
  integration_types: z.array(z.union([z.literal(0), z.literal(1)])).nullish(),
  nsfw: optional(z.boolean()),
};

const chatInput = z.object({
  ...common,
  type: z.literal(ApplicationCommandType.ChatInput),
  name: chatName,
  description: text(1, 100),
  options: options(anyOption),
});
const contextMenu = (type: ApplicationCommandType.User | ApplicationCommandType.Message) =>
  z.object({
    ...common,
    type: z.literal(type),
    name: text(1, 32),
    description: z.literal('').nullish(),
    options: z.array(z.never()).nullish(),
  });

/** The body of "Create Application Command"; without a type it is a chat command. */
export const commandForm = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null
      ? { ...value, type: (value as { type?: unknown }).type ?? ApplicationCommandType.ChatInput }
      : value,
  z.discriminatedUnion('type', [
    chatInput,
    contextMenu(ApplicationCommandType.User),
    contextMenu(ApplicationCommandType.Message),
  ]),
);
export type CommandForm = z.output<typeof commandForm>;

/** At most so many chat commands, and so many of each kind of context menu. */
export const maximumCommands: Record<number, number> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
};
