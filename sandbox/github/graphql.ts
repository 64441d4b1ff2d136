/** GitHub's GraphQL API, as far as discussions take it: a repository, its categories and discussions, making and changing one. */

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { countRequest, NotValid, refuse } from './answers.ts';
import { type Caller, callerOf } from './caller.ts';
import { countContent, refuseContent } from './content-limit.ts';
import { discussions } from './graphql-discussions.ts';
import { type Operation, parseDocument, select } from './graphql-document.ts';
import { GraphqlProblem, GraphqlRefusal } from './graphql-errors.ts';
import type { LocalGithubServices } from './services.ts';

/** Where it is on a GitHub of one's own: beside `/api/v3`. */
const PATH = '/api/graphql';

const BODY = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });

/** Adds the route. */
export async function graphqlApi(
  app: FastifyInstance,
  { services }: { services: LocalGithubServices },
): Promise<void> {
  const resolvers = discussions(services);

  app.post(PATH, async (request, reply) => {
    const caller = callerOf(request, services);
    if (caller === undefined) return refuse(reply, 401, 'Bad credentials');
    countRequest(reply, services, 'graphql');
    const body = BODY.safeParse(request.body);
    if (!body.success) return refuse(reply, 400, 'A query attribute must be specified and must be a string.');
    return answer(body.data, caller, reply);
  });

  function answer(
    { query, variables }: z.output<typeof BODY>,
    caller: Caller,
    reply: FastifyReply,
  ): FastifyReply {
    let path: string[] = [];
    try {
      const operation = parseDocument(query, variables);
      path = operation.fields.map(({ name }) => name);
      if (operation.type === 'mutation') {
        const seconds = countContent(caller, services);
        if (seconds !== undefined) return refuseContent(reply, seconds);
      }
      return reply.send({ data: carriedOut(operation, caller) });
    } catch (error) {
      const data = Object.fromEntries(path.map((name) => [name, null]));
      return reply.send({ data, errors: [{ ...toError(error), path }] });
    }
  }

  function carriedOut({ type, fields }: Operation, caller: Caller): Record<string, unknown> {
    return Object.fromEntries(
      fields.map((field) => {
        const resolve = resolvers[type][field.name];
        if (resolve === undefined)
          throw new GraphqlProblem(`Field '${field.name}' doesn't exist on type '${type}'`);
        return [field.name, select(resolve(field.args, caller), field.fields, field.name)];
      }),
    );
  }
}

/** The first field of a GraphQL request, such as `createDiscussion`; undefined for other requests. */
export function operationOf(url: string, body: unknown): string | undefined {
  const parsed = url.startsWith(PATH) ? BODY.safeParse(body) : undefined;
  return /^[^{]*\{\s*(\w+)/.exec(parsed?.data?.query ?? '')?.[1];
}

function toError(error: unknown): { type?: string; message: string } {
  if (error instanceof GraphqlRefusal) return { type: error.type, message: error.message };
  if (error instanceof GraphqlProblem) return { message: error.message };
  if (error instanceof NotValid)
    return { type: 'UNPROCESSABLE', message: error.errors.map(({ message }) => message).join(', ') };
  throw error;
}
