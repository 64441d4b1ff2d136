/** What the tests of the local Discord share. */

import type { APIChannel, APIRole } from 'discord-api-types/v10';
import type { GuildState, MemberState } from '../../../sandbox/control/api.ts';
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from '../../../sandbox/start.ts';

/** An answer of Discord's API. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** What Discord says when it refuses. */
export interface ErrorBody {
  code: number;
  message: string;
  errors?: unknown;
  retry_after?: number;
  global?: boolean;
}

export interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  /** Another token than the bot's; null for none. */
  token?: string | null;
}

/** A local Discord with shorthands for tests. */
export interface TestDiscord extends LocalDiscord {
  state: () => Promise<GuildState>;
  channel: (name: string) => Promise<APIChannel>;
  role: (name: string) => Promise<APIRole>;
  member: (name: string) => Promise<MemberState>;
  /** A request as the bot sends it. */
  request: <Body = ErrorBody>(
    method: string,
    path: string,
    options?: RequestOptions,
  ) => Promise<Answer<Body>>;
}

/** Starts one. */
export async function startTestDiscord(options: LocalDiscordOptions = {}): Promise<TestDiscord> {
  const discord = await startLocalDiscord(options);
  const state = () => discord.control.getState();
  return {
    ...discord,
    state,
    channel: async (name) => named((await state()).channels, name, (channel) => channel.name),
    role: async (name) => named((await state()).guild.roles, name, (role) => role.name),
    member: async (name) =>
      named((await state()).members, name, ({ member }) => member.user.global_name ?? member.user.username),
    request: (method, path, request) => send(discord, method, path, request),
  };
}

function named<T>(things: readonly T[], name: string, nameOf: (thing: T) => string | null | undefined): T {
  const thing = things.find((candidate) => nameOf(candidate) === name);
  if (thing === undefined) throw new Error(`There is no ${name}.`);
  return thing;
}

async function send<Body>(
  discord: LocalDiscord,
  method: string,
  path: string,
  { body, headers = {}, token = discord.token }: RequestOptions = {},
): Promise<Answer<Body>> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bot ${token}` }),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as Body,
  };
}
