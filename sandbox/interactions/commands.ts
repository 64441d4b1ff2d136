/** A member runs an application command, or asks for suggestions while typing one. */

import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIAttachment,
  ApplicationCommandType,
  InteractionContextType,
  InteractionType,
  ApplicationCommandOptionType as OptionType,
  type Snowflake,
} from 'discord-api-types/v10';
import { keepAttachments } from '../actions/attachments.ts';
import { findMessage } from '../actions/messages.ts';
import type { OptionValue } from '../control/calls.ts';
import { allow } from '../control/refusal.ts';
import { uploaded } from '../control/uploads.ts';
import { found } from '../rules/errors.ts';
import { channelPermissions } from '../rules/permissions.ts';
import type { ChannelRecord, CommandRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { InteractionDesk } from './desk.ts';
import { mergeIds } from './modals.ts';
import { type IdsToResolve, resolve } from './resolved.ts';
import { startInteraction } from './start.ts';

/** What a member types and where. */
export interface TypedCommand {
  userId: Snowflake;
  channel: ChannelRecord;
  commandId: Snowflake;
  subcommand?: string[];
  options?: Record<string, OptionValue>;
}

interface FilledOption {
  data: { name: string; type: OptionType; value: string | number | boolean; focused?: boolean };
  ids: IdsToResolve;
}

const useApplicationCommands = 1n << 31n;
const administrator = 1n << 3n;

/**
 * Runs a command; `targetId` is the user or message of a context menu.
 * @throws Refusal when the member may not run it here, or the options are not what it asks for
 */
export function runCommand(
  world: World,
  desk: InteractionDesk,
  typed: TypedCommand & { targetId?: Snowflake },
): Snowflake {
  const command = findCommand(world, typed);
  if (command.type !== ApplicationCommandType.ChatInput) return runContextMenu(world, desk, typed, command);
  const { path, options } = optionsAt(command, typed.subcommand ?? []);
  const filled = fillOptions(world, typed, options, typed.options ?? {});
  return startInteraction(world, desk, {
    type: InteractionType.ApplicationCommand,
    userId: typed.userId,
    channel: typed.channel,
    name: command.name,
    data: commandData(world, typed, command, path, filled),
    source: null,
  });
}

/**
 * Asks for suggestions for one option.
 * @throws Refusal when that option does not suggest anything
 */
export function suggestOptions(
  world: World,
  desk: InteractionDesk,
  typed: TypedCommand & { focused: string },
): Snowflake {
  const command = findCommand(world, typed);
  const { path, options } = optionsAt(command, typed.subcommand ?? []);
  const focused = options.find(({ name }) => name === typed.focused);
  allow(
    focused !== undefined && 'autocomplete' in focused && focused.autocomplete === true,
    `"${typed.focused}" does not suggest anything.`,
    'invalid',
  );
  const given = { [typed.focused]: '', ...typed.options };
  const filled = options
    .filter(({ name }) => name in given)
    .map((option) => ({
      data: {
        name: option.name,
        type: option.type,
        value: plainValue(given[option.name]),
        ...(option.name === typed.focused ? { focused: true } : {}),
      },
      ids: {},
    }));
  return startInteraction(world, desk, {
    type: InteractionType.ApplicationCommandAutocomplete,
    userId: typed.userId,
    channel: typed.channel,
    name: command.name,
    data: commandData(world, typed, command, path, filled),
    source: null,
  });
}

/** What is being typed is handed on as it is, however wrong. */
function plainValue(value: OptionValue | undefined): string | number | boolean {
  return typeof value === 'object' || value === undefined ? '' : value;
}

function findCommand(world: World, typed: TypedCommand): CommandRecord {
  const command = world.commands.get(typed.commandId);
  allow(command !== undefined, `There is no command ${typed.commandId}.`, 'not-found');
  const bits = channelPermissions(world, typed.userId, typed.channel);
  allow((bits & useApplicationCommands) !== 0n, 'This member may not use commands here.');
  const context = typed.channel.kind === 'dm' ? InteractionContextType.BotDM : InteractionContextType.Guild;
  allow(command.contexts?.includes(context) ?? true, `/${command.name} cannot be used here.`);
  if (typed.channel.kind === 'dm')
    allow(command.guild_id === undefined, `/${command.name} belongs to the guild.`);
  const needed = BigInt(command.default_member_permissions ?? 0);
  const isStaffOnly = command.default_member_permissions === '0';
  const mayAll = (bits & administrator) !== 0n;
  allow(
    mayAll || typed.channel.kind === 'dm' || (!isStaffOnly && (bits & needed) === needed),
    `This member may not run /${command.name}.`,
  );
  return command;
}

/** The options behind a path of subcommands, and that path with its types. */
function optionsAt(command: CommandRecord, names: string[]) {
  let options: readonly APIApplicationCommandOption[] = command.options ?? [];
  const path: { name: string; type: OptionType }[] = [];
  for (const name of names) {
    const next = options.find((option) => option.name === name);
    allow(
      next !== undefined && (next.type === OptionType.Subcommand || next.type === OptionType.SubcommandGroup),
      `/${command.name} has no subcommand "${name}".`,
      'invalid',
    );
    path.push({ name: next.name, type: next.type });
    options = next.options ?? [];
  }
  const basic = options.filter(isBasic);
  allow(basic.length === options.length, `/${command.name} needs a subcommand.`, 'invalid');
  return { path, options: basic };
}

function isBasic(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  return option.type !== OptionType.Subcommand && option.type !== OptionType.SubcommandGroup;
}

function commandData(
  world: World,
  typed: TypedCommand,
  command: CommandRecord,
  path: { name: string; type: OptionType }[],
  filled: FilledOption[],
): object {
  const resolved = resolve(world, typed.channel, mergeIds(filled.map(({ ids }) => ids)));
  let options: object[] = filled.map(({ data }) => data);
  for (const step of path.toReversed()) options = [{ ...step, options }];
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    ...(options.length === 0 ? {} : { options }),
    ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
  };
}

