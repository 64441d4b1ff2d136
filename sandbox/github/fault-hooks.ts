/** Lets the faults happen that are wanted: before a request is carried out, or in place of its answer. */

import { once } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultTarget, GithubFault, GithubFaults } from './faults.ts';
import { operationOf } from './graphql.ts';

/** Adds the hooks. */
export function applyFaults(app: FastifyInstance, faults: GithubFaults): void {
  /** What happens to the answer of a request that is carried out. */
  const later = new WeakMap<FastifyRequest, GithubFault>();

  app.addHook('onRequest', (request, reply) => apply(request, reply, targetOf(request)));
  // What a GraphQL request is about stands in its body.
  app.addHook('preHandler', async (request, reply) => {
    const operation = operationOf(request.url, request.body);
    if (operation !== undefined) await apply(request, reply, { ...targetOf(request), operation });
  });
  app.addHook('onSend', async (request, _, payload) => {
    const fault = later.get(request);
    if (fault?.kind === 'drop-after') request.raw.socket.destroy();
    if (fault?.kind === 'time-out-after') await once(request.raw.socket, 'close');
    return payload;
  });

  async function apply(request: FastifyRequest, reply: FastifyReply, target: FaultTarget): Promise<void> {
    const fault = faults.take(target);
    if (fault === undefined) return;
    if (fault.kind === 'answer') await answer(reply, fault);
    else if (fault.kind === 'drop-before' || fault.kind === 'time-out-before') {
      // Nothing more is done with it.
      reply.hijack();
      if (fault.kind === 'drop-before') request.raw.socket.destroy();
    } else later.set(request, fault);
  }
}

function targetOf({ url, method }: FastifyRequest): FaultTarget {
  return { path: url, method };
}

async function answer(reply: FastifyReply, fault: GithubFault & { kind: 'answer' }): Promise<void> {
  await reply
    .code(fault.status)
    .headers(fault.headers ?? {})
    .send(fault.body ?? { message: 'Fault on demand' });
}
