/** The routes of posts. */

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { PlatformServices } from '../stand-in.ts';
import { invalid, missing, NOT_ALLOWED, notFound } from './errors.ts';
import { asksForToken, asksForVersion, refuse } from './gate.ts';
import type { LinkedinMedia } from './media.ts';
import { organizationUrn } from './people.ts';
import { batchView, changeCommentary, createPost, findPost, postView, SORTED_BY } from './posts.ts';
import { listIn } from './rest-li.ts';

const LARGEST_PAGE = 100;

const patch = z.object({ patch: z.object({ $set: z.strictObject({ commentary: z.string().min(1) }) }) });

const finder = z.object({
  q: z.literal('author'),
  author: z.string(),
  start: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(10),
  sortBy: z.enum(['LAST_MODIFIED', 'CREATED']).default('LAST_MODIFIED'),
});

interface OfPost {
  Params: { urn: string };
}

/** Adds the routes. */
export function postRoutes(app: FastifyInstance, services: PlatformServices, media: LinkedinMedia): void {
  const guards = { onRequest: [asksForToken(services), asksForVersion(services)] };

  app.post('/rest/posts', guards, async ({ body }, reply) => {
    const result = createPost(services, media, body);
    if ('status' in result) return refuse(reply, result);
    return reply.code(201).header('x-restli-id', result.id).header('x-linkedin-id', result.id).send();
  });

  app.get('/rest/posts', guards, async (request, reply) => {
    const urns = listIn(request, 'ids');
    if (urns !== undefined) return Array.isArray(urns) ? batchView(services, urns) : refuse(reply, urns);
    const { data, error } = finder.safeParse(request.query);
    if (data === undefined)
      return refuse(reply, invalid(error.issues[0]?.path.join('/') ?? 'q', error.message));
    const { author, start, count, sortBy } = data;
    if (author !== organizationUrn(services)) return refuse(reply, NOT_ALLOWED);
    const key = SORTED_BY[sortBy];
    // Of those of the same moment the one that came last is first.
    const found = services.posts
      .filter(({ isDeleted }) => !isDeleted)
      .reverse()
      .sort((one, other) => key(other) - key(one));
    return {
      paging: { start, count, links: [], total: found.length },
      elements: found.slice(start, start + count).map(postView),
    };
  });

  app.get<OfPost>('/rest/posts/:urn', guards, async ({ params }, reply) => {
    const post = findPost(services, params.urn);
    return post === undefined ? refuse(reply, notFound(params.urn)) : postView(post);
  });

  app.post<OfPost>('/rest/posts/:urn', guards, async ({ params, headers, body }, reply) => {
    if (String(headers['x-restli-method']).toUpperCase() !== 'PARTIAL_UPDATE')
      return refuse(reply, invalid('X-RestLi-Method', 'PARTIAL_UPDATE is expected'));
    const post = findPost(services, params.urn);
    if (post === undefined) return refuse(reply, notFound(params.urn));
    const { data } = patch.safeParse(body);
    if (data === undefined) return refuse(reply, missing('patch/$set/commentary'));
    changeCommentary(services, post, data.patch.$set.commentary);
    return reply.code(204).send();
  });

  // Deleting what is not there is no mistake.
  app.delete<OfPost>('/rest/posts/:urn', guards, async ({ params }, reply) => {
    const post = findPost(services, params.urn);
    if (post !== undefined) post.isDeleted = true;
    services.save();
    return reply.code(204).send();
  });

  // Where people see it.
  for (const path of ['/feed/update/:urn', '/feed/update/:urn/'])
    app.get<OfPost>(path, async ({ params }, reply) =>
      reply.redirect(`/timeline/linkedin#${encodeURIComponent(params.urn)}`),
    );
}
