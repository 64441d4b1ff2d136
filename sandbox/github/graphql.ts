/** GitHub's GraphQL API, as far as posts take it: discussions, which have no other, and what people do with posts. */

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { countRequest, refuse } from './answers.ts';
import { type Caller, callerOf } from './caller.ts';
import { countContent, refuseContent } from './content-limit.ts';
import { GraphqlAnswer } from './graphql-answer.ts';
import { parseDocument } from './graphql-document.ts';
import { GraphqlProblem } from './graphql-errors.ts';
import { graphqlFields } from './graphql-fields.ts';
import type { LocalGithubServices } from './services.ts';

/** Where it is on a GitHub of one's own: beside `/api/v3`. */
const PATH = '/api/graphql';

const BODY = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });

/** Adds the route. */
export async function graphqlApi(
  app: FastifyInstance,
  { services }: { services: LocalGithubServices },
): Promise<void> {
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
    try {
      const { type, fields } = parseDocument(query, variables);
      if (type === 'mutation') {
        const seconds = countContent(caller, services);
        if (seconds !== undefined) return refuseContent(reply, seconds);
      }
      const answer = new GraphqlAnswer();
      const data = answer.select(graphqlFields(services, caller)[type], fields, type);
      return reply.send({ data, ...(answer.errors.length > 0 && { errors: answer.errors }) });
    } catch (error) {
      if (!(error instanceof GraphqlProblem)) throw error;
      return reply.send({ errors: [{ message: error.message }] });
    }
  }
}

/** The first field of a GraphQL request, such as `createDiscussion`; undefined for other requests. */
export function operationOf(url: string, body: unknown): string | undefined {
  const parsed = url.startsWith(PATH) ? BODY.safeParse(body) : undefined;
  return /^[^{]*\{\s*(\w+)/.exec(parsed?.data?.query ?? '')?.[1];
}
