// What the page keeps for each member whom somebody acts as: the channels they see, and what they have not read.
import type { Snowflake } from 'discord-api-types/v10';
import { call } from '../control/call.ts';
import { isNewer } from './histories.ts';
import { readPreferences, savePreferences } from './preferences.ts';
import type { State, Viewer } from './state.ts';
import { state, update } from './store.ts';

const DISCORD_EPOCH = 1_420_070_400_000n;

/**
 * Makes sure that the page keeps track of what a member sees and has read.
 * @param memberId the member
 */
export async function openViewer(memberId: Snowflake): Promise<void> {
  if (state.viewers.has(memberId)) return;
  const read = new Map(Object.entries(readPreferences().read[memberId] ?? {}));
  update(() => state.viewers.set(memberId, { memberId, channels: null, read, pings: new Map() }));
  await Promise.all([loadChannels(memberId), loadPings(memberId)]);
}

/** Asks again for what every viewer sees; needed when roles, channels or permissions changed. */
export async function reloadViewers(): Promise<void> {
  await Promise.all([...state.viewers.keys()].map((id) => Promise.all([loadChannels(id), loadPings(id)])));
}

let reloading: ReturnType<typeof setTimeout> | null = null;

/** As `reloadViewers` for the channels alone, once for many changes in quick succession. */
export function reloadChannelsSoon(): void {
  if (reloading) return;
  reloading = setTimeout(() => {
    reloading = null;
    for (const memberId of state.viewers.keys()) void loadChannels(memberId);
  }, 150);
}

async function loadChannels(memberId: Snowflake): Promise<void> {
  // Who has left sees no channel.
  const answer = await call('getMemberChannels', { memberId }).catch(() => ({ channels: [] }));
  update(() => {
    const viewer = state.viewers.get(memberId);
    if (viewer) viewer.channels = new Map(answer.channels.map((channel) => [channel.channelId, channel]));
  });
}

async function loadPings(memberId: Snowflake): Promise<void> {
  const [mentions, direct] = await Promise.all([
    call('getPings', { memberId }).catch(() => ({ pings: [] })),
    call('getDirectMessages', { memberId, limit: 50 }).catch(() => ({ messages: [] })),
  ]);
  update(() => {
    const viewer = state.viewers.get(memberId);
    if (!viewer) return;
    for (const { channelId, messageId } of mentions.pings) addPing(state, viewer, channelId, messageId);
    for (const { message } of direct.messages) {
      if (message.author.id !== memberId) addPing(state, viewer, message.channel_id, message.id);
    }
  });
}

/**
 * Counts a message that notifies the viewer, unless it has been read.
 * @param current the state
 * @param viewer who is notified, changed in place
 * @param channelId where
 * @param messageId by what
 */
export function addPing(current: State, viewer: Viewer, channelId: Snowflake, messageId: Snowflake): void {
  if (!isNewer(messageId, readUpTo(current, viewer, channelId))) return;
  const pings = viewer.pings.get(channelId) ?? new Set();
  viewer.pings.set(channelId, pings.add(messageId));
}

/**
 * Tells whether a channel holds something that the viewer has not read.
 * @param current the state
 * @param viewer whose view
 * @param channelId the channel
 * @param lastMessageId the channel's newest message, as Discord gives it with the channel
 * @returns whether it is unread
 */
export function isUnread(
  current: State,
  viewer: Viewer,
  channelId: Snowflake,
  lastMessageId: Snowflake | null | undefined,
): boolean {
  return lastMessageId ? isNewer(lastMessageId, readUpTo(current, viewer, channelId)) : false;
}

/** What was written before somebody joined counts as read. */
function readUpTo(current: State, viewer: Viewer, channelId: Snowflake): Snowflake {
  const marked = viewer.read.get(channelId);
  if (marked) return marked;
  const joined = current.guild?.members.get(viewer.memberId)?.member.joined_at;
  if (!joined) return '0';
  return String(((BigInt(Date.parse(joined)) - DISCORD_EPOCH) << 22n) - 1n);
}

/**
 * Marks a channel as read up to a message.
 * @param memberId who has read
 * @param channelId where
 * @param messageId the newest message that was in sight
 */
export function markRead(memberId: Snowflake, channelId: Snowflake, messageId: Snowflake): void {
  const viewer = state.viewers.get(memberId);
  const known = viewer?.read.get(channelId);
  if (!viewer || (known && !isNewer(messageId, known) && !viewer.pings.has(channelId))) return;
  update(() => {
    viewer.read.set(channelId, messageId);
    viewer.pings.delete(channelId);
  });
  const read = readPreferences().read;
  savePreferences({ read: { ...read, [memberId]: Object.fromEntries(viewer.read) } });
}
