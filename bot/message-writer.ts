import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Heard, storeHeard } from '../database/messages.ts';
import type { ChannelMessage } from '../domain/channel-messages.ts';
import { type GuildId, isNewer, type MessageId, toMessageId } from '../domain/ids.ts';
import type { ThanksReaction } from '../domain/thanks.ts';
import type { Logger } from '../runtime/logger.ts';
import { messagesDropped } from '../runtime/metrics.ts';
import { GatewayMark } from './gateway-mark.ts';

/** How often what was heard is written down. */
const EVERY_MS = 250;
/** How many messages are written in one transaction. */
const BATCH = 5_000;
/** How much waits at most, which takes some 40 MB. What comes then is dropped with it, and read again later. */
const MOST_WAITING = 100_000;
/** While the database takes nothing, the next attempt waits twice as long as the last one, up to this. */
const LONGEST_PAUSE_MS = 5_000;

/** What the writer works with. */
export interface WriterSettings {
  readonly em: EntityManager;
  readonly guildId: GuildId;
  readonly logger: Logger;
  /** When the last heartbeat was sent that Discord has answered (ms since 1970); undefined while the session does not go on. */
  readonly lastHeartbeat: () => number | undefined;
}

/**
 * Writes down in batches what the gateway tells of messages and thanks. What waits is lost when the process dies or the database
 * takes nothing for long, but the mark in the database has not passed it: it is read again (`workflows/message-catch-up.ts`).
 */
export class MessageWriter {
  readonly #settings: WriterSettings;
  #messages: ChannelMessage[] = [];
  #thanks: ThanksReaction[] = [];
  #mark: GatewayMark | undefined;
  #hasGap = false;
  /** What is being written, or could not be written yet. */
  #batch: Heard | undefined;
  #lastMark: string | undefined;

  constructor(settings: WriterSettings) {
    this.#settings = settings;
  }

  /** A session has begun, which tells nothing of what was before it. `now` in ms since 1970. */
  beginSession(now: number): void {
    this.#mark = new GatewayMark(now);
    this.#hasGap = true;
  }

  /** Something has just happened in the guild, and was given this id. `now` in ms since 1970. */
  noteEvent(id: string, now: number): void {
    this.#mark?.event(id, now);
  }

  addMessage(message: ChannelMessage): void {
    this.#messages.push(message);
    this.#dropIfTooMany();
  }

  addThanks(thanks: ThanksReaction): void {
    this.#thanks.push(thanks);
    this.#dropIfTooMany();
  }

  /** Writes until `over` aborts; then what is left, if the database takes it at once. */
  async writeUntil(over: AbortSignal): Promise<void> {
    let pauseMs = EVERY_MS;
    while (!over.aborted) {
      await pause(pauseMs, undefined, { signal: over }).catch(() => undefined);
      const isWritten = await this.#write();
      pauseMs = isWritten ? this.#pauseMs() : Math.min(Math.max(pauseMs, EVERY_MS) * 2, LONGEST_PAUSE_MS);
    }
    while ((await this.#write()) && this.#messages.length > 0);
  }

  #pauseMs(): number {
    return this.#messages.length >= BATCH ? 0 : EVERY_MS;
  }

  /** Gives false if the database did not take it: it is tried again, with what comes meanwhile waiting behind it. */
  async #write(): Promise<boolean> {
    const { em, guildId, logger } = this.#settings;
    this.#batch ??= this.#takeBatch();
    if (this.#batch === undefined) return true;
    try {
      await storeHeard(em, guildId, this.#batch);
      this.#batch = undefined;
      return true;
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'messages could not be written down; they wait');
      return false;
    }
  }

  /** What waits, or the first of it, or undefined if there is nothing new. */
  #takeBatch(): Heard | undefined {
    const sentAt = this.#settings.lastHeartbeat();
    if (sentAt !== undefined) this.#mark?.heartbeat(sentAt);
    if (this.#mark === undefined) return undefined;
    const messages = this.#messages.slice(0, BATCH);
    const waiting = this.#messages.slice(BATCH);
    const [thanks, hasGap] = [this.#thanks, this.#hasGap];
    const heardTo = beforeAll(waiting, this.#mark.to);
    if (messages.length + thanks.length === 0 && !hasGap && heardTo === this.#lastMark) return undefined;
    [this.#messages, this.#thanks, this.#hasGap, this.#lastMark] = [waiting, [], false, heardTo];
    return { messages, thanks, heardTo, hasGap };
  }

  #dropIfTooMany(): void {
    const waiting = this.#messages.length + this.#thanks.length;
    if (waiting <= MOST_WAITING) return;
    messagesDropped.inc(waiting);
    this.#forgetWaiting();
    this.#hasGap = true;
  }

  #forgetWaiting(): void {
    this.#messages = [];
    this.#thanks = [];
  }
}

/** The mark, or the id just before the first of what still waits. */
function beforeAll(waiting: readonly ChannelMessage[], mark: MessageId): MessageId {
  const first = waiting.reduce((least, { id }) => (isNewer(least, id) ? id : least), mark);
  return first === mark ? mark : toMessageId(String(BigInt(first) - 1n));
}
