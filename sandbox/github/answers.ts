/** Answers that all parts of the API give. */

import type { FastifyReply } from 'fastify';
import type { LocalGithubServices } from './services.ts';

/** Requests in an hour, with a token. */
const LIMIT = 5_000;
const HOUR_MS = 3_600_000;
const DOCS = 'https://docs.github.com/rest';
const DEFAULT_PAGE = 30;
const LARGEST_PAGE = 100;

/** Why a request's contents are not taken, as GitHub lists it. */
export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: 'missing_field' | 'already_exists' | 'custom';
  readonly message?: string;
}

/** The contents of a request are not taken. */
export class NotValid extends Error {
  override readonly name = 'NotValid';
  readonly errors: readonly FieldError[];

  constructor(error: FieldError) {
    super('Validation Failed');
    this.errors = [error];
  }
}

export function refuse(
  reply: FastifyReply,
  status: number,
  message: string,
  more: object = {},
): FastifyReply {
  return reply.code(status).send({ message, ...more, documentation_url: DOCS, status: String(status) });
}

/** Counts a request of this hour, and tells how many are left. */
export function countRequest(
  reply: FastifyReply,
  { hour, now }: LocalGithubServices,
  resource: 'core' | 'graphql',
): void {
  if (now() >= hour.endsAt) Object.assign(hour, { endsAt: now() + HOUR_MS, used: 0 });
  hour.used += 1;
  reply.headers({
    'x-ratelimit-limit': LIMIT,
    'x-ratelimit-remaining': Math.max(0, LIMIT - hour.used),
    'x-ratelimit-used': hour.used,
    'x-ratelimit-reset': Math.floor(hour.endsAt / 1_000),
    'x-ratelimit-resource': resource,
  });
}

/** One page of `found`, as a request asks for it, and the header `Link`, which is empty where all is on one page. */
export function pageOf<Item>(
  found: readonly Item[],
  query: { per_page?: string | undefined; page?: string | undefined },
  url: URL,
): { shown: readonly Item[]; links: string } {
  const perPage = Math.min(numberIn(query.per_page, DEFAULT_PAGE), LARGEST_PAGE);
  const page = numberIn(query.page, 1);
  return {
    shown: found.slice((page - 1) * perPage, page * perPage),
    links: linksFrom(url, page, Math.ceil(found.length / perPage)),
  };
}

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
