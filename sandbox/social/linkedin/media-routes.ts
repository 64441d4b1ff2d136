/** The routes by which pictures, videos and documents are uploaded. */

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { PlatformServices } from '../stand-in.ts';
import { INVALID_TOKEN, invalid, NOT_ALLOWED, notFound } from './errors.ts';
import { asksForToken, asksForVersion, refuse, tokenOf } from './gate.ts';
import { type LinkedinMedia, MEDIA_KINDS, type MediaRoute, type Medium } from './media.ts';
import { organizationUrn } from './people.ts';

const LARGEST_VIDEO_BYTES = 500 * 1024 * 1024;

const begins = z.object({
  initializeUploadRequest: z.object({
    owner: z.string(),
    fileSizeBytes: z.int().min(1).max(LARGEST_VIDEO_BYTES).optional(),
  }),
});

const ends = z.object({
  finalizeUploadRequest: z.object({
    video: z.string(),
    uploadToken: z.string(),
    uploadedPartIds: z.array(z.string()).min(1),
  }),
});

interface ActionRequest {
  Querystring: { action?: string };
}

/** Adds the routes. */
export function mediaRoutes(app: FastifyInstance, services: PlatformServices, media: LinkedinMedia): void {
  const guards = { onRequest: [asksForToken(services), asksForVersion(services)] };
  for (const route of Object.keys(MEDIA_KINDS) as MediaRoute[]) {
    app.post<ActionRequest>(`/rest/${route}`, guards, async ({ query, body }, reply) => {
      if (query.action === 'initializeUpload') return begin(route, body, reply);
      if (query.action === 'finalizeUpload' && route === 'videos') return finalize(body, reply);
      return refuse(reply, invalid('action', `${query.action} is no action of ${route}`));
    });
    app.get<{ Params: { urn: string } }>(`/rest/${route}/:urn`, guards, async ({ params }, reply) => {
      const medium = media.find(params.urn);
      if (medium?.kind !== MEDIA_KINDS[route]) return refuse(reply, notFound(params.urn));
      return { id: medium.urn, owner: medium.owner, status: media.statusOf(medium) };
    });
  }
  uploadRoute(app, services, media);

  function begin(route: MediaRoute, body: unknown, reply: FastifyReply) {
    const { data, error } = begins.safeParse(body);
    if (data === undefined) return refuse(reply, invalid('initializeUploadRequest', error.message));
    const { owner, fileSizeBytes } = data.initializeUploadRequest;
    if (owner !== organizationUrn(services)) return refuse(reply, NOT_ALLOWED);
    if (route !== 'videos') return { value: wholeUpload(media.begin(MEDIA_KINDS[route], owner)) };
    if (fileSizeBytes === undefined) return refuse(reply, invalid('fileSizeBytes', 'field is required'));
    return { value: partedUpload(media.begin('video', owner, fileSizeBytes)) };
  }

  function finalize(body: unknown, reply: FastifyReply) {
    const { data, error } = ends.safeParse(body);
    if (data === undefined) return refuse(reply, invalid('finalizeUploadRequest', error.message));
    const { video, uploadToken, uploadedPartIds } = data.finalizeUploadRequest;
    const medium = media.find(video);
    if (medium?.kind !== 'video') return refuse(reply, notFound(video));
    if (!media.finalize(medium, uploadToken, uploadedPartIds))
      return refuse(reply, invalid('uploadedPartIds', 'the parts are not those that were uploaded'));
    return reply.code(200).send();
  }

  function wholeUpload(medium: Medium) {
    const uploadUrl = media.uploadUrl(medium, 0);
    return { uploadUrlExpiresAt: medium.expiresAt, uploadUrl, [medium.kind]: medium.urn };
  }

  function partedUpload(medium: Medium) {
    const uploadInstructions = medium.parts.map(({ firstByte, lastByte }, number) => ({
      uploadUrl: media.uploadUrl(medium, number),
      lastByte,
      firstByte,
    }));
    return {
      uploadUrlsExpireAt: medium.expiresAt,
      video: medium.urn,
      uploadInstructions,
      uploadToken: medium.uploadToken,
    };
  }
}

interface UploadRequest {
  Params: { urn: string; part: string };
  Querystring: { secret?: string };
  Body: Buffer;
}

/** Where the bytes go: whoever has the address may; pictures and documents need the token all the same. */
function uploadRoute(app: FastifyInstance, services: PlatformServices, media: LinkedinMedia): void {
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  const limits = { bodyLimit: LARGEST_VIDEO_BYTES };
  app.put<UploadRequest>('/dms-uploads/:urn/:part', limits, async (request, reply) => {
    const { params, query, body } = request;
    const medium = media.find(params.urn);
    if (medium === undefined || medium.secret !== query.secret || medium.expiresAt <= services.now())
      return refuse(reply, NOT_ALLOWED);
    if (medium.kind !== 'video' && !services.isValid(tokenOf(request))) return refuse(reply, INVALID_TOKEN);
    const etag = media.put(medium, Number(params.part), body);
    if (etag === undefined) return refuse(reply, invalid('body', 'this part was not asked for'));
    return reply
      .code(medium.kind === 'video' ? 200 : 201)
      .header('etag', etag)
      .send();
  });
}
