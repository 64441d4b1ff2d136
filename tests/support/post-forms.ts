/** How authors on the local Discord write a post: the command, the form that it opens, and what they use below the answer. */

import type { APIMessage } from 'discord-api-types/v10';
import { type MemberId, toGuildId } from '../../domain/ids.ts';
import { type PostRef, toPostId } from '../../domain/posts.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { POST_HASHTAGS_INPUT, POST_TEXT_INPUT, POST_TITLE_INPUT } from '../../views/post-drafts.ts';
import { messageFor, runCommand } from './command.ts';
import { buttonsOf, formOf, messageOf, type Options, sendForm } from './event-forms.ts';

/** What is filled into the form if a test does not say otherwise. */
export const POST_WORDS = {
  [POST_TITLE_INPUT]: 'TiXL 4',
  [POST_TEXT_INPUT]: 'It is out.',
  [POST_HASHTAGS_INPUT]: '#TiXL',
};

/** What an author is shown when they have sent the form of `/post create`. */
export async function writePost(
  discord: LocalDiscord,
  memberId: MemberId,
  options: Options = {},
  words: Record<string, string> = {},
): Promise<APIMessage> {
  const interactionId = await runCommand(discord, memberId, { name: 'post', subcommand: 'create', options });
  return sendForm(discord, memberId, interactionId, { ...POST_WORDS, ...words });
}

/** Why a subcommand of `/post` opens no form. */
export async function refusedForm(
  discord: LocalDiscord,
  memberId: MemberId,
  subcommand: string,
  options: Options,
): Promise<string> {
  const interactionId = await runCommand(discord, memberId, { name: 'post', subcommand, options });
  return (await messageFor(discord, interactionId)).content;
}

/** Opens the form of `/post edit`, and sends it with some of it changed. */
export async function editPost(
  discord: LocalDiscord,
  memberId: MemberId,
  options: Options,
  changes: Record<string, string>,
): Promise<APIMessage> {
  const interactionId = await runCommand(discord, memberId, { name: 'post', subcommand: 'edit', options });
  return sendForm(discord, memberId, interactionId, {
    ...(await formOf(discord, interactionId)),
    ...changes,
  });
}

/** Chooses from the menu below a message whose name begins so. Gives the interaction's id. */
export async function chooseFrom(
  discord: LocalDiscord,
  memberId: MemberId,
  message: APIMessage,
  name: string,
  values: string[],
): Promise<string> {
  const customId = buttonsOf(message).find((one) => one.startsWith(name));
  if (customId === undefined) throw new Error(`the message has no menu ${name}: ${message.content}`);
  const place = { memberId, channelId: message.channel_id, messageId: message.id, customId };
  return (await discord.control.choose({ ...place, values })).interactionId;
}

/** The same. Gives the message that comes of it. */
export async function chosen(
  discord: LocalDiscord,
  memberId: MemberId,
  message: APIMessage,
  name: string,
  values: string[],
): Promise<APIMessage> {
  return messageOf(discord, await chooseFrom(discord, memberId, message, name, values));
}

/** The post that a preview is about. */
export function postOf({ guildId }: LocalDiscord, message: APIMessage): PostRef {
  const [, postId = ''] = buttonsOf(message)[0]?.split(':') ?? [];
  return { guildId: toGuildId(guildId), postId: toPostId(postId) };
}
