/** REST: the issues of a repository. The list leaves out pull requests, which GitHub counts among them. */

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type ApiRequest, apiRoutes, Refused } from './api-routes.ts';
import { figuresOf } from './figures.ts';
import { issueView } from './post-views.ts';
import { changePost, createPost, postsOf } from './posts.ts';
import type { LocalGithubServices } from './services.ts';
import type { Post } from './state.ts';

const PATH = '/repos/:owner/:repo/issues';

const LABELS = z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]));
const CREATE = z.object({
  title: z.union([z.string(), z.number().transform(String)]),
  body: z.string().nullish(),
  labels: LABELS.default([]),
});
const CHANGE = z.object({ title: z.string().optional(), body: z.string().nullish() });

/** Adds the routes. */
export function issueRoutes(app: FastifyInstance, services: LocalGithubServices): void {
  const routes = apiRoutes(app, services);

  routes.makes(PATH, (request) => {
    const { title, body, labels } = request.body(CREATE);
    const draft = { as: 'issue', title, body: body ?? '', labels } as const;
    const post = createPost(services, withIssues(request), request.caller, draft);
    return { status: 201, body: view(request, post) };
  });

  routes.lists(PATH, (request) => {
    const { since, sort, direction } = request.query;
    const key = sort === 'updated' ? 'updatedAt' : 'createdAt';
    const from = since === undefined ? 0 : Date.parse(since);
    const found = postsOf(withIssues(request), 'issue').filter(
      ({ updatedAt }) => Date.parse(updatedAt) >= Math.floor(from / 1_000) * 1_000,
    );
    // Of the same second: the later one first, as they stand here already.
    found.sort((one, other) => other[key].localeCompare(one[key]));
    if (direction === 'asc') found.reverse();
    return { all: found, toView: (post: Post) => view(request, post) };
  });

  routes.reads(`${PATH}/:number`, (request) => view(request, issueOf(request)));

  routes.changes(`${PATH}/:number`, (request) => {
    const { title, body } = request.body(CHANGE);
    return view(request, changePost(services, issueOf(request), { title, body: body ?? undefined }));
  });

  function view({ repository }: ApiRequest, post: Post) {
    const { comments } = figuresOf(post, services.now());
    const author = services.state.user(post.authorId);
    return { ...issueView(post, repository, author, services.addresses), comments };
  }
}

function withIssues({ repository }: ApiRequest) {
  if (!repository.hasIssues) throw new Refused(410, 'Issues has been disabled in this repository.');
  return repository;
}

function issueOf(request: ApiRequest): Post {
  const wanted = Number(request.params.number);
  const post = postsOf(withIssues(request), 'issue').find(({ number }) => number === wanted);
  if (post === undefined) throw new Refused(404, 'Not Found');
  return post;
}
