/** What all routes below a repository have in common: who asks, which repository, pages, limits, refusals. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { countRequest, NotValid, pageOf, refuse } from './answers.ts';
import { type Caller, callerOf } from './caller.ts';
import { countContent, refuseContent } from './content-limit.ts';
import type { LocalGithubServices } from './services.ts';
import type { Repository } from './state.ts';

/** A request about a repository that there is. */
export interface ApiRequest {
  readonly caller: Caller;
  readonly repository: Repository;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The body, as `schema` has it. @throws Refused if it is something else */
  body<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
}

/** A request that is refused, with what GitHub says. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** How routes are added: what each does is a function of its request. */
export function apiRoutes(app: FastifyInstance, services: LocalGithubServices) {
  return {
    /** Makes something: for tokens that may write, within the limit on what is made. */
    makes(path: string, answer: (request: ApiRequest) => { status: number; body: unknown }): void {
      app.post(path, (request, reply) =>
        answered(request, reply, (asked) => {
          mustWrite(asked);
          const seconds = countContent(asked.caller, services);
          if (seconds !== undefined) return refuseContent(reply, seconds);
          const { status, body } = answer(asked);
          return reply.code(status).send(body);
        }),
      );
    },

    changes(path: string, answer: (request: ApiRequest) => unknown): void {
      app.patch(path, (request, reply) =>
        answered(request, reply, (asked) => {
          mustWrite(asked);
          return reply.send(answer(asked));
        }),
      );
    },

    reads(path: string, answer: (request: ApiRequest) => unknown): void {
      app.get(path, (request, reply) => answered(request, reply, (asked) => reply.send(answer(asked))));
    },

    lists<Item>(
      path: string,
      answer: (request: ApiRequest) => { all: readonly Item[]; toView: (item: Item) => unknown },
    ): void {
      app.get(path, (request, reply) =>
        answered(request, reply, (asked) => {
          const { all, toView } = answer(asked);
          const { shown, links } = pageOf(all, asked.query, new URL(request.url, services.addresses.api));
          if (links !== '') reply.header('link', links);
          return reply.send(shown.map(toView));
        }),
      );
    },
  };

  async function answered(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (request: ApiRequest) => FastifyReply,
  ): Promise<FastifyReply> {
    countRequest(reply, services, 'core');
    try {
      return work(toApiRequest(request));
    } catch (error) {
      if (error instanceof NotValid) return refuse(reply, 422, error.message, { errors: error.errors });
      if (error instanceof Refused) return refuse(reply, error.status, error.message);
      throw error;
    }
  }

  /** @throws Refused if there is no such repository */
  function toApiRequest(request: FastifyRequest): ApiRequest {
    const params = request.params as ApiRequest['params'];
    const caller = callerOf(request, services);
    const repository = services.state.repository(`${params.owner}/${params.repo}`);
    if (caller === undefined) throw new Refused(401, 'Bad credentials');
    if (repository === undefined) throw new Refused(404, 'Not Found');
    return {
      ...{ caller, repository, params, query: request.query as ApiRequest['query'] },
      body: (schema) => {
        const parsed = schema.safeParse(request.body);
        if (!parsed.success) throw new Refused(422, `Invalid request.\n\n${z.prettifyError(parsed.error)}`);
        return parsed.data;
      },
    };
  }
}

/** To a token that may only read, GitHub says that there is nothing to write to. @throws Refused */
function mustWrite({ caller }: ApiRequest): void {
  if (!caller.mayWrite) throw new Refused(404, 'Not Found');
}
