// Messages: each member's view of a channel is loaded when it is looked at, and kept up to date from then on.
import type { APIMessage, GatewayMessageReactionAddDispatchData, Snowflake } from 'discord-api-types/v10';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Dispatch, ViewedMessage } from '../../../control/api.ts';
import { call } from '../control/call.ts';
import { type History, historyKey, type State } from './state.ts';
import { state, update } from './store.ts';
import { applyVote } from './votes.ts';

const PAGE = 50;
const KEPT = 16;
// A channel that is written in for hours stays quick to draw; what goes comes back as one scrolls up.
const MOST_MESSAGES = 600;
const MESSAGES_LEFT = 400;

/**
 * Loads the newest messages of a channel, unless they are there or on their way.
 * @param memberId who looks
 * @param channelId at what
 */
export async function openHistory(memberId: Snowflake, channelId: Snowflake): Promise<void> {
  const known = state.histories.get(historyKey(memberId, channelId));
  if (known && (known.loaded || known.loading)) return;
  await load(memberId, channelId, undefined);
}

/**
 * Loads what is older than the oldest message shown.
 * @param history a loaded history
 */
export async function loadOlder(history: History): Promise<void> {
  const oldest = history.messages[0];
  if (!history.loaded || history.loading || history.complete || !oldest) return;
  await load(history.memberId, history.channelId, oldest.message.id);
}

/** Marks every history as out of date, and loads anew those that are in sight. What is shown stays meanwhile. */
export async function reloadHistories(): Promise<void> {
  const open = [...state.histories.values()];
  update(() => {
    for (const history of open) replace({ ...history, loaded: false, loading: false });
  });
  await Promise.all(open.map((history) => load(history.memberId, history.channelId, undefined)));
}

async function load(memberId: Snowflake, channelId: Snowflake, before: Snowflake | undefined): Promise<void> {
  const key = historyKey(memberId, channelId);
  update(() => {
    replace({
      ...(state.histories.get(key) ?? emptyHistory(memberId, channelId)),
      loading: true,
      error: null,
    });
    forgetOldest();
  });
  try {
    const page = { channelId, as: memberId, limit: PAGE, ...(before ? { before } : {}) };
    const { messages } = await call('getMessages', page);
    update(() => merge(key, messages, before !== undefined));
  } catch (error) {
    update(() => {
      const history = state.histories.get(key);
      if (history) replace({ ...history, loading: false, error: String((error as Error).message) });
    });
  }
}

function emptyHistory(memberId: Snowflake, channelId: Snowflake): History {
  return {
    memberId,
    channelId,
    messages: [],
    loaded: false,
    loading: false,
    complete: false,
    scrolledUp: false,
    error: null,
  };
}

function merge(key: string, page: ViewedMessage[], older: boolean): void {
  const history = state.histories.get(key);
  if (!history) return;
  const newestOfPage = page.at(-1)?.message.id ?? '0';
  const messages = older
    ? [...page, ...history.messages]
    : [
        ...page,
        // Messages that arrived live while the page was under way are newer than all of it.
        ...history.messages.filter(({ message }) => isNewer(message.id, newestOfPage) && page.length > 0),
      ];
  replace({
    ...history,
    messages,
    loaded: true,
    loading: false,
    complete: page.length < PAGE,
    scrolledUp: history.scrolledUp || older,
  });
}

function replace(history: History): void {
  state.histories.set(historyKey(history.memberId, history.channelId), history);
}

function forgetOldest(): void {
  const shown = new Set(state.columns.map((column) => column.memberId));
  for (const [key, history] of state.histories) {
    if (state.histories.size <= KEPT) return;
    if (!shown.has(history.memberId) || !history.loading) state.histories.delete(key);
  }
}

/**
 * Compares two snowflakes.
 * @param id one
 * @param other the other
 * @returns whether `id` was made later
 */
export function isNewer(id: Snowflake, other: Snowflake): boolean {
  return id.length === other.length ? id > other : id.length > other.length;
}

/**
 * Takes in a dispatch about messages.
 * @param current the state, changed in place
 * @param dispatch any dispatch; others change nothing
 * @param visibleTo the one member who sees the message, or null
 * @param pinged who was notified by it
 */
