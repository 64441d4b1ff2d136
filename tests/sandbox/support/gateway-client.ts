/** A bare client of the gateway, for what discord.js would smooth over. */

import { GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocket } from 'ws';
import type { TestDiscord } from './local-discord.ts';

/** What the gateway sends. */
export interface Payload {
  op: number;
  t: string | null;
  s: number | null;
  // biome-ignore lint/suspicious/noExplicitAny: each event has other data, and tests name what they look at
  d: any;
}

export const everyIntent = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

export class GatewayClient {
  readonly #socket: WebSocket;
  readonly #received: Payload[] = [];
  readonly #closed: Promise<number>;
  #isClosed = false;
  #wake: () => void = () => {};

  constructor(discord: TestDiscord) {
    this.#socket = new WebSocket(`${discord.url.replace('http', 'ws')}/gateway?v=10&encoding=json`);
    this.#socket.on('message', (data) => {
      this.#received.push(JSON.parse(String(data)) as Payload);
      this.#wake();
    });
    this.#socket.on('error', () => {});
    this.#closed = new Promise((resolve) => this.#socket.on('close', (code) => resolve(code)));
    this.#closed.then(() => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  /** Everything so far. */
  get received(): readonly Payload[] {
    return this.#received;
  }

  /** The events of this kind so far. */
  events(t: string): Payload[] {
    return this.#received.filter((payload) => payload.t === t);
  }

  send(op: GatewayOpcodes, d: unknown): void {
    this.#socket.send(JSON.stringify({ op, d }));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** The first payload that passes, now or later. */
  async next(passes: (payload: Payload) => boolean, what = 'payload'): Promise<Payload> {
    for (;;) {
      const found = this.#received.find(passes);
      if (found !== undefined) return found;
      if (this.#isClosed) throw new Error(`The connection was closed before the ${what} came.`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  event(t: string): Promise<Payload> {
    return this.next((payload) => payload.t === t, t);
  }

  op(op: GatewayOpcodes): Promise<Payload> {
    return this.next((payload) => payload.op === op, `opcode ${op}`);
  }

  async identify(token: string, intents: number, more: object = {}): Promise<void> {
    await this.op(GatewayOpcodes.Hello);
    this.send(GatewayOpcodes.Identify, { token, intents, properties: {}, ...more });
  }

  async resume(token: string, sessionId: string, seq: number): Promise<void> {
    await this.op(GatewayOpcodes.Hello);
    this.send(GatewayOpcodes.Resume, { token, session_id: sessionId, seq });
  }

  /** The number of the last event. */
  get sequence(): number {
    return Math.max(0, ...this.#received.map(({ s }) => s ?? 0));
  }

  /** A round trip: whatever was told before has arrived when this resolves. */
  async settle(): Promise<void> {
    const before = this.#received.filter(({ op }) => op === GatewayOpcodes.HeartbeatAck).length;
    this.send(GatewayOpcodes.Heartbeat, null);
    await this.next(
      () => this.#received.filter(({ op }) => op === GatewayOpcodes.HeartbeatAck).length > before,
      'answer to a heartbeat',
    );
  }

  /** The code with which the server closes. */
  closeCode(): Promise<number> {
    return this.#closed;
  }

  /** Goes away without a word. */
  cut(): Promise<number> {
    this.#socket.terminate();
    return this.#closed;
  }

  close(code: number): Promise<number> {
    this.#socket.close(code);
    return this.#closed;
  }
}

/** A client that is identified and has been told of the guild. */
export async function connectGateway(discord: TestDiscord, intents = everyIntent): Promise<GatewayClient> {
  const client = new GatewayClient(discord);
  await client.identify(discord.token, intents);
  await client.event('GUILD_CREATE');
  return client;
}
