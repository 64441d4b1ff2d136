/** The gateway: takes connections, identifies and resumes sessions, and tells them what happens. */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocketServer } from 'ws';
import type { z } from 'zod';
import type { GatewayAction, SessionState } from '../control/api.ts';
import { Windows } from '../rules/window.ts';
import type { DispatchEvent } from '../state/events.ts';
import type { World } from '../state/world.ts';
import { Connection } from './connection.ts';
import { guildCreateData, readyData } from './greeting.ts';
import { allIntents, isTold, jsonFor, privilegedIntents } from './intents.ts';
import { asksForEveryone, mayAsk, memberRequest, sendMemberChunks } from './member-chunks.ts';
import { type Closing, closings, identifySchema, parsePayload, resumeSchema } from './payloads.ts';
import { Session } from './session.ts';
import { changeOwnVoice } from './voice.ts';

export interface GatewayOptions {
  token: string;
  /** Privileged intents that the application may use. */
  allowedPrivilegedIntents: number;
}

/** Discord closes on anything longer. */
const maximumPayloadBytes = 4096;
/** Codes with which a client says that it will not come back. */
const finalCloseCodes = [1000, 1001];
const dayMs = 24 * 60 * 60 * 1000;

export class Gateway {
  readonly #world: World;
  readonly #options: GatewayOptions;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Map<string, Session>();
  readonly #identifies = new Windows();
  readonly #stopListening: () => void;
  #onOnlineChange: (online: boolean) => void = () => {};
  #wasOnline = false;
  /** Where clients connect, known once the server listens. */
  url = '';

  constructor(world: World, options: GatewayOptions) {
    this.#world = world;
    this.#options = options;
    this.#stopListening = world.events.onDispatch((event) => this.#tell(event));
  }

