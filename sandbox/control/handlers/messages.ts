/** Writing, reacting, pinning, voting, threads. */

import { ChannelType, type Snowflake } from 'discord-api-types/v10';
import { openDm } from '../../actions/direct-messages.ts';
import { deleteMessage } from '../../actions/message-history.ts';
import { editMessage, findMessage, sendMessage } from '../../actions/messages.ts';
import { pinMessage, unpinMessage } from '../../actions/pins.ts';
import { vote } from '../../actions/polls.ts';
import { addReaction, removeReaction } from '../../actions/reactions.ts';
import { openForumPost, openThread } from '../../actions/threads.ts';
import { tellTyping } from '../../actions/typing.ts';
import { found } from '../../rules/errors.ts';
import { checkForm } from '../../rules/form.ts';
import { messageEditForm, messageForm } from '../../rules/message-form.ts';
import { ensureChannelPermissions, maySee } from '../../rules/permissions.ts';
import type { ChannelRecord, MessageRecord } from '../../state/records.ts';
import type { World } from '../../state/world.ts';
import { viewDm, viewThread } from '../../views/channels.ts';
import { viewForControl, viewMessage } from '../../views/messages.ts';
import type { Some } from '../handlers.ts';
import { allow } from '../refusal.ts';
import type { ControlServices } from '../services.ts';
import { uploaded } from '../uploads.ts';
import { ensureMember } from './members.ts';

type Calls =
  | 'openDirectMessage'
  | 'write'
  | 'editMessage'
  | 'deleteMessage'
  | 'startTyping'
  | 'react'
  | 'unreact'
  | 'pin'
  | 'unpin'
  | 'vote'
  | 'openThread';

const done = { done: true } as const;

/** The channel, when the member sees it. */
export function channelOf(world: World, memberId: Snowflake, channelId: Snowflake): ChannelRecord {
  const channel = found(world.channels.get(channelId), 'unknownChannel');
  if (channel.kind === 'dm')
    allow(channel.userId === memberId, 'These are the direct messages of somebody else.');
  else ensureMember(world, memberId);
  allow(maySee(world, memberId, channel), 'This member does not see the channel.');
  return channel;
}

interface Place {
  memberId: Snowflake;
  channelId: Snowflake;
  messageId: Snowflake;
}

function placeOf(world: World, place: Place): { channel: ChannelRecord; message: MessageRecord } {
  const channel = channelOf(world, place.memberId, place.channelId);
  return { channel, message: findMessage(world, place.memberId, channel, place.messageId) };
}

export function messageHandlers({ world }: ControlServices): Some<Calls> {
  const actorOf = (memberId: Snowflake) => ({ userId: memberId, reason: null });
  return {
    openDirectMessage: ({ memberId }) => {
      ensureMember(world, memberId);
      return { channel: viewDm(world, openDm(world, memberId)) };
    },
    write: ({ memberId, channelId, content, files, replyTo }) => {
      const channel = channelOf(world, memberId, channelId);
      const form = checkForm(messageForm, {
        content,
        ...(replyTo === undefined ? {} : { message_reference: { message_id: replyTo } }),
      });
      const { message } = sendMessage(world, { userId: memberId }, channel, form, uploaded(files));
      return viewForControl(world, message, memberId);
    },
    editMessage: ({ content, ...place }) => {
      const { message } = placeOf(world, place);
      const edited = editMessage(world, place.memberId, message, checkForm(messageEditForm, { content }));
      return viewForControl(world, edited, place.memberId);
    },
    deleteMessage: (place) => {
      deleteMessage(world, place.memberId, placeOf(world, place).message);
      return done;
    },
    startTyping: ({ memberId, channelId }) => {
      const channel = channelOf(world, memberId, channelId);
      ensureChannelPermissions(world, memberId, channel, ['SendMessages']);
      tellTyping(world, memberId, channel);
      return done;
    },
    react: ({ emoji, ...place }) => {
      const { channel, message } = placeOf(world, place);
      addReaction(world, place.memberId, channel, message, emoji);
      return done;
    },
    unreact: ({ emoji, ...place }) => {
      const { channel, message } = placeOf(world, place);
      removeReaction(world, place.memberId, channel, message, emoji, place.memberId);
      return done;
    },
    pin: (place) => {
      const { channel, message } = placeOf(world, place);
      pinMessage(world, actorOf(place.memberId), channel, message);
      return done;
    },
    unpin: (place) => {
      const { channel, message } = placeOf(world, place);
      unpinMessage(world, actorOf(place.memberId), channel, message);
      return done;
    },
    vote: ({ answerIds, ...place }) => {
      vote(world, place.memberId, placeOf(world, place).message, answerIds);
      return done;
    },
    openThread: (input) => openThreadAs(world, input),
  };
}

interface ThreadInput {
  memberId: Snowflake;
  channelId: Snowflake;
  name: string;
  messageId?: Snowflake;
  content?: string;
  tags?: Snowflake[];
  private?: boolean;
}

function openThreadAs(world: World, input: ThreadInput) {
  const { memberId, name, tags } = input;
  const channel = channelOf(world, memberId, input.channelId);
  const isForum = channel.type === ChannelType.GuildForum;
  const content = checkForm(messageForm, { content: input.content });
  if (isForum)
    allow((input.content ?? '').trim() !== '', 'A post in a forum needs a first message.', 'invalid');
  const message =
    input.messageId === undefined ? null : findMessage(world, memberId, channel, input.messageId);
  const type = input.private === true ? ChannelType.PrivateThread : ChannelType.PublicThread;
  const thread = isForum
    ? openForumPost(world, memberId, channel, { name, type: ChannelType.PublicThread, tags })
    : openThread(world, memberId, channel, { name, type }, message);
  const first =
    input.content === undefined
      ? null
      : sendMessage(world, { userId: memberId, ...(isForum ? { id: thread.id } : {}) }, thread, content)
          .message;
  return {
    thread: viewThread(world, thread, memberId),
    message: first === null ? null : viewMessage(world, first, memberId),
  };
}
