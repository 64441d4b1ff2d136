/** Discord's HTTP API as a fastify plugin: what every route has in common. */

import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultKind } from '../control/api.ts';
import type { Faults } from '../observe/faults.ts';
import type { RequestLog } from '../observe/request-log.ts';
import { DiscordError, ensure } from '../rules/errors.ts';
import { checkForm, formError } from '../rules/form.ts';
import { ensureGuildPermissions } from '../rules/permissions.ts';
import type { RateLimits } from '../rules/rate-limits.ts';
import { isSnowflake } from '../state/snowflake.ts';
import { readContent } from './body.ts';
import { Reply, type Route, type Services } from './route.ts';
import { routes } from './routes.ts';

export interface ApiOptions {
  services: Services;
  token: string;
  rateLimits: RateLimits;
  faults: Faults;
  log: RequestLog;
  /** Told of an error of the server itself. */
  onCrash: (error: unknown) => void;
}

/** What is known of a request while it is answered. */
interface Progress {
  startedAt: number;
  at: number;
  route: string;
  bucket: string | null;
  remaining: number | null;
  fault: FaultKind | null;
  code: number | null;
  requestType: 'json' | 'multipart' | null;
  requestBody: unknown;
}

declare module 'fastify' {
  interface FastifyRequest {
    discord: Progress;
  }
  interface FastifyContextConfig {
    discord?: Route;
  }
}

const maximumBodyBytes = 25 * 1024 * 1024;

/** Adds all routes below the prefix under which the plugin is registered. */
export async function discordApi(app: FastifyInstance, options: ApiOptions): Promise<void> {
  const { log } = options;
  app.decorateRequest('discord', null as never);
  await app.register(multipart, { throwFileSizeLimit: true });
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: maximumBodyBytes },
    (_request, body, done) => done(null, body),
  );
  app.addHook('onRequest', (request, reply, done) => {
    begin(request, options);
    if (options.faults.away) cut(request, reply, options);
    else done();
  });
  app.addHook('onRequest', async (request, reply) => admit(request, reply, options));
  app.addHook('onSend', async (request, reply, payload) => {
    const fault = request.discord?.fault;
    if (fault?.kind === 'drop-after') cut(request, reply, options);
    return payload;
  });
  app.addHook('onResponse', async (request, reply) => note(request, reply.statusCode, options));
  app.setErrorHandler((error, request, reply) => refuse(error, request, reply, options));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const known = isKnownPath(path.slice(app.prefix.length));
    refuse(new DiscordError(known ? 'methodNotAllowed' : 'notFound'), request, reply, options);
  });
  for (const route of routes)
    app.route({
      method: route.method,
      url: route.path,
      config: { discord: route },
      handler: (request, reply) => answer(route, request, reply, options),
    });
  app.addHook('onClose', async () => log.clear());
}

function begin(request: FastifyRequest, { services }: ApiOptions): void {
  const route = request.routeOptions.config.discord;
  request.discord = {
    startedAt: performance.now(),
    at: services.world.now(),
    route: route?.path ?? 'unknown',
    bucket: route?.bucket ?? null,
    remaining: null,
    fault: null,
    code: null,
    requestType: null,
    requestBody: undefined,
  };
}

/** Faults, authorisation and limits: before anything of the request is looked at. */
async function admit(request: FastifyRequest, reply: FastifyReply, options: ApiOptions): Promise<void> {
  const { discord } = request;
  discord.fault = options.faults.take(request.method, discord.route);
  await applyFaultBefore(discord.fault, request, reply, options);
  if (reply.sent || request.raw.destroyed) return;
  const route = request.routeOptions.config.discord;
  if (route === undefined) return;
  if (route.open !== true) ensure(isAuthorized(request, options.token), 'unauthorized');
  limit(route, request, reply, options);
}

async function applyFaultBefore(
  fault: FaultKind | null,
  request: FastifyRequest,
  reply: FastifyReply,
  options: ApiOptions,
): Promise<void> {
  if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  else if (fault?.kind === 'drop-before') cut(request, reply, options);
  else if (fault?.kind === 'error') {
    request.discord.code = fault.code ?? 0;
    await reply
      .code(fault.status)
      .send({ message: fault.message ?? `${fault.status}: Fault on demand`, code: fault.code ?? 0 });
  }
}

/** Ends the connection without an answer. */
function cut(request: FastifyRequest, reply: FastifyReply, options: ApiOptions): void {
  note(request, 0, options);
  reply.hijack();
  request.raw.socket.destroy();
}

function isAuthorized(request: FastifyRequest, token: string): boolean {
  return request.headers.authorization === `Bot ${token}`;
}

function limit(route: Route, request: FastifyRequest, reply: FastifyReply, options: ApiOptions): void {
  const verdict = options.rateLimits.check({
    bucket: route.bucket ?? null,
    major: majorParameter(request),
    countsGlobally: route.open !== true,
  });
  reply.headers(verdict.headers);
  request.discord.remaining = verdict.remaining;
  if (verdict.refusal !== null) throw new RateLimited(verdict.refusal);
}

/** What a bucket counts for by itself (Discord docs, "Rate Limits": top-level resources). */
function majorParameter(request: FastifyRequest): string {
  const params = request.params as Record<string, string | undefined>;
  return params.channelId ?? params.guildId ?? params.webhookToken ?? params.webhookId ?? '';
}

