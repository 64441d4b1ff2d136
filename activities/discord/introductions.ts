import type { REST } from '@discordjs/rest';
import { type APIMessage, RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import { type ChannelId, firstIdAt, isNewer, type MemberId, toMemberId } from '../../domain/ids.ts';
import { isWritten } from '../../domain/introductions.ts';
import { ask } from './errors.ts';

const PAGE = 100;

/**
 * Who has written in the channel for introductions. It reads forward from where it was: one request tells of everybody who has
 * written since the last one, however many members are asked about.
 */
export class Introductions {
  readonly #rest: REST;
  readonly #channelId: ChannelId;
  /** The newest message of each author since `#from`. */
  readonly #newest = new Map<MemberId, string>();
  #from: string | undefined;
  #readUpTo = '0';
  #reading: Promise<void> | undefined;
  #isDeleted = false;

  constructor(rest: REST, channelId: ChannelId) {
    this.#rest = rest;
    this.#channelId = channelId;
  }

  /** Whether the member has written there since `since` (ms since 1970), as far as it can still be read. */
  async hasWritten(memberId: MemberId, since: number): Promise<boolean | 'channel deleted'> {
    const from = firstIdAt(since);
    await this.#readFrom(from);
    const newest = this.#newest.get(memberId);
    if (newest !== undefined && isNewer(newest, from)) return true;
    return this.#isDeleted ? 'channel deleted' : false;
  }

  async #readFrom(from: string): Promise<void> {
    // What is being read may not go back far enough, or may have passed the place of a message written just now.
    await this.#reading?.catch(() => undefined);
    this.#reading ??= this.#read(from).finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
    if (this.#from === undefined || isNewer(this.#from, from)) await this.#readFrom(from);
  }

  async #read(from: string): Promise<void> {
    if (this.#from === undefined || isNewer(this.#from, from)) {
      this.#from = from;
      this.#readUpTo = from;
    }
    for (;;) {
      const messages = await this.#readPage(this.#readUpTo);
      for (const message of messages) this.#note(message);
      if (messages.length < PAGE) return;
    }
  }

  #note({ id, type, author }: APIMessage): void {
    if (isNewer(id, this.#readUpTo)) this.#readUpTo = id;
    if (!isWritten(type)) return;
    const member = toMemberId(author.id);
    if (isNewer(id, this.#newest.get(member) ?? '0')) this.#newest.set(member, id);
  }

  /** Nothing where the bot may not read: then nobody is known to have written. */
  async #readPage(after: string): Promise<APIMessage[]> {
    const query = new URLSearchParams({ limit: String(PAGE), after });
    const result = await ask(
      () => this.#rest.get(Routes.channelMessages(this.#channelId), { query }) as Promise<APIMessage[]>,
    );
    if ('answer' in result) return result.answer;
    this.#isDeleted ||= result.refusal.code === RESTJSONErrorCodes.UnknownChannel;
    return [];
  }
}
