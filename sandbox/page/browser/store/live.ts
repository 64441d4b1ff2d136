// The connection to the local Discord: a WebSocket that comes back by itself and then starts from a new snapshot.
import type { Snowflake } from 'discord-api-types/v10';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Dispatch, LiveMessage } from '../../../control/api.ts';
import { livePath } from '../../../control/api.ts';
import { call } from '../control/call.ts';
import { announceMessage } from './announce.ts';
import { dmChannelOf, openDirectMessages, showSnapshot } from './columns.ts';
import { applyGuildDispatch, applyMember } from './guild.ts';
import { applyMessageDispatch, reloadHistories } from './histories.ts';
import { applyInteraction } from './interactions.ts';
import type { State } from './state.ts';
import { state, update } from './store.ts';
import { addPing, reloadChannelsSoon, reloadViewers } from './viewers.ts';

const REQUESTS_KEPT = 300;
const TYPING_MS = 9_000;
const LONGEST_WAIT_MS = 5_000;

/** Connects, and connects again whenever the connection is lost. */
export function connect(waitMs = 250): void {
  const socket = new WebSocket(
    `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${livePath}`,
  );
  let opened = false;
  socket.addEventListener('message', (event) => {
    opened = true;
    take(JSON.parse(String(event.data)) as LiveMessage);
  });
  socket.addEventListener('close', () => {
    update(() => {
      state.connection = state.connection === 'connecting' ? 'connecting' : 'away';
    });
    const next = opened ? 250 : Math.min(waitMs * 2, LONGEST_WAIT_MS);
    setTimeout(() => connect(next), waitMs);
  });
}

function take(message: LiveMessage): void {
  if (message.kind === 'snapshot') {
    const again = state.guild !== null;
    update((current) => takeSnapshot(current, message));
    void loadSettings();
    void loadCommandNames();
    // After an absence anything may have changed.
    if (again) void Promise.all([reloadViewers(), reloadHistories()]);
    return;
  }
  update((current) => takeChange(current, message));
}

async function loadSettings(): Promise<void> {
  const settings = await call('getSettings', {}).catch(() => null);
  if (settings)
    update(() => {
      state.settings = settings;
    });
}

/** A message names the command that it answers by the id of the interaction alone. */
async function loadCommandNames(): Promise<void> {
  const { interactions } = await call('listInteractions', {}).catch(() => ({ interactions: [] }));
  update(() => {
    for (const { id, name } of interactions) state.commandNames.set(id, name);
  });
}

function takeSnapshot(current: State, message: Extract<LiveMessage, { kind: 'snapshot' }>): void {
  current.connection = 'live';
  current.faults = message.faults;
  current.limits = message.limits;
  showSnapshot(current, message.state);
}

function takeChange(current: State, message: Exclude<LiveMessage, { kind: 'snapshot' }>): void {
  const { guild } = current;
  if (!guild) return;
  switch (message.kind) {
    case 'dispatch':
      takeDispatch(current, message.dispatch, message.visibleTo, message.pinged);
      break;
    case 'member':
      applyMember(guild, message.member);
      reloadChannelsSoon();
      break;
    case 'commands':
      guild.commands = message.commands;
      break;
    case 'interaction':
      current.commandNames.set(message.interaction.id, message.interaction.name);
      applyInteraction(current, message.interaction);
      break;
    case 'requests':
      current.requests = [...message.entries.toReversed(), ...current.requests].slice(0, REQUESTS_KEPT);
      break;
    case 'faults':
      current.faults = message.faults;
      break;
    case 'limits':
      current.limits = message.limits;
      break;
    case 'bot':
      guild.botOnline = message.online;
      guild.revision += 1;
      break;
    case 'replay':
      break;
  }
}

function takeDispatch(
  current: State,
  dispatch: Dispatch,
  visibleTo: Snowflake | null,
  pinged: Snowflake[],
): void {
  if (!current.guild) return;
  if (applyGuildDispatch(current.guild, dispatch)) reloadChannelsSoon();
  applyMessageDispatch(current, dispatch, visibleTo, pinged);
  if (dispatch.t === GatewayDispatchEvents.ChannelCreate) openDirectMessages();
  if (dispatch.t === GatewayDispatchEvents.MessageCreate)
    takeNewMessage(current, dispatch.d, visibleTo, pinged);
  if (dispatch.t === GatewayDispatchEvents.TypingStart) {
    current.typing.set(`${dispatch.d.channel_id}/${dispatch.d.user_id}`, Date.now() + TYPING_MS);
  }
}

type NewMessage = Extract<Dispatch, { t: GatewayDispatchEvents.MessageCreate }>['d'];

function takeNewMessage(
  current: State,
  message: NewMessage,
  visibleTo: Snowflake | null,
  pinged: Snowflake[],
): void {
  const { guild } = current;
  if (!guild) return;
  const { channel_id: channelId, author } = message;
  if (!guild.users.has(author.id)) guild.users.set(author.id, author);
  current.typing.delete(`${channelId}/${author.id}`);
  if (visibleTo === null) rememberLast(current, channelId, message.id);
  for (const viewer of current.viewers.values()) {
    const direct = dmChannelOf(guild, viewer.memberId) === channelId;
    const notified = pinged.includes(viewer.memberId) || (direct && author.id !== viewer.memberId);
    if (notified) addPing(current, viewer, channelId, message.id);
    if (author.id === viewer.memberId) viewer.read.set(channelId, message.id);
  }
  announceMessage(current, message, visibleTo);
}

function rememberLast(current: State, channelId: Snowflake, messageId: Snowflake): void {
  const maps = [current.guild?.channels, current.guild?.threads, current.guild?.dmChannels];
  for (const map of maps as (Map<Snowflake, object> | undefined)[]) {
    const channel = map?.get(channelId);
    if (channel) map?.set(channelId, { ...channel, last_message_id: messageId });
  }
}
