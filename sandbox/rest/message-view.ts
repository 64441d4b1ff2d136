/** Messages as the bot reads them over HTTP. */

import type { APIMessage } from 'discord-api-types/v10';
import { withoutContent } from '../gateway/intents.ts';
import type { MessageRecord } from '../state/records.ts';
import { viewMessage } from '../views/messages.ts';
import type { Services } from './route.ts';

/** The message; without its content when the application may not read that. */
export function messageForBot(
  services: Pick<Services, 'world' | 'mayReadContent'>,
  message: MessageRecord,
): APIMessage {
  const { world, mayReadContent } = services;
  const view = viewMessage(world, message, world.botId);
  const readable =
    mayReadContent ||
    message.authorId === world.botId ||
    message.mentions.includes(world.botId) ||
    world.channels.get(message.channelId)?.kind === 'dm';
  return readable ? view : withoutContent(view);
}
