import { createdAt, firstIdAt, type MessageId, toMessageId } from '../domain/ids.ts';

/** By how much Discord may tell of two messages in the wrong order. */
const ORDER_WITHIN_MS = 2_000;
/** How far this machine's clock may be ahead of Discord's, as long as nothing is known of that. */
const CLOCK_AHEAD_MS = 5_000;

/**
 * Up to which id one session of the gateway has told of every message. Nobody says so; but Discord tells things in the order in
 * which they happen, so whoever has heard of something has heard of what was before it. Silence says nothing: the connection
 * may be dead. While it is quiet, the answers to heartbeats show that it is not.
 */
export class GatewayMark {
  /** In ms since 1970, by Discord's clock. */
  #upTo: number;
  /** How far this machine's clock is ahead, by what was told soonest after it happened. */
  #clockAhead: number | undefined;

  /** @param now when the session began, in ms since 1970, by this machine's clock */
  constructor(now: number) {
    this.#upTo = now - CLOCK_AHEAD_MS;
  }

  /** Something that has just happened was told, with the id that it was given. `now` as above. */
  event(id: string, now: number): void {
    const at = createdAt(id);
    this.#clockAhead = Math.min(this.#clockAhead ?? now - at, now - at);
    this.#upTo = Math.max(this.#upTo, at);
  }

  /** Discord has answered the heartbeat that was sent at `sentAt`, in ms since 1970, by this machine's clock. */
  heartbeat(sentAt: number): void {
    this.#upTo = Math.max(this.#upTo, sentAt - (this.#clockAhead ?? CLOCK_AHEAD_MS));
  }

  /** The last id up to which everything has been told. */
  get to(): MessageId {
    return toMessageId(firstIdAt(this.#upTo - ORDER_WITHIN_MS));
  }
}
