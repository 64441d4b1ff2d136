/** Starts a local Discord: in its own process (main.ts), or within a test. */

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Snowflake } from 'discord-api-types/v10';
import fastify, { type FastifyInstance } from 'fastify';
import type { Limits } from './control/api.ts';
import { livePath } from './control/api.ts';
import type { ControlClient } from './control/calls.ts';
import { connectToLocalDiscord } from './control/client.ts';
import { startingLimits } from './control/handlers/observe.ts';
import { Live } from './control/live.ts';
import { controlApi } from './control/server.ts';
import type { ControlServices } from './control/services.ts';
import { privilegedIntents } from './gateway/intents.ts';
import { Gateway } from './gateway/server.ts';
import { isLoopbackHost, isOwnOrigin } from './host.ts';
import { InteractionDesk } from './interactions/desk.ts';
import { Faults } from './observe/faults.ts';
import { RequestLog } from './observe/request-log.ts';
import { ReplayPlayer } from './replay/player.ts';
import { attachmentFiles } from './rest/attachment-files.ts';
import { discordApi } from './rest/plugin.ts';
import { RateLimits } from './rules/rate-limits.ts';
import { readGuildFile, setUpGuild } from './state/guild-file.ts';
import { openStateFile, type StateFile } from './state/state-file.ts';
import { World } from './state/world.ts';

export interface LocalDiscordOptions {
  /** 0 (when absent): any free port. */
  port?: number;
  /** Where the state is kept; in memory alone when absent. */
  stateFile?: string;
  guildFile?: string;
  /** The guild's id; that of the guild file when absent. */
  guildId?: Snowflake;
  /** The bot's token; made up when absent. */
  token?: string;
  /** Strict when absent. */
  limitMode?: 'strict' | 'off';
  /** Limits that differ from those of the mode. */
  limits?: Partial<Limits>;
  /** Privileged intents that the application may use; all when absent. */
  allowedPrivilegedIntents?: number;
  /** An address with a placeholder, for the page's links to open workflows. */
  workflowUrl?: string;
  /** Keeps every exchange in full, for checks against Discord's description. */
  recordExchanges?: boolean;
  /** Entries kept in the log of requests. */
  requestLogSize?: number;
  /** Adds the web page. */
  registerPage?: (app: FastifyInstance) => void | Promise<void>;
  now?: () => number;
}

/** A local Discord that runs. */
export interface LocalDiscord {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** What discord.js takes as `rest.api`. */
  apiUrl: string;
  token: string;
  guildId: Snowflake;
  applicationId: Snowflake;
  control: ControlClient;
  /** The token of an interaction, which otherwise only the bot's gateway is told. */
  interactionToken: (interactionId: Snowflake) => string;
  /** Saves and ends it. */
  stop: () => Promise<void>;
}

const tixlFile = fileURLToPath(new URL('./guilds/tixl.yaml', import.meta.url));

/**
 * Starts a local Discord on the loopback address.
 * @throws Error with one clear line when the port is taken or a file cannot be used
 */
export async function startLocalDiscord(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
  const token = options.token ?? `local.${randomUUID()}`;
  const world = new World(options.now);
  const stateFile = prepareWorld(world, options);
  const services = createServices(world, token, options);
  const app = await createApp(services, token, options);
  await app.listen({ port: options.port ?? 0, host: '127.0.0.1' }).catch((error: unknown) => {
    throw new Error(listenProblem(error, options.port ?? 0));
  });
  const { port } = app.server.address() as AddressInfo;
  world.publicUrl = `http://127.0.0.1:${port}`;
  services.gateway.url = `ws://127.0.0.1:${port}/gateway`;
  return {
    url: world.publicUrl,
    apiUrl: `${world.publicUrl}/api`,
    token,
    guildId: world.identity.guildId,
    applicationId: world.identity.applicationId,
    interactionToken: (id) => {
      const token = services.desk.find(id)?.token;
      if (token === undefined) throw new Error(`There is no interaction ${id}.`);
      return token;
    },
    control: connectToLocalDiscord({ url: world.publicUrl }),
    stop: async () => {
      services.desk.clear();
      services.replayPlayer.stop();
      services.live.close();
      services.gateway.close();
      app.server.closeAllConnections();
      await app.close();
      stateFile?.close();
    },
  };
}