  /** Whether a bot is connected and identified. */
  get online(): boolean {
    for (const session of this.#sessions.values()) if (session.connection !== null) return true;
    return false;
  }

  onOnlineChange(callback: (online: boolean) => void): void {
    this.#onOnlineChange = callback;
  }

  sessions(): SessionState[] {
    return [...this.#sessions.values()].map((session) => session.state());
  }

  /** What `GET /gateway/bot` says about starting sessions. */
  startLimit(): { total: number; remaining: number; reset_after: number; max_concurrency: number } {
    const now = this.#world.now();
    const { identifiesPerDay, identify } = this.#world.limits;
    const today = this.#identifies.peek('day', { limit: identifiesPerDay, perMs: dayMs }, now);
    return {
      total: identifiesPerDay,
      remaining: today.remaining,
      reset_after: today.resetsAt - now,
      max_concurrency: identify.limit,
    };
  }

  /** Takes over a connection that asks for a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
      const connection = new Connection(webSocket, query.get('compress') === 'zlib-stream');
      this.#connections.add(connection);
      const timers = this.#watchHeartbeat(connection);
      const sends = new Windows();
      webSocket.on('message', (data: Buffer) => {
        if (!this.#maySend(sends))
          connection.close(GatewayCloseCodes.RateLimited, 'You are being rate limited.');
        else this.#receive(connection, data, timers.beat);
      });
      webSocket.on('error', () => connection.cut());
      webSocket.on('close', (code) => {
        timers.stop();
        this.#connections.delete(connection);
        this.#lose(connection, code);
      });
      const version = query.get('v');
      if (version !== null && version !== '10' && version !== '9')
        connection.close(GatewayCloseCodes.InvalidAPIVersion, 'Invalid API version');
      else if (query.get('encoding') === 'etf') connection.close(GatewayCloseCodes.DecodeError, 'JSON only');
      else
        connection.send(GatewayOpcodes.Hello, {
          heartbeat_interval: this.#world.limits.heartbeatMs,
          _trace: ['["local-discord"]'],
        });
    });
  }

  /** Faults that the control API asks for. */
  act(action: GatewayAction): void {
    switch (action.action) {
      case 'disconnect':
        for (const connection of this.#connections)
          connection.close(action.code ?? 1012, 'Asked for by the control API');
        break;
      case 'reconnect':
        for (const connection of this.#connections) connection.send(GatewayOpcodes.Reconnect, null);
        break;
      case 'invalidate':
        this.invalidateAll();
        break;
    }
  }

  /** Forgets all sessions and says so to those who are connected. */
  invalidateAll(): void {
    this.#sessions.clear();
    for (const connection of this.#connections) {
      if (connection.session === null) continue;
      connection.session = null;
      connection.invalidate();
    }
    this.#noteOnline();
  }

  /** Ends all connections without a word; sessions can be resumed. */
  cutAll(): void {
    for (const connection of this.#connections) connection.cut();
  }

  close(): void {
    this.#stopListening();
    this.cutAll();
    this.#sockets.close();
  }

  #tell(event: DispatchEvent): void {
    for (const session of this.#sessions.values())
      if (isTold(this.#world, event, session.intents))
        session.dispatch(event.dispatch.t, jsonFor(this.#world, event, session.intents));
  }

  #watchHeartbeat(connection: Connection): { beat: () => void; stop: () => void } {
    const { heartbeatMs } = this.#world.limits;
    const timer = setTimeout(
      () => connection.close(GatewayCloseCodes.SessionTimedOut, 'Session timed out'),
      heartbeatMs * 2,
    );
    timer.unref();
    return { beat: () => timer.refresh(), stop: () => clearTimeout(timer) };
  }

  #maySend(sends: Windows): boolean {
    const { enforced, gatewaySends } = this.#world.limits;
    return !enforced || sends.use('sends', gatewaySends, this.#world.now()).allowed;
  }

  #receive(connection: Connection, data: Buffer, beat: () => void): void {
    const payload = data.length <= maximumPayloadBytes ? parsePayload(data) : undefined;
    if (payload === undefined) {
      connection.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
      return;
    }
    switch (payload.op) {
      case GatewayOpcodes.Heartbeat:
        beat();
        if (typeof payload.d === 'number') connection.session?.acknowledge(payload.d);
        connection.send(GatewayOpcodes.HeartbeatAck, null);
        return;
      case GatewayOpcodes.Identify:
        this.#identify(connection, payload.d);
        return;
      case GatewayOpcodes.Resume:
        this.#resume(connection, payload.d);
        return;
      default:
        this.#command(connection, payload);
    }
  }

  #command(connection: Connection, payload: { op: number; d?: unknown }): void {
    const { session } = connection;
    if (session === null) {
      connection.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
      return;
    }
    switch (payload.op) {
      case GatewayOpcodes.RequestGuildMembers:
        this.#requestMembers(connection, session, payload.d);
        return;
      case GatewayOpcodes.VoiceStateUpdate:
        changeOwnVoice(this.#world, payload.d);
        return;
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.RequestSoundboardSounds:
        return;
      default:
        connection.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.');
    }
  }

  #identify(connection: Connection, data: unknown): void {
    const wanted = identifySchema.safeParse(data);
    const refusal = wanted.success ? this.#identifyRefusal(connection, wanted.data) : closings.malformed;
    if (!wanted.success || refusal !== null) {
      const [code, reason] = refusal ?? closings.malformed;
      connection.close(code, reason);
      return;
    }
    if (!this.#mayIdentify()) {
      connection.invalidate();
      return;
    }
    const session = new Session(connection, {
      intents: wanted.data.intents,
      largeThreshold: wanted.data.large_threshold ?? 50,
      identifiedAt: new Date(this.#world.now()).toISOString(),
      maximumFrames: () => this.#world.limits.resumeEvents,
    });
    connection.session = session;
    this.#sessions.set(session.id, session);
    const ready = readyData(this.#world, session, this.url, wanted.data.shard);
    session.dispatch('READY', JSON.stringify(ready));
    const tellsGuild = wanted.data.shard === undefined || wanted.data.shard[0] === 0;
    if (tellsGuild) session.dispatch('GUILD_CREATE', JSON.stringify(guildCreateData(this.#world, session)));
    this.#noteOnline();
  }

  #identifyRefusal(connection: Connection, wanted: z.infer<typeof identifySchema>): Closing | null {
    if (connection.session !== null) return closings.alreadyAuthenticated;
    if (wanted.token.replace(/^Bot /, '') !== this.#options.token) return closings.wrongToken;
    if ((wanted.intents & ~allIntents) !== 0 || wanted.intents < 0) return closings.invalidIntents;
    if ((wanted.intents & privilegedIntents & ~this.#options.allowedPrivilegedIntents) !== 0)
      return closings.disallowedIntents;
    if (wanted.shard !== undefined && wanted.shard[0] >= wanted.shard[1]) return closings.invalidShard;
    return null;
  }

  #mayIdentify(): boolean {
    const { enforced, identify, identifiesPerDay } = this.#world.limits;
    if (!enforced) return true;
    const now = this.#world.now();
    if (!this.#identifies.use('concurrency', identify, now).allowed) return false;
    return this.#identifies.use('day', { limit: identifiesPerDay, perMs: dayMs }, now).allowed;
  }

  #resume(connection: Connection, data: unknown): void {
    const wanted = resumeSchema.safeParse(data);
    if (!wanted.success) {
      connection.close(...closings.malformed);
      return;
    }
    if (wanted.data.token.replace(/^Bot /, '') !== this.#options.token) {
      connection.close(...closings.wrongToken);
      return;
    }
    const session = this.#sessions.get(wanted.data.session_id);
    if (session !== undefined && wanted.data.seq > session.sequence) {
      connection.close(GatewayCloseCodes.InvalidSeq, 'Invalid seq');
      return;
    }
    if (session === undefined || !session.canResumeFrom(wanted.data.seq)) {
      this.#sessions.delete(wanted.data.session_id);
      connection.invalidate();
      return;
    }
    const before = session.connection;
    connection.session = session;
    session.resume(connection, wanted.data.seq);
    if (before !== null) {
      before.session = null;
      before.cut();
    }
    this.#noteOnline();
  }

  /** The connection is gone: its session waits to be resumed, unless the client has said goodbye. */
  #lose(connection: Connection, code: number): void {
    const { session } = connection;
    if (session === null) return;
    connection.session = null;
    session.connection = null;
    if (finalCloseCodes.includes(code) || code === GatewayCloseCodes.SessionTimedOut)
      this.#sessions.delete(session.id);
    else
      setTimeout(() => {
        if (session.connection === null) this.#sessions.delete(session.id);
      }, this.#world.limits.resumeMs).unref();
    this.#noteOnline();
  }

  #noteOnline(): void {
    const { online } = this;
    if (online === this.#wasOnline) return;
    this.#wasOnline = online;
    this.#onOnlineChange(online);
  }

  #requestMembers(connection: Connection, session: Session, data: unknown): void {
    const request = memberRequest.safeParse(data);
    if (!request.success) {
      connection.close(...closings.malformed);
      return;
    }
    if ([request.data.guild_id].flat()[0] !== this.#world.guild.id) return;
    if (!mayAsk(session, request.data)) {
      connection.close(...closings.disallowedIntents);
      return;
    }
    const retryAfter = asksForEveryone(request.data) ? this.#memberRequestWait() : 0;
    if (retryAfter === 0) sendMemberChunks(this.#world, session, request.data);
    else
      session.dispatch(
        'RATE_LIMITED',
        JSON.stringify({
          opcode: GatewayOpcodes.RequestGuildMembers,
          retry_after: retryAfter,
          meta: { guild_id: this.#world.guild.id, nonce: request.data.nonce },
        }),
      );
  }

  /** Seconds until all members may be asked for again; 0 when they may be now. */
  #memberRequestWait(): number {
    const { enforced, memberRequests } = this.#world.limits;
    if (!enforced) return 0;
    const now = this.#world.now();
    const use = this.#identifies.use('member-requests', memberRequests, now);
    return use.allowed ? 0 : (use.resetsAt - now) / 1000;
  }
}
