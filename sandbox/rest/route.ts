/** How a route of Discord's API is written down: one object each, collected in tables by resource. */

import type { Snowflake } from 'discord-api-types/v10';
import type { z } from 'zod';
import type { UploadedFile } from '../actions/attachments.ts';
import type { Actor } from '../actions/members.ts';
import type { Gateway } from '../gateway/server.ts';
import type { InteractionDesk } from '../interactions/desk.ts';
import type { PermissionName } from '../rules/permissions.ts';
import type { World } from '../state/world.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the server has beside the world. */
export interface Services {
  world: World;
  gateway: Gateway;
  desk: InteractionDesk;
  /** Whether the application may read the content of messages. */
  mayReadContent: boolean;
}

/** The names in a path: `/channels/:channelId` gives `{ channelId: string }`. */
export type PathParams<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [Key in Name]: string } & PathParams<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? { [Key in Name]: string }
    : unknown;

export interface RouteContext<Params, Query, Body> extends Services {
  params: Params;
  query: Query;
  body: Body;
  files: UploadedFile[];
  /** The bot, and the reason that it gives for the audit log. */
  actor: Actor;
  botId: Snowflake;
}

/** An answer with another status than 200 (or 204, when there is none). */
export class Reply {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    this.status = status;
    this.body = body;
  }
}

export interface Route {
  method: HttpMethod;
  path: string;
  /** The rate-limit bucket (rules/limits.ts). */
  bucket?: string;
  /** Without the bot's token: interactions, whose own token is in the path. */
  open?: boolean;
  /** Permissions in the guild without which there is no answer; what is done checks its own. */
  needs?: readonly PermissionName[];
  query?: z.ZodType;
  body?: z.ZodType;
  // biome-ignore lint/suspicious/noExplicitAny: each route has its own types, which `route` has checked
  handle: (context: RouteContext<any, any, any>) => unknown;
}

interface RouteDefinition<Path extends string, Query extends z.ZodType, Body extends z.ZodType>
  extends Omit<Route, 'handle' | 'path' | 'query' | 'body'> {
  path: Path;
  query?: Query;
  body?: Body;
  handle: (context: RouteContext<PathParams<Path>, z.output<Query>, z.output<Body>>) => unknown;
}

/** Writes a route down, with the types that follow from its path and its schemas. */
export function route<
  const Path extends string,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(definition: RouteDefinition<Path, Query, Body>): Route {
  return definition;
}
