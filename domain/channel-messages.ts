/** Messages in the guild's channels: what is kept of them, and which of them count. */

import { type Duration, toMilliseconds } from './duration.ts';
import { type ChannelId, createdAt, type MemberId, type MessageId } from './ids.ts';

/** Which messages count, and how long is kept what is known of them. */
export interface ChannelMessageSettings {
  /** How long after a message that counted the member's next can count. */
  readonly coolDown: Duration;
  /** How many characters a message must have. */
  readonly minimumLength: number;
  /** The names of channels in which messages do not count. */
  readonly excludedChannels: readonly string[];
  /** How long it is known who wrote when and where. */
  readonly keptFor: Duration;
  /** How far back is read what was missed. */
  readonly reach: Duration;
}

/** What is kept of a message. Its id holds when it was written. */
export interface ChannelMessage {
  readonly id: MessageId;
  /** The channel or thread in which it stands. */
  readonly channelId: ChannelId;
  readonly memberId: MemberId;
  /** How many characters it has, spaces at the ends and repeated ones left out. */
  readonly length: number;
  /** The same number for the same words of the same member; the words cannot be had back from it. */
  readonly fingerprint: string;
  /** It was written where messages do not count. */
  readonly excluded: boolean;
}

/** What has to be known of a member to tell which of their next messages count. */
export interface WriterState {
  /** Their last message that counted, if there is one. */
  readonly lastCounted: MessageId | null;
  /** The fingerprint of their last message. */
  readonly lastFingerprint: string;
}

/** Which of some messages count, and how they leave their writers. */
export interface CountedMessages {
  readonly counted: readonly ChannelMessage[];
  readonly states: ReadonlyMap<MemberId, WriterState>;
}

/** The words of a message without what does not make them others: case, and spaces at the ends or repeated. */
export function plainWords(content: string): string {
  return content.trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** Where a message stands: the channel's name and, for a thread, that of the channel it belongs to. */
export function isExcluded(
  names: readonly (string | null | undefined)[],
  { excludedChannels }: Pick<ChannelMessageSettings, 'excludedChannels'>,
): boolean {
  return names.some((name) => typeof name === 'string' && excludedChannels.includes(name));
}

/**
 * Which of `messages` count: long enough, not where messages do not count, not the same words as the member's message before,
 * and written when the cool-down since the last one that counted is over. They are given in the order of their ids, and after
 * all earlier ones: then the same messages count however they were divided.
 *
 * @param before how their writers were left by the messages before; who is not in it has written none
 */
export function countMessages(
  before: ReadonlyMap<MemberId, WriterState>,
  messages: readonly ChannelMessage[],
  settings: Pick<ChannelMessageSettings, 'coolDown' | 'minimumLength'>,
): CountedMessages {
  const coolDownMs = toMilliseconds(settings.coolDown);
  const states = new Map<MemberId, WriterState>();
  const counted = messages.filter((message) => {
    const state = states.get(message.memberId) ?? before.get(message.memberId);
    const counts =
      !message.excluded &&
      message.length >= settings.minimumLength &&
      message.fingerprint !== state?.lastFingerprint &&
      isCool(state?.lastCounted ?? null, message.id, coolDownMs);
    const lastCounted = counts ? message.id : (state?.lastCounted ?? null);
    states.set(message.memberId, { lastCounted, lastFingerprint: message.fingerprint });
    return counts;
  });
  return { counted, states };
}

function isCool(last: MessageId | null, next: MessageId, coolDownMs: number): boolean {
  return last === null || createdAt(next) - createdAt(last) >= coolDownMs;
}

/** What a message is in the ledger as a cause of points. */
export function messageCause(id: MessageId): string {
  return `message/${id}`;
}
