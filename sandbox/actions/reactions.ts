/** Reactions. */

import { GatewayDispatchEvents, ReactionType, type Snowflake } from 'discord-api-types/v10';
import { ensure } from '../rules/errors.ts';
import { ensureChannelPermissions } from '../rules/permissions.ts';
import type { ChannelRecord, MessageRecord, ReactionRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewEmoji } from '../views/messages.ts';
import { viewMember } from '../views/users.ts';
import { inChannel } from './tell.ts';

const maximumReactions = 20;
/** One emoji as Unicode counts it: with skin tones and joiners, flags, or a digit in a key cap. */
const unicodeEmoji = /^(\p{RGI_Emoji}|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?)$/v;
const customEmoji = /^\w{2,32}:\d{1,20}$/;

/** Whether the text names one emoji. */
export function isEmoji(emoji: string): boolean {
  return unicodeEmoji.test(emoji) || customEmoji.test(emoji);
}

/**
 * Adds somebody's reaction; nothing happens when it is there.
 * @throws DiscordError 10014, 50013, 30010
 */
export function addReaction(
  world: World,
  userId: Snowflake,
  channel: ChannelRecord,
  message: MessageRecord,
  emoji: string,
): void {
  ensureChannelPermissions(world, userId, channel, ['ReadMessageHistory']);
  ensure(isEmoji(emoji), 'unknownEmoji');
  ensure(message.visibleTo === null, 'unknownMessage');
  let reaction = message.reactions.find((candidate) => candidate.emoji === emoji);
  if (reaction === undefined) {
    // A reaction that is there already may be joined without the permission to add one.
    ensureChannelPermissions(world, userId, channel, ['AddReactions']);
    ensure(message.reactions.length < maximumReactions, 'maximumReactions');
    reaction = { emoji, userIds: [] };
    message.reactions.push(reaction);
  }
  if (reaction.userIds.includes(userId)) return;
  reaction.userIds.push(userId);
  world.messages.changed(message);
  tellReaction(world, message, userId, emoji, true);
}

/**
 * Takes a reaction away: one's own, or anybody's with Manage Messages.
 * @throws DiscordError 50013, 10014
 */
export function removeReaction(
  world: World,
  actorId: Snowflake,
  channel: ChannelRecord,
  message: MessageRecord,
  emoji: string,
  userId: Snowflake,
): void {
  ensureChannelPermissions(world, actorId, channel, actorId === userId ? [] : ['ManageMessages']);
  ensure(isEmoji(emoji), 'unknownEmoji');
  const reaction = message.reactions.find((candidate) => candidate.emoji === emoji);
  if (reaction === undefined || !reaction.userIds.includes(userId)) return;
  reaction.userIds = reaction.userIds.filter((id) => id !== userId);
  dropEmpty(message);
  world.messages.changed(message);
  tellReaction(world, message, userId, emoji, false);
}

function dropEmpty(message: MessageRecord): void {
  message.reactions = message.reactions.filter(({ userIds }) => userIds.length > 0);
}

/** Takes all reactions away, or all with one emoji. */
export function clearReactions(
  world: World,
  actorId: Snowflake,
  channel: ChannelRecord,
  message: MessageRecord,
  emoji?: string,
): void {
  ensureChannelPermissions(world, actorId, channel, ['ManageMessages']);
  if (emoji !== undefined) ensure(isEmoji(emoji), 'unknownEmoji');
  const { fields, to } = inChannel(world, channel.id);
  const keep = (reaction: ReactionRecord) => emoji !== undefined && reaction.emoji !== emoji;
  message.reactions = message.reactions.filter(keep);
  world.messages.changed(message);
  const d = { ...fields, message_id: message.id };
  if (emoji === undefined)
    world.events.dispatch({ t: GatewayDispatchEvents.MessageReactionRemoveAll, d }, to);
  else
    world.events.dispatch(
      { t: GatewayDispatchEvents.MessageReactionRemoveEmoji, d: { ...d, emoji: viewEmoji(emoji) } },
      to,
    );
}

function tellReaction(
  world: World,
  message: MessageRecord,
  userId: Snowflake,
  emoji: string,
  added: boolean,
): void {
  const { fields, to } = inChannel(world, message.channelId);
  const common = {
    ...fields,
    user_id: userId,
    message_id: message.id,
    emoji: viewEmoji(emoji),
    burst: false,
    type: ReactionType.Normal,
  };
  const member = world.members.get(userId);
  if (added)
    world.events.dispatch(
      {
        t: GatewayDispatchEvents.MessageReactionAdd,
        d: {
          ...common,
          message_author_id: message.authorId,
          ...(to.guildId !== null && member !== undefined ? { member: viewMember(world, member) } : {}),
        },
      },
      to,
    );
  else world.events.dispatch({ t: GatewayDispatchEvents.MessageReactionRemove, d: common }, to);
}
