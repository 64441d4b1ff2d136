/** The WebSocket of the control API: a snapshot, then everything that happens, to whoever looks on. */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayDispatchEvents as Events } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Gateway } from '../gateway/server.ts';
import type { Faults } from '../observe/faults.ts';
import type { RequestLog } from '../observe/request-log.ts';
import type { DispatchEvent, SideEvent } from '../state/events.ts';
import type { InviteRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewInvite } from '../views/guild.ts';
import type { LiveMessage, ReplayState, RequestEntry } from './api.ts';
import { guildState, memberStateOf } from './state.ts';

export interface LiveSources {
  world: World;
  gateway: Gateway;
  faults: Faults;
  log: RequestLog;
}

/** Requests are collected so long, and at most so many are told at once. */
const requestsMs = 100;
const requestsAtOnce = 200;

/** Whoever reads so slowly that this many bytes wait is cut off; the page connects again for a snapshot. */
const maximumWaitingBytes = 64 * 1024 * 1024;

export class Live {
  readonly #sources: LiveSources;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  readonly #viewers = new Set<WebSocket>();
  readonly #stops: (() => void)[];
  #requests: RequestEntry[] = [];
  #skipped = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(sources: LiveSources) {
    this.#sources = sources;
    const { world, gateway, faults, log } = sources;
    this.#stops = [
      world.events.onDispatch((event) => this.#tellDispatch(event)),
      world.events.onSide((event) => this.#tellSide(event)),
      log.onEntry((entry) => this.#collect(entry)),
    ];
    gateway.onOnlineChange((online) => this.tell({ kind: 'bot', online }));
    faults.onChange(() => this.tell({ kind: 'faults', faults: faults.state() }));
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (viewer) => {
      this.#viewers.add(viewer);
      viewer.on('close', () => this.#viewers.delete(viewer));
      viewer.on('error', () => viewer.terminate());
      viewer.send(this.#snapshot());
    });
  }

  tell(message: LiveMessage): void {
    if (this.#viewers.size > 0) this.#send(JSON.stringify(message));
  }

  tellReplay(replay: ReplayState): void {
    this.tell({ kind: 'replay', replay });
  }

  /** Of the use of an invite the gateway says nothing; the page shows the count. */
  tellInvite(invite: InviteRecord): void {
    this.tell({ kind: 'invite', invite: viewInvite(this.#sources.world, invite) });
  }

  /** A fresh snapshot for everybody, after a change too large to tell piece by piece. */
  tellSnapshot(): void {
    if (this.#viewers.size > 0) this.#send(this.#snapshot());
  }

  close(): void {
    for (const stop of this.#stops) stop();
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const viewer of this.#viewers) viewer.terminate();
    this.#sockets.close();
  }

  #snapshot(): string {
    const { world, gateway, faults } = this.#sources;
    const message: LiveMessage = {
      kind: 'snapshot',
      state: guildState(world, gateway.online),
      faults: faults.state(),
      limits: world.limits,
    };
    return JSON.stringify(message);
  }

  #send(text: string): void {
    for (const viewer of this.#viewers) {
      if (viewer.bufferedAmount > maximumWaitingBytes) viewer.terminate();
      else if (viewer.readyState === viewer.OPEN) viewer.send(text);
    }
  }

  #tellDispatch(event: DispatchEvent): void {
    if (this.#viewers.size === 0 || event.botOnly) return;
    const { dispatch, visibleTo, pinged } = event;
    const rest = `"visibleTo":${JSON.stringify(visibleTo)},"pinged":${JSON.stringify(pinged)}`;
    this.#send(`{"kind":"dispatch","dispatch":{"t":"${dispatch.t}","d":${event.json}},${rest}}`);
    // A direct-message channel comes into being with its first use; the member's record then names it.
    if (dispatch.t === Events.ChannelCreate && event.guildId === null && event.channelId !== null)
      this.#tellRecipient(event.channelId);
    if (dispatch.t === Events.GuildMemberAdd || dispatch.t === Events.GuildMemberUpdate)
      this.#tellMember(dispatch.d.user.id);
    else if (dispatch.t === Events.GuildRoleUpdate || dispatch.t === Events.GuildRoleDelete)
      this.tellSnapshot();
  }

  #tellSide(event: SideEvent): void {
    if (event.kind === 'member') this.#tellMember(event.userId);
    else if (event.kind === 'commands')
      this.tell({ kind: 'commands', commands: [...this.#sources.world.commands.values()] });
    else if (event.kind === 'interaction') this.tell({ kind: 'interaction', interaction: event.interaction });
    else this.tellSnapshot();
  }

  #tellRecipient(channelId: string): void {
    const channel = this.#sources.world.channels.get(channelId);
    if (channel?.kind === 'dm') this.#tellMember(channel.userId);
  }

  #tellMember(userId: string): void {
    const member = memberStateOf(this.#sources.world, userId);
    if (member !== null) this.tell({ kind: 'member', member });
  }

  #collect(entry: RequestEntry): void {
    if (this.#viewers.size === 0) return;
    if (this.#requests.length < requestsAtOnce) this.#requests.push(entry);
    else this.#skipped++;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.tell({ kind: 'requests', entries: this.#requests, skipped: this.#skipped });
      this.#requests = [];
      this.#skipped = 0;
    }, requestsMs);
  }
}
