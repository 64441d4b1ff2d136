/** Messages in Discord's shapes. */

import {
  type APIMessage,
  type APIPoll,
  type APIReaction,
  type GatewayMessageCreateDispatchData,
  MessageFlags,
  type PollLayoutType,
  type Snowflake,
} from 'discord-api-types/v10';
import type { ViewedMessage } from '../control/api.ts';
import type { MessageRecord, PollRecord, ReactionRecord } from '../state/records.ts';
import { snowflakeTime } from '../state/snowflake.ts';
import { toDiscordTime, type World } from '../state/world.ts';
import { viewThread } from './channels.ts';
import { viewMemberAlone, viewUser } from './users.ts';

/** A message as `viewerId` sees it: which reactions and votes are their own. */
export function viewMessage(world: World, message: MessageRecord, viewerId: Snowflake): APIMessage {
  const view = { ...withoutReference(world, message, viewerId) };
  const referenceId = message.reference?.message_id;
  if (message.type !== 19 || referenceId === undefined) return view;
  const referenced = world.messages.records.get(referenceId);
  view.referenced_message = referenced === undefined ? null : withoutReference(world, referenced, viewerId);
  return view;
}

/** A message and who is concerned by it, for the control API. */
export function viewForControl(world: World, message: MessageRecord, viewerId: Snowflake): ViewedMessage {
  return {
    message: viewMessage(world, message, viewerId),
    visibleTo: message.visibleTo,
    pinged: message.pinged,
  };
}

/** A message as the gateway tells it: with guild and member, without anybody's own reactions. */
export function viewMessageEvent(world: World, message: MessageRecord): GatewayMessageCreateDispatchData {
  const view = viewMessage(world, message, world.botId);
  const channel = world.channels.get(message.channelId);
  const common = {
    ...view,
    channel_type: channel?.type ?? 0,
  } as GatewayMessageCreateDispatchData;
  if (channel === undefined || channel.kind === 'dm') return common;
  const author = world.members.get(message.authorId);
  return {
    ...common,
    guild_id: world.guild.id,
    ...(author === undefined || message.webhook?.name ? {} : { member: viewMemberAlone(author) }),
    mentions: message.mentions.map((id) => {
      const member = world.members.get(id);
      return { ...viewUser(world, id), ...(member === undefined ? {} : { member: viewMemberAlone(member) }) };
    }),
  } as GatewayMessageCreateDispatchData;
}

function withoutReference(world: World, message: MessageRecord, viewerId: Snowflake): APIMessage {
  const thread = world.channels.get(message.id);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    content: message.content,
    author: viewAuthor(world, message),
    timestamp: toDiscordTime(snowflakeTime(message.id)),
    edited_timestamp: message.editedAt,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments,
    mentions: message.mentions.map((id) => viewUser(world, id)),
    mention_roles: message.mentionRoles,
    mention_everyone: message.mentionEveryone,
    pinned: message.pinnedAt !== null,
    tts: message.tts,
    flags: message.flags | (thread?.kind === 'thread' ? MessageFlags.HasThread : 0),
    ...(message.reference === null ? {} : { message_reference: message.reference }),
    ...(message.reactions.length === 0 ? {} : { reactions: message.reactions.map(reactionFor(viewerId)) }),
    ...(message.poll === null ? {} : { poll: viewPoll(message.poll, viewerId) }),
    ...(message.webhook === null ? {} : { webhook_id: message.webhook.id }),
    ...(message.webhook?.applicationId ? { application_id: message.webhook.applicationId } : {}),
    ...(message.interaction === null ? {} : { interaction_metadata: message.interaction }),
    ...(thread?.kind === 'thread' ? { thread: viewThread(world, thread) } : {}),
  };
}

function viewAuthor(world: World, message: MessageRecord): APIMessage['author'] {
  const name = message.webhook?.name;
  if (!name) return viewUser(world, message.authorId);
  const { webhook } = message;
  return {
    ...viewUser(world, world.botId),
    id: webhook?.id ?? '0',
    username: name,
    global_name: null,
    discriminator: '0000',
    bot: true,
  };
}

function reactionFor(viewerId: Snowflake): (reaction: ReactionRecord) => APIReaction {
  return (reaction) => ({
    emoji: viewEmoji(reaction.emoji),
    count: reaction.userIds.length,
    count_details: { burst: 0, normal: reaction.userIds.length },
    burst_colors: [],
    me_burst: false,
    me: reaction.userIds.includes(viewerId),
  });
}

/** An emoji as reactions carry it, from the text that names it in an address. */
export function viewEmoji(emoji: string): { id: Snowflake | null; name: string } {
  const custom = /^(\w+):(\d+)$/.exec(emoji);
  return custom === null ? { id: null, name: emoji } : { id: custom[2] ?? null, name: custom[1] ?? '' };
}

/** A poll with its counts. */
function viewPoll(poll: PollRecord, viewerId: Snowflake): APIPoll {
  return {
    question: { text: poll.question },
    answers: poll.answers,
    expiry: poll.expiry,
    allow_multiselect: poll.multiselect,
    layout_type: 1 as PollLayoutType,
    results: {
      is_finalized: poll.finalized,
      answer_counts: poll.answers.map(({ answer_id }) => ({
        id: answer_id,
        count: poll.votes[answer_id]?.length ?? 0,
        me_voted: poll.votes[answer_id]?.includes(viewerId) ?? false,
      })),
    },
  };
}
