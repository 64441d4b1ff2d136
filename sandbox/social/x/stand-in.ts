/** A local X: its API of posts and of media, as far as publishing and reading one's own takes. */

import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import type { PlatformServices, RequestKind, SocialAccount, StandIn } from '../stand-in.ts';
import { countRequest, limitHeaders, type XLimits } from './limits.ts';
import { LARGEST_SEGMENT, XUploads } from './media.ts';
import { DUPLICATE, invalidRequest, plainRefusal, XProblem } from './problems.ts';
import { statusPage } from './status-page.ts';
import { Tweets } from './tweets.ts';

const API = '/2';
const POSTS_PER_QUARTER = 100;

const ACCOUNT: SocialAccount = { id: '1702345678901234567', name: 'TiXL', handle: 'tixl_local' };

interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly limits: XLimits;
  readonly status?: number;
  answer(request: FastifyRequest<{ Params: { id: string } }>): unknown;
}

export const xStandIn: StandIn = {
  platform: 'x',
  account: ACCOUNT,
  oauth: {
    authorize: '/i/oauth2/authorize',
    token: `${API}/oauth2/token`,
    revoke: `${API}/oauth2/revoke`,
    lastsSeconds: 7_200,
    rotates: true,
    needsPkce: true,
    isOffline: ({ scope = '' }) => scope.split(' ').includes('offline.access'),
  },
  classify,
  refusal(kind) {
    switch (kind.kind) {
      case 'rate limit':
        return plainRefusal(429, undefined, limitHeaders('x-rate-limit', POSTS_PER_QUARTER, 0, kind.resetAt));
      case 'server error':
        return plainRefusal(kind.status);
      case 'unauthorised':
        return plainRefusal(401);
      default:
        return plainRefusal(403, DUPLICATE);
    }
  },
  routes(app, services) {
    statusPage(app, services);
    app.register(async (api) => addRoutes(api, services), { prefix: API });
  },
};

function classify(method: string, path: string): RequestKind | undefined {
  if (path === `${API}/oauth2/token`) return 'token';
  if (path.startsWith(`${API}/media/`)) return 'upload';
  if (path === `${API}/tweets` && method === 'POST') return 'publish';
  return path.startsWith(`${API}/`) && method === 'GET' ? 'read' : undefined;
}

async function addRoutes(api: FastifyInstance, services: PlatformServices): Promise<void> {
  await api.register(multipart, { limits: { fileSize: LARGEST_SEGMENT } });
  api.setErrorHandler(answerError);
  api.setNotFoundHandler((_, reply) => refuse(reply, new XProblem(plainRefusal(404))));
  for (const route of routesOf(services))
    api.route<{ Params: { id: string } }>({
      method: route.method,
      url: route.path,
      async onRequest({ headers }, reply) {
        const token = /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
        if (!services.isValid(token)) throw new XProblem(plainRefusal(401));
        countRequest(services, `${route.method} ${route.path}`, route.limits, reply);
      },
      async handler(request, reply) {
        const answer = await route.answer(request);
        return reply.code(route.status ?? 200).send(answer);
      },
    });
}

function routesOf(services: PlatformServices): Route[] {
  const uploads = new XUploads(services);
  const tweets = new Tweets(services, uploads);
  const { id, name, handle } = services.account;
  const ofUpload = { user: 1_875, day: 180_000 };
  return [
    {
      method: 'POST',
      path: '/tweets',
      limits: { user: POSTS_PER_QUARTER, day: 10_000 },
      status: 201,
      answer: ({ body }) => tweets.create(body),
    },
    {
      method: 'GET',
      path: '/tweets',
      limits: { user: 5_000 },
      answer: ({ query }) => tweets.lookUp(query),
    },
    {
      method: 'DELETE',
      path: '/tweets/:id',
      limits: { user: 50 },
      answer: ({ params }) => tweets.delete(params.id),
    },
    {
      method: 'GET',
      path: '/users/me',
      limits: { user: 75 },
      answer: () => ({ data: { id, name, username: handle } }),
    },
    {
      method: 'GET',
      path: '/users/:id/tweets',
      limits: { user: 900 },
      answer: ({ params, query }) => tweets.timeline(params.id, query),
    },
    {
      method: 'POST',
      path: '/media/upload/initialize',
      limits: ofUpload,
      answer: ({ body }) => uploads.initialize(body),
    },
    {
      method: 'POST',
      path: '/media/upload/:id/append',
      limits: ofUpload,
      answer: (request) => uploads.append(request.params.id, request),
    },
    {
      method: 'POST',
      path: '/media/upload/:id/finalize',
      limits: ofUpload,
      answer: ({ params }) => uploads.finalize(params.id),
    },
    {
      method: 'GET',
      path: '/media/upload',
      limits: { user: 1_000, day: 100_000 },
      answer: ({ query }) => uploads.status(String((query as Record<string, unknown>).media_id)),
    },
  ];
}

function answerError(error: unknown, _: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof XProblem) return refuse(reply, error);
  if (error instanceof ZodError) {
    const [issue] = error.issues;
    const name = issue?.path.join('.') ?? '';
    return refuse(reply, invalidRequest(`${name}: ${issue?.message}`, { [name]: [] }));
  }
  const { statusCode = 500, message } = error as { statusCode?: number; message?: string };
  return refuse(
    reply,
    statusCode < 500 ? invalidRequest(message ?? '') : new XProblem(plainRefusal(statusCode)),
  );
}

function refuse(reply: FastifyReply, { refusal: { status, headers, body } }: XProblem): FastifyReply {
  return reply
    .code(status)
    .headers(headers ?? {})
    .send(body);
}
