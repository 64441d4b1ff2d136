// Running commands as a member.
import type { APIApplicationCommandBasicOption, Snowflake } from 'discord-api-types/v10';
import { call } from '../control/call.ts';
import { channelOf, columnById, draftOf, updateDraft } from '../store/columns.ts';
import { type CommandEntry, type PickableCommand, readEntry, startEntry } from '../store/command-entry.ts';
import { start } from '../store/interactions.ts';
import type { Column } from '../store/state.ts';

const AUTOCOMPLETE_AFTER_MS = 200;

/**
 * Picks a slash command. One without options runs at once, as in Discord after Enter.
 * @param column the column it was picked in
 * @param picked the command
 */
export function pickCommand(column: Column, picked: PickableCommand): void {
  updateDraft(column.id, { command: startEntry(picked), text: '' });
}

/**
 * Changes the command that is being filled in.
 * @param columnId which column
 * @param changes the parts that change
 */
export function changeEntry(columnId: number, changes: Partial<CommandEntry>): void {
  const column = columnById(columnId);
  const entry = column && draftOf(column).command;
  if (entry) updateDraft(columnId, { command: { ...entry, ...changes } });
}

/**
 * Runs the command that was filled in; says what is missing instead when something is.
 * @param column the column
 */
export async function runEntry(column: Column): Promise<void> {
  const entry = draftOf(column).command;
  const channelId = channelOf(column);
  if (!entry || !channelId) return;
  const read = readEntry(entry);
  if ('error' in read) {
    changeEntry(column.id, { error: read.error });
    return;
  }
  const { picked } = entry;
  const started = await start(column, null, { channelId }, () =>
    call('runCommand', {
      memberId: column.memberId,
      channelId,
      commandId: picked.command.id,
      ...(picked.path.length > 0 ? { subcommand: picked.path } : {}),
      options: read.options,
    }),
  );
  if (started) updateDraft(column.id, { command: null, text: '' });
}

/**
 * Runs a command of a context menu.
 * @param column the column of the member who runs it
 * @param commandId the command
 * @param targetId the user or message
 */
export async function runOnTarget(column: Column, commandId: Snowflake, targetId: Snowflake): Promise<void> {
  const channelId = channelOf(column);
  if (!channelId) return;
  await start(column, null, { channelId }, () =>
    call('runCommand', { memberId: column.memberId, channelId, commandId, targetId }),
  );
}

let asking: ReturnType<typeof setTimeout> | undefined;

/**
 * Asks the bot what could stand in an option, shortly after the last key.
 * @param column the column
 * @param option the option that is being typed in
 */
export function askForChoices(column: Column, option: APIApplicationCommandBasicOption): void {
  clearTimeout(asking);
  asking = setTimeout(() => void ask(column, option.name), AUTOCOMPLETE_AFTER_MS);
}

async function ask(column: Column, focused: string): Promise<void> {
  const entry = draftOf(column).command;
  const channelId = channelOf(column);
  if (!entry || !channelId) return;
  try {
    const { interactionId } = await call('autocomplete', {
      memberId: column.memberId,
      channelId,
      commandId: entry.picked.command.id,
      ...(entry.picked.path.length > 0 ? { subcommand: entry.picked.path } : {}),
      options: typedSoFar(entry, focused),
      focused,
    });
    const { outcome } = await call('getInteraction', { interactionId, wait: 4_000, until: 'first' });
    showChoices(column, focused, entry.texts[focused], outcome.state === 'choices' ? outcome.choices : []);
  } catch {
    showChoices(column, focused, entry.texts[focused], []);
  }
}

function typedSoFar(entry: CommandEntry, focused: string): Record<string, string | number | boolean> {
  const typed = Object.entries({ ...entry.texts, [focused]: entry.texts[focused] ?? '' });
  const options = new Map(entry.picked.options.map((option) => [option.name, option.type]));
  const values = typed.map(([name, text]) => [name, typedValue(text, options.get(name))] as const);
  return Object.fromEntries(values);
}

/** Types 4 and 10 are numbers, 5 is a boolean (documentation, "Application Command Option Type"). */
function typedValue(text: string, type: number | undefined): string | number | boolean {
  if ((type === 4 || type === 10) && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  return type === 5 ? text === 'true' : text;
}

function showChoices(
  column: Column,
  option: string,
  askedFor: string | undefined,
  choices: NonNullable<CommandEntry['list']>['choices'],
): void {
  const entry = draftOf(column).command;
  // An answer to what no longer stands there is out of date.
  if (entry?.list?.option !== option || entry.texts[option] !== askedFor) return;
  changeEntry(column.id, { list: { option, choices, active: 0, loading: false } });
}
