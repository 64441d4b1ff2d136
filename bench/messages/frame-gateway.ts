/**
 * A gateway that tells a bot of messages as fast as it takes them, faster than the local Discord can make them. What it says was recorded
 * from that: the greeting of its guild, and the frame of a message, of which id, writer and words are replaced.
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
  GatewayOpcodes,
} from 'discord-api-types/v10';
import { WebSocket, WebSocketServer } from 'ws';
import { firstIdAt } from '../../domain/ids.ts';
import { everyIntent } from '../../tests/sandbox/support/gateway-client.ts';
import type { BenchDiscord } from '../support/scene.ts';

const HEARTBEAT_MS = 1_000;
/** So many bytes may wait for a bot that does not keep up; then we do. */
const MOST_BUFFERED = 1_000_000;
const FRAMES_AT_ONCE = 200;
/** How many members write. */
export const WRITERS = 2_000;
const FIRST_WRITER = 1_310_000_000_000_000_000n;
/** How often a bot writes in the guild, whose messages do not count: what came before them is then certain to have been told. */
const BOT_WRITES_EVERY_MS = 100;
/** The lower bits of an id number what was made in the same millisecond. */
const NUMBERS = 2 ** 22;

/** What was recorded. */
interface Recording {
  readonly ready: unknown;
  readonly guild: unknown;
  readonly message: GatewayMessageCreateDispatchData;
}

export interface FrameGateway {
  /** Where bots find it: for their `DISCORD_API_URL`. */
  readonly apiUrl: string;
  /** Tells the bot that is connected of `count` messages. Resolves when all are sent. */
  burst(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a gateway that says what `discord` says. */
export async function startFrameGateway(discord: BenchDiscord): Promise<FrameGateway> {
  const recording = await record(discord);
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    const limit = { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 1 };
    response.end(JSON.stringify({ url: urlOf('ws'), shards: 1, session_start_limit: limit }));
  });
  const sockets = new WebSocketServer({ server });
  let bot: WebSocket | undefined;
  sockets.on('connection', (socket) => {
    bot = socket;
    greet(socket, recording);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function urlOf(scheme: string): string {
    return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  return {
    apiUrl: `${urlOf('http')}/api`,
    async burst(count) {
      if (bot === undefined) throw new Error('no bot is connected');
      await sendBurst(bot, recording.message, count);
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.close();
      await once(server, 'close');
    },
  };
}

async function sendBurst(
  socket: WebSocket,
  message: GatewayMessageCreateDispatchData,
  count: number,
): Promise<void> {
  const begin = Date.now();
  for (let index = 0; index < count; index += 1) {
    const author = { ...message.author, id: String(FIRST_WRITER + BigInt(index % WRITERS)) };
    const content = `Message number ${index} of those since ${begin}`;
    socket.send(frameOf({ ...message, author, content }, index));
    if (index % FRAMES_AT_ONCE === 0) await untilTaken(socket);
  }
}

/** The message as written now. As many as are numbered differently may be written within a millisecond. */
function frameOf(message: GatewayMessageCreateDispatchData, number: number): string {
  const id = String(BigInt(firstIdAt(Date.now())) + BigInt(number % NUMBERS));
  const d = { ...message, id };
  return JSON.stringify({ op: GatewayOpcodes.Dispatch, t: GatewayDispatchEvents.MessageCreate, s: 3, d });
}

async function untilTaken(socket: WebSocket): Promise<void> {
  do await pause(0);
  while (socket.bufferedAmount > MOST_BUFFERED);
}

/** HELLO, and after the log-in READY, the guild and what a bot writes there; answers to heartbeats. */
function greet(socket: WebSocket, { ready, guild, message }: Recording): void {
  const send = (payload: object) => socket.send(JSON.stringify(payload));
  const dispatch = (t: string, s: number, d: unknown) => send({ op: GatewayOpcodes.Dispatch, t, s, d });
  socket.on('message', (data) => {
    const { op } = JSON.parse(String(data)) as { op: number };
    if (op === GatewayOpcodes.Heartbeat) send({ op: GatewayOpcodes.HeartbeatAck });
    if (op !== GatewayOpcodes.Identify) return;
    dispatch(GatewayDispatchEvents.Ready, 1, ready);
    dispatch(GatewayDispatchEvents.GuildCreate, 2, guild);
    const author = { ...message.author, bot: true };
    const goOn = setInterval(() => socket.send(frameOf({ ...message, author }, 0)), BOT_WRITES_EVERY_MS);
    socket.on('close', () => clearInterval(goOn));
  });
  send({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: HEARTBEAT_MS } });
}

/** Logs in to `discord` as a bot, and lets somebody write there. */
async function record({ control, environment, url }: BenchDiscord): Promise<Recording> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/gateway?v=10&encoding=json`);
  const ready = dispatched(socket, GatewayDispatchEvents.Ready);
  const guild = dispatched(socket, GatewayDispatchEvents.GuildCreate);
  const message = dispatched(socket, GatewayDispatchEvents.MessageCreate);
  await once(socket, 'message');
  const identify = { token: environment.DISCORD_BOT_TOKEN, intents: everyIntent, properties: {} };
  socket.send(JSON.stringify({ op: GatewayOpcodes.Identify, d: identify }));
  await guild;
  const { channels, members } = await control.getState();
  const channelId = channels.find(({ name }) => name === 'general')?.id ?? '';
  const memberId = members.find(({ member }) => member.user.bot !== true)?.member.user.id ?? '';
  await control.write({ memberId, channelId, content: 'A message to be recorded' });
  const recording = { ready: await ready, guild: await guild, message: await message };
  socket.close();
  return recording as Recording;
}

/** What the first event of this kind says. */
function dispatched(socket: WebSocket, event: GatewayDispatchEvents): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.on('close', (code) => reject(new Error(`the gateway was closed with ${code} before ${event}`)));
    socket.on('message', (data) => {
      const { t, d } = JSON.parse(String(data)) as { t: string | null; d: unknown };
      if (t === event) resolve(d);
    });
  });
}
