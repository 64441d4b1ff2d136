/** Buttons and menus under messages: what a member of the local Discord does with them, and those that a test makes up. */

import { REST } from '@discordjs/rest';
import { type APIMessage, ButtonStyle, ComponentType, Routes } from 'discord-api-types/v10';
import type { MemberId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';

const PATIENCE_MS = 20_000;

/** The `custom_id` of the first button under a message. */
export function buttonOf({ components }: APIMessage): string {
  const row = components?.[0];
  const button = row?.type === ComponentType.ActionRow ? row.components[0] : undefined;
  if (button === undefined || !('custom_id' in button)) throw new Error('the message has no button');
  return button.custom_id;
}

/** Sends the member, in the bot's name, a message with a button of the test's choice. */
export function sendButton(discord: LocalDiscord, memberId: MemberId, customId: string): Promise<APIMessage> {
  const button = { type: ComponentType.Button, style: ButtonStyle.Primary, custom_id: customId, label: 'x' };
  return sendRow(discord, memberId, { type: ComponentType.ActionRow, components: [button] });
}

/** Sends the member, in the bot's name, a message with a row of components. */
export async function sendRow(discord: LocalDiscord, memberId: MemberId, row: object): Promise<APIMessage> {
  const { channel } = await discord.control.openDirectMessage({ memberId });
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const body = { content: 'x', components: [row] };
  return (await rest.post(Routes.channelMessages(channel.id), { body })) as APIMessage;
}

/** Presses the first button of a message. Gives the interaction's id. */
export async function press(discord: LocalDiscord, memberId: MemberId, message: APIMessage): Promise<string> {
  const { interactionId } = await discord.control.press({
    memberId,
    channelId: message.channel_id,
    messageId: message.id,
    customId: buttonOf(message),
  });
  return interactionId;
}

/** Waits for the first answer to a press, which may be that the bot is thinking. */
export async function firstAnswerTo(discord: LocalDiscord, interactionId: string): Promise<string> {
  const { outcome } = await discord.control.getInteraction({
    interactionId,
    wait: PATIENCE_MS,
    until: 'first',
  });
  return outcome.state;
}

/** The text with which a press was answered in the end. */
export async function answerTo(discord: LocalDiscord, interactionId: string): Promise<string> {
  return (await answeringMessage(discord, interactionId)).content;
}

/** The message whose button was pressed, as the press has changed it in the end. */
export async function updatedMessage(discord: LocalDiscord, interactionId: string): Promise<APIMessage> {
  const { outcome } = await discord.control.getInteraction({
    interactionId,
    wait: PATIENCE_MS,
    until: 'final',
  });
  if (outcome.state !== 'updated') throw new Error(`the interaction was ${outcome.state}`);
  return outcome.message.message;
}

/** The message with which an interaction was answered in the end. */
export async function answeringMessage(discord: LocalDiscord, interactionId: string): Promise<APIMessage> {
  const { outcome } = await discord.control.getInteraction({
    interactionId,
    wait: PATIENCE_MS,
    until: 'final',
  });
  if (outcome.state !== 'answered') throw new Error(`the interaction was ${outcome.state}`);
  return outcome.message.message;
}