class RateLimited extends Error {
  readonly refusal: { retryAfter: number; global: boolean };

  constructor(refusal: { retryAfter: number; global: boolean }) {
    super('You are being rate limited.');
    this.refusal = refusal;
  }
}

async function answer(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  options: ApiOptions,
): Promise<FastifyReply> {
  const { services } = options;
  const { world } = services;
  checkParams(request, services);
  if (route.needs !== undefined) ensureGuildPermissions(world, world.botId, route.needs);
  const query = route.query === undefined ? undefined : checkForm(route.query, request.query);
  const content = await readContent(request);
  request.discord.requestType = content.type;
  if (options.log.recordsExchanges) request.discord.requestBody = structuredClone(content.body);
  const body = route.body === undefined ? undefined : checkForm(route.body, content.body ?? {});
  const result = await route.handle({
    ...services,
    params: request.params,
    query,
    body,
    files: content.files,
    actor: { userId: world.botId, reason: auditReason(request) },
    botId: world.botId,
  });
  return send(request, reply, result, options);
}

function auditReason(request: FastifyRequest): string | null {
  const header = request.headers['x-audit-log-reason'];
  if (typeof header !== 'string' || header === '') return null;
  try {
    return decodeURIComponent(header).slice(0, 512);
  } catch {
    return header.slice(0, 512);
  }
}

/** Ids in the path must be ids; guild and application must be ours. */
function checkParams(request: FastifyRequest, { world }: Services): void {
  const params = request.params as Record<string, string>;
  for (const [name, value] of Object.entries(params))
    if (name.endsWith('Id') && !isSnowflake(value) && value !== '@original')
      throw formError(
        [snakeCase(name)],
        'NUMBER_TYPE_COERCE',
        `Value "${value.slice(0, 100)}" is not snowflake.`,
      );
  const { guildId, applicationId } = params;
  if (guildId !== undefined) ensure(guildId === world.guild.id, 'unknownGuild');
  if (applicationId !== undefined)
    ensure(applicationId === world.identity.applicationId, 'unknownApplication');
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  result: unknown,
  options: ApiOptions,
): FastifyReply {
  const { status, body } =
    result instanceof Reply ? result : { status: result === undefined ? 204 : 200, body: result };
  record(request, status, body, options);
  if (body === undefined) return reply.code(status).send();
  return sendJson(reply.code(status), body);
}

/** As bytes, for to a text the framework would add a charset, which Discord's content type does not have. */
function sendJson(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.header('content-type', 'application/json').send(Buffer.from(JSON.stringify(body)));
}

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, options: ApiOptions): void {
  const { status, body, headers } = refusalOf(error, options);
  if ([401, 403, 429].includes(status)) options.rateLimits.countInvalid();
  if (request.discord !== undefined) request.discord.code = (body as { code?: number }).code ?? 0;
  record(request, status, body, options);
  sendJson(reply.code(status).headers(headers), body);
}

function refusalOf(
  error: unknown,
  { onCrash }: ApiOptions,
): { status: number; body: object; headers: Record<string, string> } {
  if (error instanceof RateLimited) {
    const { retryAfter, global } = error.refusal;
    return { status: 429, body: { message: error.message, retry_after: retryAfter, global }, headers: {} };
  }
  const known = error instanceof DiscordError ? error : frameworkError(error);
  if (known !== null) {
    const headers: Record<string, string> =
      known.retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(known.retryAfter)) };
    return { status: known.status, body: known.body(), headers };
  }
  onCrash(error);
  return { status: 500, body: { message: '500: Internal Server Error', code: 0 }, headers: {} };
}

/** What the HTTP framework refuses by itself. */
function frameworkError(error: unknown): DiscordError | null {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status !== 'number' || status >= 500) return null;
  if (status === 413) return new DiscordError('entityTooLarge');
  if (status === 415)
    return formError(
      [],
      'CONTENT_TYPE_INVALID',
      "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.",
    );
  return new DiscordError('generic');
}

function record(request: FastifyRequest, status: number, body: unknown, { log }: ApiOptions): void {
  if (!log.recordsExchanges || request.discord === undefined) return;
  const [path, query] = request.url.split('?');
  log.addExchange({
    method: request.method,
    route: request.discord.route,
    path: path ?? '',
    query: query ?? '',
    requestType: request.discord.requestType,
    requestBody: request.discord.requestBody,
    status,
    responseBody: body === undefined ? undefined : structuredClone(body),
  });
}

function note(request: FastifyRequest, status: number, { log }: ApiOptions): void {
  const { discord } = request;
  if (discord === undefined) return;
  log.add({
    at: new Date(discord.at).toISOString(),
    method: request.method,
    route: discord.route,
    path: request.url,
    bucket: discord.bucket,
    status,
    code: discord.code,
    durationMs: Math.round((performance.now() - discord.startedAt) * 100) / 100,
    remaining: discord.remaining,
    fault: discord.fault?.kind ?? null,
  });
}

const patterns = [...new Set(routes.map(({ path }) => path))].map(
  (path) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`),
);

/** Whether there is a route with this path, under whatever method. */
function isKnownPath(path: string): boolean {
  return patterns.some((pattern) => pattern.test(path));
}