function fillOptions(
  world: World,
  typed: TypedCommand,
  options: APIApplicationCommandBasicOption[],
  given: Record<string, OptionValue>,
): FilledOption[] {
  const unknown = Object.keys(given).find((name) => options.every((option) => option.name !== name));
  allow(unknown === undefined, `There is no option "${unknown}".`, 'invalid');
  const missing = options.find((option) => option.required && given[option.name] === undefined);
  allow(missing === undefined, `"${missing?.name}" has to be filled in.`, 'invalid');
  return options.flatMap((option) => {
    const value = given[option.name];
    return value === undefined ? [] : fillOption(world, typed, option, value);
  });
}

function fillOption(
  world: World,
  typed: TypedCommand,
  option: APIApplicationCommandBasicOption,
  value: OptionValue,
): FilledOption {
  if (option.type === OptionType.Attachment) {
    const [file] = keepFile(world, typed.channel, option.name, value);
    const id = file?.id ?? '';
    return {
      data: { name: option.name, type: option.type, value: id },
      ids: { attachments: file === undefined ? [] : [file] },
    };
  }
  allow(typeof value !== 'object', `"${option.name}" takes no file.`, 'invalid');
  checkValue(option, value);
  return { data: { name: option.name, type: option.type, value }, ids: idsOf(option, String(value)) };
}

function keepFile(world: World, channel: ChannelRecord, name: string, value: OptionValue): APIAttachment[] {
  allow(typeof value === 'object', `"${name}" takes a file.`, 'invalid');
  return keepAttachments(world, channel.id, uploaded([value]), []);
}

/** The kind of value that each type of option takes. */
const valueTypes: Partial<Record<OptionType, 'string' | 'number' | 'boolean'>> = {
  [OptionType.Integer]: 'number',
  [OptionType.Number]: 'number',
  [OptionType.Boolean]: 'boolean',
};

function checkValue(option: APIApplicationCommandBasicOption, value: string | number | boolean): void {
  const type = valueTypes[option.type] ?? 'string';
  allow(typeof value === type, `"${option.name}" takes a ${type}.`, 'invalid');
  if (option.type === OptionType.Integer)
    allow(Number.isSafeInteger(value), `"${option.name}" takes a whole number.`, 'invalid');
  if ('choices' in option && option.choices !== undefined && option.choices.length > 0)
    allow(
      option.choices.some((choice) => choice.value === value),
      `"${option.name}" does not offer that.`,
      'invalid',
    );
  const { size, minimum, maximum } = boundsOf(option, value);
  allow(
    size >= (minimum ?? Number.NEGATIVE_INFINITY) && size <= (maximum ?? Number.POSITIVE_INFINITY),
    `"${option.name}" is too small or too large.`,
    'invalid',
  );
}

function boundsOf(option: APIApplicationCommandBasicOption, value: string | number | boolean) {
  if (typeof value === 'number' && 'min_value' in option)
    return { size: value, minimum: option.min_value, maximum: option.max_value };
  if (typeof value === 'string' && option.type === OptionType.String)
    return {
      size: value.length,
      minimum: 'min_length' in option ? option.min_length : undefined,
      maximum: 'max_length' in option ? option.max_length : 6000,
    };
  return { size: 0, minimum: undefined, maximum: undefined };
}

function idsOf(option: APIApplicationCommandBasicOption, value: string): IdsToResolve {
  switch (option.type) {
    case OptionType.User:
      return { users: [value] };
    case OptionType.Role:
      return { roles: [value] };
    case OptionType.Channel:
      return { channels: [value] };
    case OptionType.Mentionable:
      return { users: [value], roles: [value], mentionable: true };
    default:
      return {};
  }
}

function runContextMenu(
  world: World,
  desk: InteractionDesk,
  typed: TypedCommand & { targetId?: Snowflake },
  command: CommandRecord,
): Snowflake {
  const { userId, channel, targetId } = typed;
  allow(targetId !== undefined, `"${command.name}" needs a target.`, 'invalid');
  const isUser = command.type === ApplicationCommandType.User;
  if (isUser) found(world.users.get(targetId), 'unknownUser');
  else findMessage(world, userId, channel, targetId);
  return startInteraction(world, desk, {
    type: InteractionType.ApplicationCommand,
    userId,
    channel,
    name: command.name,
    data: {
      id: command.id,
      name: command.name,
      type: command.type,
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      target_id: targetId,
      resolved: resolve(world, channel, isUser ? { users: [targetId] } : { messages: [targetId] }),
    },
    source: null,
    metadata: isUser ? {} : { target_message_id: targetId },
  });
}
