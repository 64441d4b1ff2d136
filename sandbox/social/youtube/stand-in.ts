/** A local YouTube: its Data API, as far as uploading videos and reading and changing one's own takes. */

import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PlatformServices, Refusal, RequestKind, SocialAccount, StandIn } from '../stand-in.ts';
import { listChannels, listPlaylistItems, listVideos, partsIn } from './lists.ts';
import { problem, refusalOf, tooFast, UNAUTHORISED, YoutubeProblem } from './problems.ts';
import { COSTS, spend } from './quota.ts';
import { Uploads } from './uploads.ts';
import { Videos } from './videos.ts';
import { watchPage } from './watch-page.ts';

const API = '/youtube/v3';
const UPLOAD = `/upload${API}/videos`;
const LARGEST_PART = 256 * 1024 * 1024;

const ACCOUNT: SocialAccount = { id: 'UCx7Local0TiXL0Channel0', name: 'TiXL', handle: '@tixl_local' };

export const youtubeStandIn: StandIn = {
  platform: 'youtube',
  account: ACCOUNT,
  oauth: {
    authorize: '/o/oauth2/v2/auth',
    token: '/token',
    revoke: '/revoke',
    lastsSeconds: 3_599,
    rotates: false,
    needsPkce: false,
    isOffline: ({ access_type: access }) => access === 'offline',
  },
  classify,
  refusal(kind) {
    switch (kind.kind) {
      case 'rate limit':
        return tooFast(kind.resetAt);
      case 'server error':
        return refusalOf(kind.status, 'backendError', 'Backend Error', { domain: 'global' });
      case 'unauthorised':
        return UNAUTHORISED;
      case 'duplicate':
        return refusalOf(409, 'duplicate', 'The resource that you are trying to create already exists.', {
          domain: 'global',
        });
    }
  },
  routes(app, services) {
    app.register(async (api) => addRoutes(api, services));
  },
};

/** Of an upload, the part with the last byte publishes; a part without bytes asks how far it is. */
function classify(method: string, path: string, headers: IncomingHttpHeaders): RequestKind | undefined {
  if (path === '/token') return 'token';
  if (path === UPLOAD && method === 'POST') return 'upload';
  if (path === UPLOAD) {
    const [, last, total] = /^bytes \d+-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
    if (headers['content-range']?.startsWith('bytes *')) return 'read';
    return last === undefined || Number(last) + 1 === Number(total) ? 'publish' : 'upload';
  }
  if (!path.startsWith(`${API}/`)) return undefined;
  return method === 'GET' ? 'read' : 'publish';
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

async function addRoutes(api: FastifyInstance, services: PlatformServices): Promise<void> {
  const videos = new Videos(services);
  const uploads = new Uploads(services, videos);
  // Bytes of whatever type are taken as they are.
  api.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_PART }, (_, body, done) =>
    done(null, body),
  );
  api.setErrorHandler(answerError);
  api.setNotFoundHandler((_, reply) => refuse(reply, { status: 404, body: 'Not Found' }));
  api.addHook('onRequest', async ({ headers, url, method }) => {
    const token = /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const isPage = url.startsWith('/youtube/watch');
    // Who knows a session's address may go on with it.
    const isSession = method === 'PUT' && url.includes(UPLOAD) && token === undefined;
    if (!isPage && !isSession && !services.isValid(token)) throw new YoutubeProblem(UNAUTHORISED);
  });

  api.post<{ Querystring: Query }>(UPLOAD, async ({ query, headers, body }, reply) => {
    if (query.uploadType !== 'resumable')
      throw problem(400, 'badRequest', 'Only resumable uploads are taken here.', { domain: 'global' });
    partsIn(query.part);
    const { 'x-upload-content-length': length, 'x-upload-content-type': type } = headers;
    const id = uploads.begin(body, textOf(length), textOf(type));
    const address = new URL(`${services.url()}${UPLOAD}`);
    address.searchParams.set('uploadType', 'resumable');
    for (const part of [query.part].flat()) if (part !== undefined) address.searchParams.append('part', part);
    address.searchParams.set('upload_id', id);
    return reply.headers({ location: address.href, 'x-guploader-uploadid': id }).send();
  });

  api.put<{ Querystring: Query }>(UPLOAD, { bodyLimit: LARGEST_PART }, async (request, reply) => {
    const { query, headers, body } = request;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const answer = uploads.put(String(query.upload_id), headers['content-range'], bytes);
    if (answer.kind === 'complete') return videos.view(answer.video, partsIn(query.part));
    if (answer.received > 0) reply.header('range', `bytes=0-${answer.received - 1}`);
    return reply.code(308).send();
  });

  api.get<{ Querystring: Query }>(`${API}/videos`, async ({ query }) => {
    spend(services, COSTS.read);
    return listVideos(videos, query);
  });

  api.put<{ Querystring: Query }>(`${API}/videos`, async ({ query, body }) => {
    spend(services, COSTS.update);
    const parts = partsIn(query.part);
    return videos.view(videos.change(body, parts), parts);
  });

  api.get<{ Querystring: Query }>(`${API}/channels`, async ({ query }) => {
    spend(services, COSTS.read);
    return listChannels(services, query);
  });

  api.get<{ Querystring: Query }>(`${API}/playlistItems`, async ({ query }) => {
    spend(services, COSTS.read);
    return listPlaylistItems(services, videos, query);
  });

  api.get<{ Querystring: Query }>('/watch', async ({ query }, reply) =>
    watchPage(reply, videos.find(String(query.v))),
  );
}

const textOf = (header: string | string[] | undefined): string | undefined => [header].flat()[0];

function answerError(error: unknown, _: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof YoutubeProblem) return refuse(reply, error.refusal);
  const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string };
  return refuse(reply, refusalOf(statusCode, 'badRequest', message, { domain: 'global' }));
}

function refuse(reply: FastifyReply, { status, headers, body }: Refusal): FastifyReply {
  return reply
    .code(status)
    .headers(headers ?? {})
    .send(body);
}
