/** GitHub's REST API, as far as it is used here: who a token belongs to, and the pull requests of a repository. */

import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LocalGithubServices } from './services.ts';
import type { PullRequest, Repository, User } from './state.ts';
import { publicUser, pullRequest } from './views.ts';

const DEFAULT_PAGE = 30;
const LARGEST_PAGE = 100;
/** Requests in an hour, with a token. */
const LIMIT = 5_000;
const HOUR_MS = 3_600_000;
const DOCS = 'https://docs.github.com/rest';

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
  const hour = { endsAt: 0, used: 0 };

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-github-media-type', 'github.v3; format=json');
    if (!isKnown(tokenOf(request))) await refuse(reply, 401, 'Bad credentials');
  });
  app.setNotFoundHandler((_, reply) => refuse(reply, 404, 'Not Found'));

  app.get('/user', async (request, reply) => {
    countRequest(reply);
    const user = state.user(state.tokens[tokenOf(request) ?? ''] ?? null);
    if (user === undefined) return refuse(reply, 403, 'Resource not accessible by this token');
    return publicUser(user, services.addresses);
  });

  app.get<PullsRequest>('/repos/:owner/:repo/pulls', async (request, reply) => {
    const { params, query, headers } = request;
    const repository = state.repository(`${params.owner}/${params.repo}`);
    if (repository === undefined) {
      countRequest(reply);
      return refuse(reply, 404, 'Not Found');
    }
    const perPage = Math.min(numberIn(query.per_page, DEFAULT_PAGE), LARGEST_PAGE);
    const page = numberIn(query.page, 1);
    const found = select(repository, query);
    const shown = found
      .slice((page - 1) * perPage, page * perPage)
      .map((pull) => pullRequest(pull, repository, authorOf(pull), services.addresses));
    const etag = `W/"${createHash('sha256').update(JSON.stringify(shown)).digest('hex')}"`;
    const links = linksFrom(
      new URL(request.url, services.addresses.api),
      page,
      Math.ceil(found.length / perPage),
    );
    reply.headers({ etag, ...(links !== '' && { link: links }) });
    // An answer that has not changed is not counted.
    if (headers['if-none-match'] === etag) return reply.code(304).send();
    countRequest(reply);
    return shown;
  });

  function isKnown(token: string | undefined): boolean {
    return token !== undefined && (token === services.token || token in state.tokens);
  }

  function authorOf({ authorId }: PullRequest): User | undefined {
    return state.user(authorId);
  }

  function countRequest(reply: FastifyReply): void {
    if (services.now() >= hour.endsAt) Object.assign(hour, { endsAt: services.now() + HOUR_MS, used: 0 });
    hour.used += 1;
    reply.headers({
      'x-ratelimit-limit': LIMIT,
      'x-ratelimit-remaining': Math.max(0, LIMIT - hour.used),
      'x-ratelimit-used': hour.used,
      'x-ratelimit-reset': Math.floor(hour.endsAt / 1_000),
      'x-ratelimit-resource': 'core',
    });
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

/** The header `Link`, empty where all is on one page. */
function linksFrom(url: URL, page: number, last: number): string {
  const to = (target: number, rel: string) => {
    const address = new URL(url);
    address.searchParams.set('page', String(target));
    return `<${address.href}>; rel="${rel}"`;
  };
  return [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ].join(', ');
}

function numberIn(text: string | undefined, standard: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : standard;
}

function tokenOf({ headers }: FastifyRequest): string | undefined {
  return /^(?:token|bearer) (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).send({ message, documentation_url: DOCS, status: String(status) });
}
