/**
 * What the local Discord can carry, beside a server that does nothing: the same number of requests to bare fastify,
 * the same number of frames over bare ws. It must not be what limits a measurement of the product.
 *
 * `npm run bench -- local-discord`
 */

import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { WebSocket, WebSocketServer } from 'ws';
import { everyIntent } from '../tests/sandbox/support/gateway-client.ts';
import { startTestDiscord, type TestDiscord } from '../tests/sandbox/support/local-discord.ts';
import type { Bench } from './support/bench.ts';
import { quantile } from './support/statistics.ts';
import type { Table } from './support/table.ts';

interface Figure {
  what: string;
  count: number;
  seconds: number;
  perSecond: number;
  /** The slowest but one in a hundred, in milliseconds, where each was timed by itself. */
  p99Ms: number | null;
}

const connections = 16;
const messages = 10_000;
const joins = 2000;
const members = 5000;
const paced = { perSecond: 1000, seconds: 5 };

async function measure(
  what: string,
  count: number,
  work: () => Promise<number[] | undefined>,
): Promise<Figure> {
  const start = performance.now();
  const times = await work();
  const seconds = (performance.now() - start) / 1000;
  const p99Ms = times === undefined ? null : quantile(times, 0.99);
  return { what, count, seconds, perSecond: count / seconds, p99Ms };
}

/** Does so many requests over a few connections; how long each took, in milliseconds. */
async function flood(count: number, one: (index: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const start = performance.now();
      await one(next++);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return times;
}

const agent = new Agent({ keepAlive: true, maxSockets: connections });

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        answer.resume();
        answer.on('end', () => {
          if ((answer.statusCode ?? 500) < 400) resolve();
          else reject(new Error(`${url} answers ${answer.statusCode}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

/** A bot that counts what it is told. */
class CountingBot {
  readonly #socket: WebSocket;
  readonly #counts = new Map<string, number>();
  #wake: () => void = () => {};
  /** The last event of each kind, as it came. */
  readonly samples = new Map<string, string>();

  constructor(discord: TestDiscord) {
    this.#socket = new WebSocket(`${discord.url.replace('http', 'ws')}/gateway?v=10&encoding=json`);
    this.#socket.on('message', (data) => {
      const text = String(data);
      const { t } = JSON.parse(text) as { t: string | null };
      if (t === null) this.#identify(discord.token);
      this.#counts.set(t ?? '', this.count(t ?? '') + 1);
      this.samples.set(t ?? '', text);
      this.#wake();
    });
  }

  count(event: string): number {
    return this.#counts.get(event) ?? 0;
  }

  async until(event: string, count: number): Promise<void> {
    while (this.count(event) < count)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  close(): void {
    this.#socket.close();
  }

  #identify(token: string): void {
    this.#socket.send(JSON.stringify({ op: 2, d: { token, intents: everyIntent, properties: {} } }));
  }
}

/** Requests to a server that does nothing with them. */
async function bareRequests(): Promise<Figure> {
  const app = fastify();
  app.post('/echo', async (incoming) => incoming.body);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const figure = await measure('bare fastify: requests echoed', messages, () =>
    flood(messages, (index) => post(`http://127.0.0.1:${port}/echo`, { content: `Message ${index}` })),
  );
  await app.close();
  return figure;
}

/** Frames of the size of a message's, over a WebSocket that does nothing else. */
async function bareFrames(frame: string): Promise<Figure> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.on('connection', (socket) => {
    for (let index = 0; index < messages; index++) socket.send(frame);
  });
  const figure = await measure('bare ws: frames sent and read', messages, async () => {
    const client = new WebSocket(`ws://127.0.0.1:${port}`);
    let received = 0;
    await new Promise<void>((resolve) =>
      client.on('message', (data) => {
        JSON.parse(String(data));
        if (++received === messages) resolve();
      }),
    );
    client.close();
    return undefined;
  });
  server.close();
  return figure;
}

async function floodOfMessages(discord: TestDiscord, bot: CountingBot): Promise<Figure> {
  const general = (await discord.channel('general')).id;
  const url = `${discord.apiUrl}/v10/channels/${general}/messages`;
  return measure('local Discord: messages sent by a bot and told', messages, async () => {
    const headers = { authorization: `Bot ${discord.token}` };
    const times = await flood(messages, (index) => post(url, { content: `Message ${index}` }, headers));
    await bot.until('MESSAGE_CREATE', messages);
    return times;
  });
}

/** A thousand a second by members: what counts is how late each is, not how many fit in. */
async function pacedMessages(discord: TestDiscord, bot: CountingBot): Promise<Figure> {
  const general = (await discord.channel('general')).id;
  const { member } = await discord.member('Tom Becker');
  const url = `${discord.url}/control/members/${member.user.id}/messages`;
  const count = paced.perSecond * paced.seconds;
  const before = bot.count('MESSAGE_CREATE');
  return measure(`local Discord: ${paced.perSecond} members' messages a second`, count, async () => {
    const times: number[] = [];
    const start = performance.now();
    const pending: Promise<void>[] = [];
    for (let index = 0; index < count; index++) {
      const due = start + (index * 1000) / paced.perSecond;
      while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 1));
      pending.push(
        post(url, { channelId: general, content: `Paced ${index}` }).then(() => {
          times.push(performance.now() - due);
        }),
      );
    }
    await Promise.all(pending);
    await bot.until('MESSAGE_CREATE', before + count);
    return times;
  });
}

async function burstOfJoins(discord: TestDiscord, bot: CountingBot): Promise<Figure> {
  return measure('local Discord: joins in one burst, all told', joins, async () => {
    await discord.control.join({ count: joins });
    await bot.until('GUILD_MEMBER_ADD', joins);
    return undefined;
  });
}

async function run(): Promise<Figure[]> {
  const discord = await startTestDiscord({ limitMode: 'off' });
  const figures = [
    await measure('local Discord: members filled in', members, async () => {
      await discord.control.fill({ members });
      return undefined;
    }),
  ];
  const bot = new CountingBot(discord);
  await bot.until('GUILD_CREATE', 1);
  figures.push(await bareRequests());
  figures.push(await floodOfMessages(discord, bot));
  figures.push(await bareFrames(bot.samples.get('MESSAGE_CREATE') ?? ''));
  figures.push(await pacedMessages(discord, bot));
  figures.push(await burstOfJoins(discord, bot));
  bot.close();
  await discord.stop();
  agent.destroy();
  return figures;
}

function toTable(figures: readonly Figure[]): Table {
  return {
    title: 'What the local Discord carries, beside servers that do nothing',
    columns: ['number', 'seconds', 'per second', 'p99, ms'],
    rows: figures.map(({ what, count, seconds, perSecond, p99Ms }) => ({
      what,
      values: {
        number: count,
        seconds,
        'per second': perSecond,
        ...(p99Ms !== null && { 'p99, ms': p99Ms }),
      },
    })),
  };
}

/** The benchmark `local-discord`. */
export const localDiscord: Bench = {
  options: {},
  run: async () => [toTable(await run())],
};
