/** Slash commands, as members of the local Discord use them. */

import { REST } from '@discordjs/rest';
import {
  type APIMessage,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { OptionValue } from '../../sandbox/control/calls.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';

const PATIENCE_MS = 20_000;

/** A command as it is typed. */
export interface TypedCommand {
  readonly name: string;
  readonly subcommand?: string;
  readonly options?: Record<string, OptionValue>;
}

/** The member of the guild file with this name. */
export async function memberNamed({ control }: LocalDiscord, name: string): Promise<MemberId> {
  const { members } = await control.getState();
  const found = members.find(({ member }) => member.user.global_name === name || member.nick === name);
  if (found === undefined) throw new Error(`the guild has no member ${name}`);
  return toMemberId(found.member.user.id);
}

/** Tells Discord of a command in the bot's name, in place of the one that it knows by this name. */
export async function replaceCommand(
  { apiUrl, applicationId, guildId, token }: LocalDiscord,
  body: RESTPostAPIChatInputApplicationCommandsJSONBody,
): Promise<void> {
  const rest = new REST({ api: apiUrl }).setToken(token);
  await rest.post(Routes.applicationGuildCommands(applicationId, guildId), { body });
}

/** Lets a member run a command in #general. Gives the interaction's id. */
export async function runCommand(
  discord: LocalDiscord,
  memberId: MemberId,
  typed: TypedCommand,
): Promise<string> {
  const place = await placeOf(discord, memberId, typed);
  return (await discord.control.runCommand(place)).interactionId;
}

/** The message with which a command was answered in the end. */
export async function messageFor({ control }: LocalDiscord, interactionId: string): Promise<APIMessage> {
  const { outcome } = await control.getInteraction({ interactionId, wait: PATIENCE_MS, until: 'final' });
  if (outcome.state !== 'answered') throw new Error(`the interaction was ${outcome.state}`);
  return outcome.message.message;
}

/** The values that a member is offered for the option `focused`. */
export async function offersFor(
  discord: LocalDiscord,
  memberId: MemberId,
  typed: TypedCommand & { readonly focused: string },
): Promise<unknown[]> {
  const place = await placeOf(discord, memberId, typed);
  const { interactionId } = await discord.control.autocomplete({ ...place, focused: typed.focused });
  const { outcome } = await discord.control.getInteraction({ interactionId, wait: PATIENCE_MS });
  if (outcome.state !== 'choices') throw new Error(`the interaction was ${outcome.state}`);
  return outcome.choices.map(({ value }) => value);
}

async function placeOf(
  { control }: LocalDiscord,
  memberId: MemberId,
  { name, subcommand, options = {} }: TypedCommand,
) {
  const { channels, commands } = await control.getState();
  const commandId = commands.find((command) => command.name === name)?.id;
  const channelId = channels.find((channel) => channel.name === 'general')?.id;
  if (commandId === undefined || channelId === undefined) throw new Error(`there is no command /${name}`);
  return {
    memberId,
    channelId,
    commandId,
    options,
    ...(subcommand !== undefined && { subcommand: [subcommand] }),
  };
}
