/** GitHub's REST API, as far as it is used here: who a token belongs to, pull requests, issues and releases of a repository. */

import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { countRequest, pageOf, refuse } from './answers.ts';
import { apiRoutes } from './api-routes.ts';
import { callerOf } from './caller.ts';
import { issueRoutes } from './issues.ts';
import { releaseRoutes } from './releases.ts';
import type { LocalGithubServices } from './services.ts';
import type { PullRequest, Repository, User } from './state.ts';
import { fullRepository, publicUser, pullRequest } from './views.ts';

/** By what pull requests can be sorted, of what GitHub offers. */
const SORTED_BY = {
  created: ({ createdAt }: PullRequest) => createdAt,
  updated: ({ updatedAt }: PullRequest) => updatedAt,
} as const;

interface PullsRequest {
  Params: { owner: string; repo: string };
  Querystring: Partial<Record<'state' | 'sort' | 'direction' | 'per_page' | 'page', string>>;
}

/** Adds the routes, below the prefix under which the API is. */
export async function restApi(
  app: FastifyInstance,
  { services }: { services: LocalGithubServices },
): Promise<void> {
  const { state } = services;

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-github-media-type', 'github.v3; format=json');
    if (callerOf(request, services) === undefined) await refuse(reply, 401, 'Bad credentials');
  });
  app.setNotFoundHandler((_, reply) => refuse(reply, 404, 'Not Found'));

  app.get('/user', async (request, reply) => {
    countRequest(reply, services, 'core');
    const user = callerOf(request, services)?.user;
    if (user == null) return refuse(reply, 403, 'Resource not accessible by this token');
    return publicUser(user, services.addresses);
  });

  app.get<PullsRequest>('/repos/:owner/:repo/pulls', async (request, reply) => {
    const { params, query, headers } = request;
    const repository = state.repository(`${params.owner}/${params.repo}`);
    if (repository === undefined) {
      countRequest(reply, services, 'core');
      return refuse(reply, 404, 'Not Found');
    }
    const page = pageOf(select(repository, query), query, new URL(request.url, services.addresses.api));
    const shown = page.shown.map((pull) => pullRequest(pull, repository, authorOf(pull), services.addresses));
    const etag = `W/"${createHash('sha256').update(JSON.stringify(shown)).digest('hex')}"`;
    reply.headers({ etag, ...(page.links !== '' && { link: page.links }) });
    // An answer that has not changed is not counted.
    if (headers['if-none-match'] === etag) return reply.code(304).send();
    countRequest(reply, services, 'core');
    return shown;
  });

  apiRoutes(app, services).reads('/repos/:owner/:repo', ({ repository, caller }) =>
    fullRepository(repository, caller.mayWrite, services.addresses),
  );
  issueRoutes(app, services);
  releaseRoutes(app, services);

  function authorOf({ authorId }: PullRequest): User | undefined {
    return state.user(authorId);
  }
}

function select(
  { pulls }: Repository,
  { state = 'open', sort, direction }: PullsRequest['Querystring'],
): PullRequest[] {
  const key = SORTED_BY[sort === 'updated' ? 'updated' : 'created'];
  const wanted = pulls.filter(
    ({ closedAt }) => state === 'all' || (state === 'closed') === (closedAt !== null),
  );
  const ascending = wanted.sort(
    (one, other) => key(one).localeCompare(key(other)) || one.number - other.number,
  );
  // The newest first, unless one asks otherwise; sorted by another key than `created`, the oldest.
  return (direction ?? (sort === undefined || sort === 'created' ? 'desc' : 'asc')) === 'desc'
    ? ascending.reverse()
    : ascending;
}
