import type { REST } from '@discordjs/rest';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import { type ChannelId, firstIdAt, isNewer, type MemberId, toMemberId } from '../../domain/ids.ts';
import { isWritten } from '../../domain/introductions.ts';
import type { GuildDirectory } from './directory.ts';
import { ask } from './errors.ts';

const PAGE = 100;

/**
 * Who has written in the channel for introductions. It reads forward from where it was: one request tells of everybody who has
 * written since the last one, however many members are asked about.
 */
export class Introductions {
  readonly #rest: REST;
  readonly #directory: GuildDirectory;
  readonly #channelId: ChannelId;
  /** The newest message of each author since `#from`. */
  readonly #newest = new Map<MemberId, string>();
  #from: string | undefined;
  #readUpTo = '0';
  #reading: Promise<void> | undefined;

  constructor(rest: REST, directory: GuildDirectory, channelId: ChannelId) {
    this.#rest = rest;
    this.#directory = directory;
    this.#channelId = channelId;
  }

  /** Whether the member has written there since `since` (ms since 1970). */
  async hasWritten(memberId: MemberId, since: number): Promise<boolean> {
    const from = firstIdAt(since);
    await this.#readFrom(from);
    const newest = this.#newest.get(memberId);
    return newest !== undefined && isNewer(newest, from);
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
    const result = await this.#directory.askOfChannel(this.#channelId, (id) =>
      ask(() => this.#rest.get(Routes.channelMessages(id), { query }) as Promise<APIMessage[]>),
    );
    return 'answer' in result ? result.answer : [];
  }
}
