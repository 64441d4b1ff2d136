/** A session: what a bot asked to be told, and what it has been told, so that it can be told again (RESUME). */

import { randomBytes } from 'node:crypto';
import { GatewayOpcodes } from 'discord-api-types/v10';
import type { SessionState } from '../control/api.ts';
import type { Connection } from './connection.ts';

interface Frame {
  sequence: number;
  json: string;
}

export class Session {
  readonly id = randomBytes(16).toString('hex');
  readonly intents: number;
  readonly largeThreshold: number;
  readonly #identifiedAt: string;
  readonly #maximumFrames: () => number;
  #frames: Frame[] = [];
  #firstFrame = 0;
  #sequence = 0;
  #resumes = 0;
  #lost = false;
  connection: Connection | null;

  constructor(
    connection: Connection,
    wanted: { intents: number; largeThreshold: number; identifiedAt: string; maximumFrames: () => number },
  ) {
    this.connection = connection;
    this.intents = wanted.intents;
    this.largeThreshold = wanted.largeThreshold;
    this.#identifiedAt = wanted.identifiedAt;
    this.#maximumFrames = wanted.maximumFrames;
  }

  /** The number of the last event. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Tells an event whose data is JSON already. */
  dispatch(event: string, json: string): void {
    this.#sequence++;
    const frame = `{"op":${GatewayOpcodes.Dispatch},"t":"${event}","s":${this.#sequence},"d":${json}}`;
    this.#keep({ sequence: this.#sequence, json: frame });
    this.connection?.sendText(frame);
  }

  /** The client has events up to this number: they need not be kept. */
  acknowledge(sequence: number): void {
    while ((this.#frames[this.#firstFrame]?.sequence ?? Number.POSITIVE_INFINITY) <= sequence)
      this.#firstFrame++;
    if (this.#firstFrame > 1000) this.#compact();
  }

  /** Whether everything after this number is still there. */
  canResumeFrom(sequence: number): boolean {
    const oldest = this.#frames[this.#firstFrame]?.sequence ?? this.#sequence + 1;
    return !this.#lost && sequence >= oldest - 1;
  }

  /** Goes on with another connection: tells everything after this number once more. */
  resume(connection: Connection, sequence: number): void {
    this.connection = connection;
    this.#resumes++;
    for (const frame of this.#frames.slice(this.#firstFrame))
      if (frame.sequence > sequence) connection.sendText(frame.json);
    this.dispatch('RESUMED', '{}');
  }

  state(): SessionState {
    return {
      sessionId: this.id,
      connected: this.connection !== null,
      intents: this.intents,
      sequence: this.#sequence,
      identifiedAt: this.#identifiedAt,
      resumes: this.#resumes,
    };
  }

  #keep(frame: Frame): void {
    this.#frames.push(frame);
    if (this.#frames.length - this.#firstFrame <= this.#maximumFrames()) return;
    this.#firstFrame++;
    // Whoever is away while so much happens has missed something for good.
    if (this.connection === null) this.#lost = true;
    if (this.#firstFrame > 1000) this.#compact();
  }

  #compact(): void {
    this.#frames = this.#frames.slice(this.#firstFrame);
    this.#firstFrame = 0;
  }
}
