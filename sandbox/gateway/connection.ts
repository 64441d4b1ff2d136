/** One WebSocket connection of a bot: sending (compressed when asked for), and when it beats no more. */

import { constants, createDeflate, type Deflate } from 'node:zlib';
import { GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { Session } from './session.ts';

export class Connection {
  readonly #socket: WebSocket;
  readonly #deflate: Deflate | null;
  session: Session | null = null;

  constructor(socket: WebSocket, compressed: boolean) {
    this.#socket = socket;
    this.#deflate = compressed ? startDeflate(socket) : null;
  }

  send(op: GatewayOpcodes, d: unknown): void {
    this.sendText(JSON.stringify({ op, d, s: null, t: null }));
  }

  sendText(json: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#deflate === null) this.#socket.send(json);
    else this.#deflate.write(json);
  }

  /** Refuses the session that was asked for, or the one there is. */
  invalidate(resumable = false): void {
    this.send(GatewayOpcodes.InvalidSession, resumable);
  }

  close(code: number, reason = ''): void {
    this.#socket.close(code, reason);
  }

  /** Ends it without a word, as when the network goes away. */
  cut(): void {
    this.#socket.terminate();
  }
}

/** One compression context for the whole connection, flushed after every message ("zlib-stream"). */
function startDeflate(socket: WebSocket): Deflate {
  const deflate = createDeflate({ flush: constants.Z_SYNC_FLUSH });
  deflate.on('data', (chunk: Buffer) => {
    if (socket.readyState === socket.OPEN) socket.send(chunk, { binary: true });
  });
  return deflate;
}
