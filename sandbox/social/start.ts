/** Starts the local platforms: in their own process (main.ts), or within a test. */

import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { isLoopbackHost, isOwnOrigin } from '../host.ts';
import { connectToLocalPlatforms, type SocialControl, socialControlApi } from './control.ts';
import { SocialFaults } from './faults.ts';
import { oauthRoutes } from './oauth.ts';
import { observeRequests } from './observe.ts';
import { socialPages } from './page/pages.ts';
import type { ConsentMode, LocalPlatformsServices } from './services.ts';
import type { PlatformServices, SocialAccount, SocialPlatform, StandIn } from './stand-in.ts';
import { STAND_INS } from './stand-ins.ts';
import { SocialState } from './state.ts';
import { clientOf, type OAuthClient, Tokens } from './tokens.ts';

export interface LocalPlatformsOptions {
  /** 0 (when absent): any free port. */
  port?: number;
  /** Where the state is kept; in memory alone when absent. */
  stateFile?: string;
  /** In ms since 1970. */
  now?: () => number;
  /** `given` when absent: tests have nobody who would click. */
  consent?: ConsentMode;
  /** Whether the platforms' limits on how often they are asked hold; true when absent. */
  keepsLimits?: boolean;
}

/** Local platforms that run. */
export interface LocalPlatforms {
  /** `http://127.0.0.1:PORT`: each platform is below its name. */
  readonly url: string;
  readonly control: SocialControl;
  /** The program that is registered on each platform. */
  readonly clients: Readonly<Partial<Record<SocialPlatform, OAuthClient>>>;
  /** The account that there is on each platform. */
  readonly accounts: Readonly<Partial<Record<SocialPlatform, SocialAccount>>>;
  stop(): Promise<void>;
}

/**
 * Starts the local platforms on the loopback address.
 * @throws Error with one clear line when the port is taken or the file cannot be used
 */
export async function startLocalPlatforms(options: LocalPlatformsOptions = {}): Promise<LocalPlatforms> {
  const now = options.now ?? Date.now;
  const state = new SocialState(options.stateFile);
  const tokens = new Tokens(state, now);
  const services: LocalPlatformsServices = {
    state,
    faults: new SocialFaults(),
    now,
    consent: options.consent ?? 'given',
    keepsLimits: options.keepsLimits ?? true,
    url: '',
    platforms: STAND_INS.map((standIn) => ({
      standIn,
      services: servicesOf(standIn, () => services, tokens),
    })),
    requests: [],
  };
  const app = await createApp(services, tokens);
  const port = options.port ?? 0;
  await app.listen({ port, host: '127.0.0.1' }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken: end what listens there, or set SANDBOX_SOCIAL_PORT to another.`
        : `Port ${port} cannot be opened: ${error.message}`,
    );
  });
  services.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    url: services.url,
    control: connectToLocalPlatforms(services.url),
    clients: Object.fromEntries(STAND_INS.map(({ platform }) => [platform, clientOf(platform)])),
    accounts: Object.fromEntries(STAND_INS.map(({ platform, account }) => [platform, account])),
    async stop() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

function servicesOf(
  { platform, account }: StandIn,
  shared: () => LocalPlatformsServices,
  tokens: Tokens,
): PlatformServices {
  return {
    platform,
    account,
    now: () => shared().now(),
    url: () => `${shared().url}/${platform}`,
    get posts() {
      return shared().state.platform(platform).posts;
    },
    get records() {
      return shared().state.platform(platform).records;
    },
    newNumber: () => shared().state.newNumber(),
    save: () => shared().state.save(),
    keepsLimits: () => shared().keepsLimits,
    isValid: (token) => tokens.isValid(platform, token),
    isAllowed: (token, scope) => tokens.isAllowed(platform, token, scope),
  };
}

async function createApp(services: LocalPlatformsServices, tokens: Tokens): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers;
    if (!isLoopbackHost(host) || !isOwnOrigin(origin, host))
      await reply.code(403).send({ message: 'Only pages of this server on the loopback address.' });
  });
  for (const served of services.platforms)
    await app.register(
      async (scope) => {
        observeRequests(scope, served, services, tokens);
        await scope.register(oauthRoutes, { services, standIn: served.standIn, tokens });
        // A scope of its own: what it says of bodies and errors is not said of consent and tokens.
        await scope.register(async (own) => served.standIn.routes(own, served.services));
      },
      { prefix: `/${served.standIn.platform}` },
    );
  await app.register(socialControlApi, { services, tokens });
  await app.register(socialPages, { services, tokens });
  return app;
}
