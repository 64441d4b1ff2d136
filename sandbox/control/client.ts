/** The control API as typed functions, for tests, benchmarks and the page. */

import { type ControlError, controlRoutes, type LiveMessage, livePath } from './api.ts';
import type { ControlCallName, ControlClient } from './calls.ts';

/** A call that the local Discord refused. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;
  readonly error: ControlError['error'];

  constructor(call: string, status: number, body: ControlError) {
    super(`${call}: ${body.message}`);
    this.status = status;
    this.error = body.error;
  }
}

/**
 * Connects to a local Discord.
 * @param options.url where it is, without a path, e.g. `http://127.0.0.1:8480`
 * @returns one function for each call; a refused call throws a `ControlRefusal`
 */
export function connectToLocalDiscord(options: { url: string }): ControlClient {
  const names = Object.keys(controlRoutes) as ControlCallName[];
  const calls = names.map((name) => [name, (input?: object) => send(options.url, name, input ?? {})]);
  return Object.fromEntries(calls) as ControlClient;
}

async function send(url: string, name: ControlCallName, input: object): Promise<unknown> {
  const [method = '', pattern = ''] = controlRoutes[name].split(' ');
  const rest = new Map<string, unknown>(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = pattern.replaceAll(/:(\w+)/g, (_, key: string) => {
    const value = rest.get(key);
    rest.delete(key);
    return encodeURIComponent(String(value));
  });
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const query = hasBody ? '' : queryOf(rest);
  const response = await fetch(`${url}${path}${query}`, {
    method,
    ...(hasBody
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(Object.fromEntries(rest)) }
      : {}),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new ControlRefusal(name, response.status, answer as ControlError);
  return answer;
}

function queryOf(values: Map<string, unknown>): string {
  const query = new URLSearchParams(
    [...values].map(([key, value]): [string, string] => [key, String(value)]),
  ).toString();
  return query === '' ? '' : `?${query}`;
}

/** An open `GET /control/live`. */
export interface LiveView {
  close: () => void;
}

/**
 * Looks on while things happen.
 * @param onMessage is called with the snapshot first, then with everything that happens
 * @returns when the snapshot has arrived
 */
export async function watchLocalDiscord(
  options: { url: string },
  onMessage: (message: LiveMessage) => void,
): Promise<LiveView> {
  const socket = new WebSocket(options.url.replace(/^http/, 'ws') + livePath);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error(`${options.url} cannot be watched.`)));
    socket.addEventListener('message', (event) => {
      onMessage(JSON.parse(String(event.data)) as LiveMessage);
      resolve();
    });
  });
  return { close: () => socket.close() };
}
