/** Messages by id and, in order, by channel. */

import type { Snowflake } from 'discord-api-types/v10';
import { Collection } from './collection.ts';
import type { MessageRecord } from './records.ts';
import { compareIds } from './snowflake.ts';

/** Which part of a channel's history. At most one of the three is used, in this order. */
export interface HistoryRange {
  around?: Snowflake | undefined;
  before?: Snowflake | undefined;
  after?: Snowflake | undefined;
  limit: number;
}

export class Messages {
  readonly records = new Collection<MessageRecord>();
  readonly #byChannel = new Map<Snowflake, Snowflake[]>();

  get(channelId: Snowflake, messageId: Snowflake): MessageRecord | undefined {
    const message = this.records.get(messageId);
    return message?.channelId === channelId ? message : undefined;
  }

  add(message: MessageRecord): void {
    this.records.set(message.id, message);
    const ids = this.#idsOf(message.channelId);
    const newest = ids.at(-1);
    if (newest === undefined || compareIds(newest, message.id) < 0) ids.push(message.id);
    else ids.splice(firstNotBefore(ids, message.id), 0, message.id);
  }

  /** To be called after a message was changed in place. */
  changed(message: MessageRecord): void {
    this.records.set(message.id, message);
  }

  remove(message: MessageRecord): void {
    this.records.delete(message.id);
    const ids = this.#idsOf(message.channelId);
    const index = firstNotBefore(ids, message.id);
    if (ids[index] === message.id) ids.splice(index, 1);
  }

  removeChannel(channelId: Snowflake): void {
    for (const id of this.#idsOf(channelId)) this.records.delete(id);
    this.#byChannel.delete(channelId);
  }

  /** A part of the history, newest first, of the messages that pass the test. */
  history(
    channelId: Snowflake,
    range: HistoryRange,
    visible: (message: MessageRecord) => boolean,
  ): MessageRecord[] {
    const ids = this.#idsOf(channelId);
    if (range.around !== undefined) return this.#around(ids, range.around, range.limit, visible);
    if (range.before !== undefined)
      return this.#collect(ids, firstNotBefore(ids, range.before) - 1, -1, range.limit, visible);
    if (range.after === undefined) return this.#collect(ids, ids.length - 1, -1, range.limit, visible);
    return this.#collect(ids, firstAfter(ids, range.after), 1, range.limit, visible).reverse();
  }

  /** The newest messages of the channel, newest first, without an end: stop when you have what you need. */
  *newestFirst(channelId: Snowflake): Generator<MessageRecord> {
    const ids = this.#idsOf(channelId);
    for (let index = ids.length - 1; index >= 0; index--) {
      const message = this.records.get(ids[index] ?? '');
      if (message !== undefined) yield message;
    }
  }

  count(channelId: Snowflake): number {
    return this.#idsOf(channelId).length;
  }

  reindex(): void {
    this.#byChannel.clear();
    for (const message of this.records.values()) this.#idsOf(message.channelId).push(message.id);
    for (const ids of this.#byChannel.values()) ids.sort(compareIds);
  }

  #around(
    ids: Snowflake[],
    id: Snowflake,
    limit: number,
    visible: (message: MessageRecord) => boolean,
  ): MessageRecord[] {
    const half = Math.floor(limit / 2);
    const older = this.#collect(ids, firstAfter(ids, id) - 1, -1, limit - half, visible);
    const newer = this.#collect(ids, firstAfter(ids, id), 1, half, visible);
    return [...newer.reverse(), ...older];
  }

  #collect(
    ids: Snowflake[],
    from: number,
    step: 1 | -1,
    limit: number,
    visible: (message: MessageRecord) => boolean,
  ): MessageRecord[] {
    const found: MessageRecord[] = [];
    for (let index = from; index >= 0 && index < ids.length && found.length < limit; index += step) {
      const message = this.records.get(ids[index] ?? '');
      if (message !== undefined && visible(message)) found.push(message);
    }
    return found;
  }

  #idsOf(channelId: Snowflake): Snowflake[] {
    let ids = this.#byChannel.get(channelId);
    if (ids === undefined) {
      ids = [];
      this.#byChannel.set(channelId, ids);
    }
    return ids;
  }
}

/** The index of the first id that is `id` or newer, by halving. */
function firstNotBefore(ids: Snowflake[], id: Snowflake): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareIds(ids[middle] ?? '', id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAfter(ids: Snowflake[], id: Snowflake): number {
  const index = firstNotBefore(ids, id);
  return ids[index] === id ? index + 1 : index;
}