export function applyMessageDispatch(
  current: State,
  dispatch: Dispatch,
  visibleTo: Snowflake | null,
  pinged: Snowflake[],
): void {
  switch (dispatch.t) {
    case GatewayDispatchEvents.MessageCreate:
      onHistories(current, dispatch.d.channel_id, visibleTo, (messages) =>
        append(messages, { message: dispatch.d, visibleTo, pinged }),
      );
      break;
    case GatewayDispatchEvents.MessageUpdate:
      onHistories(current, dispatch.d.channel_id, visibleTo, (messages) => edit(messages, dispatch.d));
      break;
    case GatewayDispatchEvents.MessageDelete:
      remove(current, dispatch.d.channel_id, [dispatch.d.id]);
      break;
    case GatewayDispatchEvents.MessageDeleteBulk:
      remove(current, dispatch.d.channel_id, dispatch.d.ids);
      break;
    case GatewayDispatchEvents.MessageReactionAdd:
    case GatewayDispatchEvents.MessageReactionRemove: {
      const added = dispatch.t === GatewayDispatchEvents.MessageReactionAdd;
      changeMessage(current, dispatch.d.channel_id, dispatch.d.message_id, (message, memberId) =>
        withReaction(message, dispatch.d, memberId === dispatch.d.user_id, added),
      );
      break;
    }
    case GatewayDispatchEvents.MessageReactionRemoveAll:
      changeMessage(current, dispatch.d.channel_id, dispatch.d.message_id, (message) => ({
        ...message,
        reactions: [],
      }));
      break;
    case GatewayDispatchEvents.MessageReactionRemoveEmoji: {
      const { emoji } = dispatch.d;
      changeMessage(current, dispatch.d.channel_id, dispatch.d.message_id, (message) => ({
        ...message,
        reactions: (message.reactions ?? []).filter((reaction) => !sameEmoji(reaction.emoji, emoji)),
      }));
      break;
    }
    case GatewayDispatchEvents.MessagePollVoteAdd:
    case GatewayDispatchEvents.MessagePollVoteRemove: {
      const added = dispatch.t === GatewayDispatchEvents.MessagePollVoteAdd;
      changeMessage(current, dispatch.d.channel_id, dispatch.d.message_id, (message, memberId) =>
        applyVote(message, dispatch.d.answer_id, memberId === dispatch.d.user_id, added),
      );
      break;
    }
    default:
      break;
  }
}

function onHistories(
  current: State,
  channelId: Snowflake,
  visibleTo: Snowflake | null,
  change: (messages: ViewedMessage[], memberId: Snowflake) => ViewedMessage[],
): void {
  for (const history of current.histories.values()) {
    if (history.channelId !== channelId) continue;
    if (visibleTo !== null && visibleTo !== history.memberId) continue;
    const messages = change(history.messages, history.memberId);
    if (messages === history.messages) continue;
    if (history.scrolledUp || messages.length <= MOST_MESSAGES) replace({ ...history, messages });
    else replace({ ...history, messages: messages.slice(-MESSAGES_LEFT), complete: false });
  }
}

function append(messages: ViewedMessage[], viewed: ViewedMessage): ViewedMessage[] {
  if (messages.some(({ message }) => message.id === viewed.message.id)) return messages;
  return [...messages, viewed];
}

function edit(messages: ViewedMessage[], changed: Partial<APIMessage> & { id: Snowflake }): ViewedMessage[] {
  const index = messages.findIndex(({ message }) => message.id === changed.id);
  const known = messages[index];
  if (!known) return messages;
  // Reactions are not part of an edit, and whose they are differs from member to member.
  const { reactions } = known.message;
  const message = { ...known.message, ...changed, ...(reactions ? { reactions } : {}) };
  return messages.with(index, { ...known, message });
}

function remove(current: State, channelId: Snowflake, ids: Snowflake[]): void {
  const gone = new Set(ids);
  onHistories(current, channelId, null, (messages) =>
    messages.some(({ message }) => gone.has(message.id))
      ? messages.filter(({ message }) => !gone.has(message.id))
      : messages,
  );
}

function changeMessage(
  current: State,
  channelId: Snowflake,
  messageId: Snowflake,
  change: (message: APIMessage, memberId: Snowflake) => APIMessage,
): void {
  onHistories(current, channelId, null, (messages, memberId) => {
    const index = messages.findIndex(({ message }) => message.id === messageId);
    const known = messages[index];
    return known ? messages.with(index, { ...known, message: change(known.message, memberId) }) : messages;
  });
}

type Emoji = GatewayMessageReactionAddDispatchData['emoji'];

function sameEmoji(one: Emoji, other: Emoji): boolean {
  return one.id || other.id ? one.id === other.id : one.name === other.name;
}

function withReaction(
  message: APIMessage,
  { emoji }: { emoji: Emoji },
  mine: boolean,
  added: boolean,
): APIMessage {
  const reactions = message.reactions ?? [];
  const index = reactions.findIndex((reaction) => sameEmoji(reaction.emoji, emoji));
  const known = reactions[index];
  const step = added ? 1 : -1;
  if (!known) {
    const first = { emoji, count: 1, me: mine, me_burst: false, burst_colors: [] };
    const details = { count_details: { burst: 0, normal: 1 } };
    return added ? { ...message, reactions: [...reactions, { ...first, ...details }] } : message;
  }
  const changed = { ...known, count: known.count + step, me: mine ? added : known.me };
  const kept = changed.count > 0 ? reactions.with(index, changed) : reactions.toSpliced(index, 1);
  return { ...message, reactions: kept };
}
