import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type FetchGuards, fetchGuarded } from '../../runtime/guarded-fetch.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startWebServer, type WebServer } from '../support/web-server.ts';

const MOST_BYTES = 100_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
let server: WebServer;
let asked: string[] = [];

const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/file': (_, response) => response.end('what is there'),
  '/chunked': (_, response) => {
    for (let part = 0; part < 10; part += 1) response.write('a'.repeat(1_000));
    response.end();
  },
  '/huge': (_, response) => response.writeHead(200, { 'content-length': MOST_BYTES + 1 }).flushHeaders(),
  '/endless': (_, response) => {
    const send = () => {
      while (response.write('a'.repeat(10_000)));
      response.once('drain', send);
    };
    send();
  },
  '/short': (_, response) => {
    response.writeHead(200, { 'content-length': 1_000 }).write('a'.repeat(10));
    setTimeout(() => response.destroy(), 50);
  },
  '/silent': () => undefined,
  '/falls-silent': (_, response) => response.write('a'),
  '/drips': (_, response) => {
    const dripping = setInterval(() => response.write('a'), 50);
    response.on('close', () => clearInterval(dripping));
  },
  '/secret': (request, response) => response.end(request.headers.authorization ?? 'nobody'),
  '/empty-redirect': (_, response) => response.writeHead(302).end(),
};

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://any');
  asked.push(`${request.headers.host}${url.pathname}`);
  const to = url.searchParams.get('to');
  const status = /^\/status\/(\d+)$/.exec(url.pathname)?.[1];
  if (to !== null) response.writeHead(302, { location: to }).end('elsewhere');
  else if (status !== undefined) response.writeHead(Number(status)).end();
  else (answers[url.pathname] ?? answers['/file'])?.(request, response);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  file = join(folder.path, 'file');
  server = await startWebServer(answer);
});
afterAll(() => Promise.all([server.close(), folder.remove()]));
afterEach(() => {
  asked = [];
});

const fetchFrom = (address: string, guards: Partial<FetchGuards> = {}) =>
  fetchGuarded(address, file, {
    ...{ mostBytes: MOST_BYTES, trustedOrigins: [server.origin] },
    ...{ signal: new AbortController().signal, ...guards },
  });
const at = (path: string) => `${server.origin}${path}`;
const leadingTo = (address: string) => at(`/redirect?to=${encodeURIComponent(address)}`);

describe('what is fetched', () => {
  test('is in the file, with its size and digest', async () => {
    const digest = createHash('sha256').update('what is there').digest('hex');
    expect(await fetchFrom(at('/file'))).toEqual({ kind: 'fetched', bytes: 13, digest });
    expect(await readFile(file, 'utf8')).toBe('what is there');
  });

  test('may come without its length', async () => {
    expect(await fetchFrom(at('/chunked'))).toMatchObject({ kind: 'fetched', bytes: 10_000 });
  });

  test('may be behind three redirects, also such as name a path alone', async () => {
    const third = `/redirect?to=${encodeURIComponent('/file')}`;
    const second = leadingTo(third);
    expect(await fetchFrom(leadingTo(second))).toMatchObject({ kind: 'fetched', bytes: 13 });
    expect(await fetchFrom(leadingTo(leadingTo(second)))).toEqual({
      kind: 'unreachable',
      reason: 'it leads on more than 3 times',
      isPassing: false,
    });
  });

  test('is not asked for with the name and password in an address', async () => {
    await fetchFrom(at('/secret').replace('http://', 'http://name:password@'));
    expect(await readFile(file, 'utf8')).toBe('nobody');
  });
});

describe('our own network', () => {
  const addresses = (port: number): [string, string][] => [
    ['this machine in figures', `http://127.0.0.1:${port}/file`],
    ['this machine in other figures', `http://2130706433:${port}/file`],
    ['this machine in hexadecimal', `http://0x7f.1:${port}/file`],
    ['this machine in IPv6', `http://[::1]:${port}/file`],
    ['this machine in IPv4 within IPv6', `http://[::ffff:127.0.0.1]:${port}/file`],
    ['no address, which is this machine', `http://0.0.0.0:${port}/file`],
    ['a name that stands for this machine', `http://localhost:${port}/file`],
    ['a machine of a private network', 'http://192.168.1.1/'],
    ['the data of a machine in a cloud', 'http://169.254.169.254/latest/meta-data'],
    ['this machine with https', `https://127.0.0.1:${port}/file`],
  ];
  const names = addresses(0).map(([name]) => name);
  const addressOf = (name: string) => new Map(addresses(server.port)).get(name) ?? '';

  test.each(names)('is not asked: %s', async (name) => {
    expect(await fetchFrom(addressOf(name), { trustedOrigins: [] })).toEqual({ kind: 'own network' });
    expect(asked).toEqual([]);
  });

  test.each(names.filter((name) => name !== 'this machine in figures'))(
    'is not asked behind a redirect either: %s',
    async (name) => {
      const address = addressOf(name).replace('2130706433', '127.0.0.2').replace('0x7f.1', '127.0.0.3');
      expect(await fetchFrom(leadingTo(address))).toEqual({ kind: 'own network' });
      expect(asked).toEqual([`127.0.0.1:${server.port}/redirect`]);
    },
  );

  test('is trusted at one origin alone: another port is another server', async () => {
    const other = await startWebServer((_, response) => response.end('secret'));
    expect(await fetchFrom(leadingTo(`${other.origin}/`))).toEqual({ kind: 'own network' });
    expect(await fetchFrom(`${other.origin}/`)).toEqual({ kind: 'own network' });
    await other.close();
  });
});