/** Fills the world from the state file or, when there is nothing yet, from the guild file. */
function prepareWorld(world: World, options: LocalDiscordOptions): StateFile | null {
  world.limits = startingLimits(options.limitMode ?? 'strict', options.limits);
  const guildFile = readGuildFile(options.guildFile ?? tixlFile);
  const stateFile = options.stateFile === undefined ? null : openStateFile(options.stateFile, world);
  const { guildId } = world.identity;
  if (stateFile !== null && guildId !== '0' && options.guildId !== undefined && guildId !== options.guildId)
    throw new Error(`${options.stateFile} belongs to the guild ${guildId}, not to ${options.guildId}.`);
  if (world.guilds.size === 0) setUpGuild(world, guildFile, options.guildId);
  return stateFile;
}

function createServices(world: World, token: string, options: LocalDiscordOptions): ControlServices {
  const allowedPrivilegedIntents = options.allowedPrivilegedIntents ?? privilegedIntents;
  const gateway = new Gateway(world, { token, allowedPrivilegedIntents });
  const faults = new Faults(world.now);
  const log = new RequestLog(options.requestLogSize ?? 200_000, options.recordExchanges ?? false);
  const live = new Live({ world, gateway, faults, log });
  return {
    world,
    gateway,
    desk: new InteractionDesk(world, () => gateway.online),
    mayReadContent: (allowedPrivilegedIntents & messageContentIntent) !== 0,
    faults,
    log,
    rateLimits: new RateLimits(() => world.limits, world.now),
    live,
    replayPlayer: new ReplayPlayer(world, (state) => live.tellReplay(state)),
    initialLimits: structuredClone(world.limits),
    settings: () => ({
      workflowUrl: options.workflowUrl ?? null,
      guildId: world.identity.guildId,
      applicationId: world.identity.applicationId,
      botId: world.botId,
    }),
    setUpAgain: () => {
      world.clear();
      setUpGuild(world, readGuildFile(options.guildFile ?? tixlFile), options.guildId);
    },
    onCrash: (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    },
  };
}

const messageContentIntent = 1 << 15;

async function createApp(
  services: ControlServices,
  token: string,
  options: LocalDiscordOptions,
): Promise<FastifyInstance> {
  const { faults, log, rateLimits, onCrash } = services;
  const app = fastify({
    // discord.js percent-encodes `@me` and `@original`; the router would take them for something else.
    rewriteUrl: (request) => withPlainAt(request.url ?? '/'),
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: true,
    bodyLimit: 25 * 1024 * 1024,
  });
  app.addHook('onRequest', async (request, reply) => {
    if (isLoopbackHost(request.headers.host) && isOwnOrigin(request.headers.origin, request.headers.host))
      return;
    await reply.code(403).send({ message: 'Only pages of this server on the loopback address.', code: 0 });
  });
  await app.register(discordApi, { prefix: '/api/v10', services, token, rateLimits, faults, log, onCrash });
  await app.register(controlApi, services);
  await app.register(attachmentFiles, services.world);
  await options.registerPage?.(app);
  listenForUpgrades(app.server, services);
  return app;
}

function withPlainAt(url: string): string {
  const [path = '', ...query] = url.split('?');
  return [path.replaceAll(/%40/g, '@'), ...query].join('?');
}

function listenForUpgrades(server: Server, { gateway, live, faults }: ControlServices): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const isTrusted =
      isLoopbackHost(request.headers.host) && isOwnOrigin(request.headers.origin, request.headers.host);
    if (isTrusted && path === livePath) live.upgrade(request, socket, head);
    else if (isTrusted && path.replace(/\/$/, '') === '/gateway' && !faults.away)
      gateway.upgrade(request, socket, head);
    else socket.destroy();
  });
}

function listenProblem(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken: end what listens there, or set SANDBOX_PORT to another.`;
  return `Port ${port} cannot be opened: ${error instanceof Error ? error.message : error}`;
}
