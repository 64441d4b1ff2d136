/** Starts a local GitHub: in its own process (main.ts), or within a test. */

import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { isLoopbackHost, isOwnOrigin } from '../host.ts';
import { restApi } from './api.ts';
import { connectToLocalGithub, type GithubControl, githubControlApi } from './control.ts';
import { deviceFlowRoutes } from './device-flow.ts';
import { applyFaults } from './fault-hooks.ts';
import { GithubFaults } from './faults.ts';
import { graphqlApi } from './graphql.ts';
import { githubPages } from './pages.ts';
import { postPages } from './post-pages.ts';
import type { LocalGithubServices } from './services.ts';
import { GithubState } from './state.ts';

/** Where the API is, as on a GitHub Enterprise Server: clients then find the pages at the same address. */
const API = '/api/v3';
const REQUESTS_KEPT = 10_000;

export interface LocalGithubOptions {
  /** 0 (when absent): any free port. */
  port?: number;
  /** Where the state is kept; in memory alone when absent. */
  stateFile?: string;
  /** The token with which repositories are read; made up when absent. */
  token?: string;
  clientId?: string;
  now?: () => number;
}

/** A local GitHub that runs. */
export interface LocalGithub {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What Octokit takes as `baseUrl`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly clientId: string;
  readonly control: GithubControl;
  stop(): Promise<void>;
}

/**
 * Starts a local GitHub on the loopback address.
 * @throws Error with one clear line when the port is taken or the file cannot be used
 */
export async function startLocalGithub(options: LocalGithubOptions = {}): Promise<LocalGithub> {
  const services: LocalGithubServices = {
    state: new GithubState(options.stateFile),
    faults: new GithubFaults(),
    now: options.now ?? Date.now,
    clientId: options.clientId ?? 'local-github-client',
    token: options.token ?? `local.${randomUUID()}`,
    holdsToInterval: true,
    keepsLimits: true,
    addresses: { api: '', pages: '' },
    hour: { endsAt: 0, used: 0 },
    made: new Map(),
    requests: [],
  };
  const app = await createApp(services);
  const port = options.port ?? 0;
  await app.listen({ port, host: '127.0.0.1' }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken: end what listens there, or set SANDBOX_GITHUB_PORT to another.`
        : `Port ${port} cannot be opened: ${error.message}`,
    );
  });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  services.addresses = { api: `${url}${API}`, pages: url };
  return {
    url,
    apiUrl: services.addresses.api,
    token: services.token,
    clientId: services.clientId,
    control: connectToLocalGithub(url),
    async stop() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

async function createApp(services: LocalGithubServices): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers;
    if (!isLoopbackHost(host) || !isOwnOrigin(origin, host))
      await reply.code(403).send({ message: 'Only pages of this server on the loopback address.' });
  });
  applyFaults(app, services.faults);
  app.addHook('onResponse', async ({ method, url }, { statusCode: status }) => {
    const [path = ''] = url.split('?');
    if (path.startsWith('/control/')) return;
    services.requests.push({ method, path, status });
    if (services.requests.length > REQUESTS_KEPT) services.requests.shift();
  });
  deviceFlowRoutes(app, services);
  await app.register(restApi, { prefix: API, services });
  await app.register(graphqlApi, { services });
  await app.register(githubControlApi, { services });
  await app.register(githubPages, { services });
  await app.register(postPages, { services });
  return app;
}
