/** REST: the releases of a repository. */

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type ApiRequest, apiRoutes, Refused } from './api-routes.ts';
import { releaseView } from './post-views.ts';
import { changePost, createPost, postsOf } from './posts.ts';
import type { LocalGithubServices } from './services.ts';
import type { Post } from './state.ts';

const PATH = '/repos/:owner/:repo/releases';

const CREATE = z.object({
  tag_name: z.string(),
  name: z.string().nullish(),
  body: z.string().nullish(),
});
const CHANGE = z.object({ name: z.string().optional(), body: z.string().optional() });

/** Adds the routes. */
export function releaseRoutes(app: FastifyInstance, services: LocalGithubServices): void {
  const routes = apiRoutes(app, services);

  routes.makes(PATH, (request) => {
    const { tag_name: tagName, name, body } = request.body(CREATE);
    const draft = { as: 'release', title: name ?? '', body: body ?? '', tagName } as const;
    const post = createPost(services, request.repository, request.caller, draft);
    return { status: 201, body: view(request, post) };
  });

  routes.lists(PATH, (request) => ({
    all: postsOf(request.repository, 'release'),
    toView: (post: Post) => view(request, post),
  }));

  routes.reads(`${PATH}/tags/:tag`, (request) =>
    view(
      request,
      releaseWith(request, ({ tagName }) => tagName === request.params.tag),
    ),
  );

  routes.reads(`${PATH}/:id`, (request) => view(request, releaseById(request)));

  routes.changes(`${PATH}/:id`, (request) => {
    const { name, body } = request.body(CHANGE);
    return view(request, changePost(services, releaseById(request), { title: name, body }));
  });

  function view({ repository }: ApiRequest, post: Post) {
    return releaseView(post, repository, services.state.user(post.authorId), services.addresses);
  }
}

function releaseById(request: ApiRequest): Post {
  return releaseWith(request, ({ id }) => String(id) === request.params.id);
}

function releaseWith({ repository }: ApiRequest, isWanted: (post: Post) => boolean): Post {
  const post = postsOf(repository, 'release').find(isWanted);
  if (post === undefined) throw new Refused(404, 'Not Found');
  return post;
}
