/** Who a message mentions, and who is notified by it (Discord docs, "Allowed Mentions Object"). */

import { PermissionFlagsBits, type Snowflake } from 'discord-api-types/v10';
import type { ChannelRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { AllowedMentions } from './message-form.ts';
import { channelPermissions, maySee } from './permissions.ts';

export interface Mentions {
  users: Snowflake[];
  roles: Snowflake[];
  everyone: boolean;
  /** The members who are notified. */
  pinged: Snowflake[];
}

export interface MentioningMessage {
  authorId: Snowflake;
  channel: ChannelRecord;
  /** The content and any text displays. */
  text: string;
  allowed: AllowedMentions | undefined;
  /** The author of the message that this one replies to. */
  repliedTo: Snowflake | null;
}

/** Finds the mentions that may count. */
export function findMentions(world: World, message: MentioningMessage): Mentions {
  const text = withoutCode(message.text);
  const { allowed } = message;
  const mayMentionAll =
    (channelPermissions(world, message.authorId, message.channel) & PermissionFlagsBits.MentionEveryone) !==
    0n;
  const users = idsIn(text, /<@!?(\d{1,20})>/g).filter(
    (id) => world.users.has(id) && isAllowed(allowed, 'users', id),
  );
  const replied = message.repliedTo;
  if (replied !== null && !users.includes(replied) && allowsReplyPing(allowed)) users.push(replied);
  const roles = idsIn(text, /<@&(\d{1,20})>/g).filter(
    (id) =>
      isAllowed(allowed, 'roles', id) &&
      world.roles.has(id) &&
      (mayMentionAll || world.roles.get(id)?.mentionable),
  );
  const everyone =
    mayMentionAll &&
    message.channel.kind !== 'dm' &&
    /@(everyone|here)/.test(text) &&
    (allowed === undefined || (allowed.parse?.includes('everyone') ?? false));
  return { users, roles, everyone, pinged: pingedBy(world, message, users, roles, everyone) };
}

function pingedBy(
  world: World,
  message: MentioningMessage,
  users: Snowflake[],
  roles: Snowflake[],
  everyone: boolean,
): Snowflake[] {
  const candidates = new Set(users);
  if (everyone || roles.length > 0)
    for (const member of world.members.values())
      if (everyone || member.roles.some((id) => roles.includes(id))) candidates.add(member.id);
  if (message.channel.kind === 'dm') candidates.add(message.channel.userId);
  candidates.delete(message.authorId);
  return [...candidates].filter((id) => maySee(world, id, message.channel));
}

function isAllowed(allowed: AllowedMentions | undefined, kind: 'users' | 'roles', id: Snowflake): boolean {
  if (allowed === undefined) return true;
  return (allowed.parse?.includes(kind) ?? false) || (allowed[kind]?.includes(id) ?? false);
}

/** A reply notifies unless it says otherwise; with `allowed_mentions` it must say so. */
function allowsReplyPing(allowed: AllowedMentions | undefined): boolean {
  return allowed === undefined || allowed.replied_user === true;
}

function idsIn(text: string, pattern: RegExp): Snowflake[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];
}

/** Nothing inside code is a mention. */
function withoutCode(text: string): string {
  return text.includes('`') ? text.replaceAll(/```.*?```|``.*?``|`[^`]*`/gs, '') : text;
}
