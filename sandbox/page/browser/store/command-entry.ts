// A slash command while it is being filled in.
import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  APIApplicationCommandOptionChoice,
  APIApplicationCommandSubcommandOption,
} from 'discord-api-types/v10';
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { OptionValue } from '../../../control/calls.ts';

/** A command that can be picked: a plain one, or one subcommand of it. */
export interface PickableCommand {
  command: APIApplicationCommand;
  /** Names of the subcommand group and the subcommand. */
  path: string[];
  /** As it is typed, without the slash. */
  name: string;
  description: string;
  options: APIApplicationCommandBasicOption[];
}

/** A picked command with what has been filled in so far. */
export interface CommandEntry {
  picked: PickableCommand;
  /** What stands in each field, as text. */
  texts: Record<string, string>;
  /** Values chosen from a list, where they differ from the text. */
  values: Record<string, OptionValue>;
  /** Options shown: the required ones, and those that were added. */
  shown: string[];
  /** The list below the field that is being filled in. */
  list: {
    option: string;
    choices: APIApplicationCommandOptionChoice[];
    active: number;
    loading: boolean;
  } | null;
  error: string | null;
}

/**
 * Flattens commands with subcommands to what can be picked.
 * @param commands the application's commands; context menus are left out
 * @returns the pickable ones in order of their names
 */
export function pickableCommands(commands: APIApplicationCommand[]): PickableCommand[] {
  return commands
    .filter((command) => command.type === 1)
    .flatMap((command) => leaves(command, [], command.name, command.description, command.options ?? []))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function leaves(
  command: APIApplicationCommand,
  path: string[],
  name: string,
  description: string,
  options: APIApplicationCommandOption[],
): PickableCommand[] {
  const nested = options.filter(isNested);
  if (nested.length === 0) {
    return [{ command, path, name, description, options: options.filter((option) => !isNested(option)) }];
  }
  return nested.flatMap((option) =>
    leaves(
      command,
      [...path, option.name],
      `${name} ${option.name}`,
      option.description,
      option.options ?? [],
    ),
  );
}

type Nested =
  | APIApplicationCommandSubcommandOption
  | Extract<APIApplicationCommandOption, { type: ApplicationCommandOptionType.SubcommandGroup }>;

function isNested(option: APIApplicationCommandOption): option is Nested {
  return (
    option.type === ApplicationCommandOptionType.Subcommand ||
    option.type === ApplicationCommandOptionType.SubcommandGroup
  );
}

/**
 * Starts filling in a command.
 * @param picked the command
 * @returns an empty entry that shows the required options
 */
export function startEntry(picked: PickableCommand): CommandEntry {
  const shown = picked.options.filter((option) => option.required).map((option) => option.name);
  return { picked, texts: {}, values: {}, shown, list: null, error: null };
}

/**
 * Reads what was filled in.
 * @param entry the command
 * @returns the options' values, or the sentence that says what is missing or wrong
 */
export function readEntry(entry: CommandEntry): { options: Record<string, OptionValue> } | { error: string } {
  const options: Record<string, OptionValue> = {};
  for (const option of entry.picked.options) {
    const value = readOption(entry, option);
    if (value === undefined && option.required) return { error: `Fill in “${option.name}”.` };
    if (typeof value === 'number' && Number.isNaN(value)) return { error: `“${option.name}” is a number.` };
    if (value !== undefined) options[option.name] = value;
  }
  return { options };
}

function readOption(entry: CommandEntry, option: APIApplicationCommandBasicOption): OptionValue | undefined {
  const chosen = entry.values[option.name];
  if (chosen !== undefined) return chosen;
  const text = entry.texts[option.name]?.trim();
  if (!text) return undefined;
  switch (option.type) {
    case ApplicationCommandOptionType.Integer:
      return /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    case ApplicationCommandOptionType.Number:
      return Number(text);
    case ApplicationCommandOptionType.Boolean:
      return text.toLowerCase() === 'true';
    default:
      return text;
  }
}
