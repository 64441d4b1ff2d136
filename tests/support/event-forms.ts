/** How organisers on the local Discord plan an event: the command, the form that it opens, and what they press below the answer. */

import type { APIMessage } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import type { MemberId } from '../../domain/ids.ts';
import type { OptionValue } from '../../sandbox/control/calls.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { DESCRIPTION_INPUT, TITLE_INPUT } from '../../views/event-drafts.ts';
import { messageFor, runCommand } from './command.ts';
import { until } from './wait.ts';

const PATIENCE_MS = 20_000;

export type Options = Record<string, OptionValue>;

/** What is filled into the form if a test does not say otherwise. */
export const WORDS = { [TITLE_INPUT]: 'Noise in depth', [DESCRIPTION_INPUT]: 'From Perlin to curl.' };

/** What an interaction was answered with in the end. */
async function outcomeOf({ control }: LocalDiscord, interactionId: string) {
  const { outcome } = await control.getInteraction({ interactionId, wait: PATIENCE_MS, until: 'final' });
  return outcome;
}

/** The texts that stand in the form which was opened by an interaction, by the names of its inputs. */
export async function formOf(discord: LocalDiscord, interactionId: string): Promise<Record<string, string>> {
  const outcome = await outcomeOf(discord, interactionId);
  if (outcome.state !== 'modal') throw new Error(`no form was opened: ${JSON.stringify(outcome)}`);
  const inputs = outcome.modal.components.flatMap((component) =>
    component.type === ComponentType.Label && component.component.type === ComponentType.TextInput
      ? [component.component]
      : [],
  );
  return Object.fromEntries(inputs.map(({ custom_id, value }) => [custom_id, value ?? '']));
}

/** Sends the form that was opened by an interaction. Gives the message that answers it, be it new or in the place of another. */
export async function sendForm(
  discord: LocalDiscord,
  memberId: MemberId,
  interactionId: string,
  values: Record<string, string>,
): Promise<APIMessage> {
  await formOf(discord, interactionId);
  const sent = await discord.control.submitModal({ memberId, interactionId, values });
  return messageOf(discord, sent.interactionId);
}

/** What somebody is shown before an event is made. */
export async function preview(
  discord: LocalDiscord,
  memberId: MemberId,
  options: Options,
  words: Record<string, string> = WORDS,
): Promise<APIMessage> {
  const interactionId = await runCommand(discord, memberId, { name: 'event', subcommand: 'create', options });
  return sendForm(discord, memberId, interactionId, words);
}

/** Why `/event create` opens no form. */
export async function refusalOf(
  discord: LocalDiscord,
  memberId: MemberId,
  options: Options,
): Promise<string> {
  const interactionId = await runCommand(discord, memberId, { name: 'event', subcommand: 'create', options });
  return (await messageFor(discord, interactionId)).content;
}

/** Presses the button below a message whose name begins so. Gives the interaction's id. */
export async function pressButton(
  discord: LocalDiscord,
  memberId: MemberId,
  message: APIMessage,
  name: string,
): Promise<string> {
  const customId = buttonsOf(message).find((one) => one.startsWith(name));
  if (customId === undefined) throw new Error(`the message has no button ${name}: ${message.content}`);
  const place = { memberId, channelId: message.channel_id, messageId: message.id, customId };
  return (await discord.control.press(place)).interactionId;
}

/** The same. Gives the message as the press has changed it. */
export async function pressed(
  discord: LocalDiscord,
  memberId: MemberId,
  message: APIMessage,
  name: string,
): Promise<APIMessage> {
  return messageOf(discord, await pressButton(discord, memberId, message, name));
}

/** What is said beside a message whose button was pressed. */
export async function saidBeside(discord: LocalDiscord, interactionId: string): Promise<string> {
  const followUps = async () => (await discord.control.getInteraction({ interactionId })).followUps;
  await until(async () => (await followUps()).length > 0);
  return (await followUps()).map(({ message }) => message.content).join('\n');
}

/** The names of the buttons below a message. */
export function buttonsOf({ components = [] }: APIMessage): string[] {
  return components.flatMap((row) =>
    row.type === ComponentType.ActionRow
      ? row.components.flatMap((button) => ('custom_id' in button ? [button.custom_id] : []))
      : [],
  );
}

/** The message with which an interaction was answered in the end, be it new or in the place of another. */
export async function messageOf(discord: LocalDiscord, interactionId: string): Promise<APIMessage> {
  const outcome = await outcomeOf(discord, interactionId);
  if (outcome.state !== 'answered' && outcome.state !== 'updated')
    throw new Error(`the interaction was ${outcome.state}`);
  return outcome.message.message;
}