describe('what is too much', () => {
  test.each(['/huge', '/endless'])('is refused: %s', async (path) => {
    expect(await fetchFrom(at(path))).toEqual({ kind: 'too large' });
  });

  test('may be as much as is allowed', async () => {
    expect(await fetchFrom(at('/chunked'), { mostBytes: 10_000 })).toMatchObject({ kind: 'fetched' });
    expect(await fetchFrom(at('/chunked'), { mostBytes: 9_999 })).toEqual({ kind: 'too large' });
  });
});

describe('what takes too long', () => {
  test.each([
    ['/silent', { silentMs: 300 }],
    ['/falls-silent', { silentMs: 300 }],
    ['/drips', { silentMs: 5_000, totalMs: 500 }],
  ])('may come when it is tried again: %s', async (path, times) => {
    expect(await fetchFrom(at(path), times)).toEqual({
      kind: 'unreachable',
      reason: 'it takes too long to answer',
      isPassing: true,
    });
  });

  test('is left when nobody waits any more', async () => {
    const controller = new AbortController();
    const fetching = fetchFrom(at('/silent'), { signal: controller.signal });
    controller.abort(new Error('not wanted any more'));
    await expect(fetching).rejects.toThrow('not wanted any more');
  });
});

describe('what cannot be had', () => {
  test.each([
    [404, false],
    [403, false],
    [410, false],
    [204, false],
    [206, false],
    [429, true],
    [500, true],
    [503, true],
  ])('says %i, and may it pass: %s', async (status, isPassing) => {
    const reason = `it answers ${status}`;
    expect(await fetchFrom(at(`/status/${status}`))).toEqual({ kind: 'unreachable', reason, isPassing });
  });

  test('is a redirect to nowhere', async () => {
    expect(await fetchFrom(at('/empty-redirect'))).toMatchObject({
      reason: 'it answers 302',
      isPassing: false,
    });
  });

  test('breaks off before its end', async () => {
    expect(await fetchFrom(at('/short'))).toMatchObject({ kind: 'unreachable', isPassing: true });
  });

  test.each(['file:///etc/passwd', 'ftp://a.example/b', 'data:text/plain,a', 'no address', ''])(
    'is no address of the web: %s',
    async (address) => {
      const expected = { kind: 'unreachable', reason: expect.stringContaining('no address of the web') };
      expect(await fetchFrom(address)).toMatchObject({ ...expected, isPassing: false });
      if (address.includes(':')) expect(await fetchFrom(leadingTo(address))).toMatchObject(expected);
    },
  );

  test('is a host that there is not', async () => {
    const outcome = await fetchFrom('http://nowhere.invalid/file');
    expect(outcome).toMatchObject({ kind: 'unreachable' });
  });

  test('is a server that has gone', async () => {
    const gone = await startWebServer((_, response) => response.end());
    await gone.close();
    expect(await fetchFrom(`${gone.origin}/file`, { trustedOrigins: [gone.origin] })).toEqual({
      kind: 'unreachable',
      reason: 'the connection failed',
      isPassing: true,
    });
  });

  test('is a server that speaks something else', async () => {
    const other = createServer((socket) => socket.resume().end('220 mail.example ready\r\n'));
    const { origin, close } = await listen(other);
    expect(await fetchFrom(`${origin}/`, { trustedOrigins: [origin] })).toEqual({
      kind: 'unreachable',
      reason: 'it does not speak HTTP',
      isPassing: false,
    });
    await close();
  });

  test('our own trouble is not the address’s', async () => {
    const guards = { mostBytes: MOST_BYTES, trustedOrigins: [server.origin] };
    const { signal } = new AbortController();
    const nowhere = join(folder.path, 'no folder', 'file');
    await expect(fetchGuarded(at('/file'), nowhere, { ...guards, signal })).rejects.toThrow('ENOENT');
  });
});

async function listen(other: Server): Promise<{ origin: string; close: () => Promise<void> }> {
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const address = other.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((done) => other.close(() => done())),
  };
}
