/** The control API as a fastify plugin: checks the input of each call and hands it to its handler. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DiscordError } from '../rules/errors.ts';
import { controlRoutes } from './api.ts';
import type { ControlCallName } from './calls.ts';
import { createHandlers, type Handlers } from './handlers.ts';
import { inputs } from './inputs.ts';
import { Refusal, refusalOf } from './refusal.ts';
import type { ControlServices } from './services.ts';

const maximumBodyBytes = 150 * 1024 * 1024;

/** Adds all calls of the control API. */
export async function controlApi(app: FastifyInstance, services: ControlServices): Promise<void> {
  const handlers = createHandlers(services);
  app.setErrorHandler((error, _request, reply) => refuse(error, reply, services));
  app.setNotFoundHandler((request, reply) =>
    refuse(new Refusal('not-found', `There is no call ${request.method} ${request.url}.`), reply, services),
  );
  for (const name of Object.keys(controlRoutes) as ControlCallName[]) {
    const [method = '', url = ''] = controlRoutes[name].split(' ');
    app.route({
      method,
      url,
      bodyLimit: maximumBodyBytes,
      handler: async (request) => call(name, handlers, request),
    });
  }
}

async function call(name: ControlCallName, handlers: Handlers, request: FastifyRequest): Promise<unknown> {
  const given = { ...asObject(request.query), ...asObject(request.body), ...asObject(request.params) };
  const checked = inputs[name].safeParse(given);
  if (!checked.success) {
    const problems = checked.error.issues.map(
      (issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`,
    );
    throw new Refusal('invalid', `${name}: ${problems.join('; ')}`);
  }
  const handler = handlers[name] as (input: unknown) => unknown;
  return handler(checked.data);
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function refuse(error: unknown, reply: FastifyReply, services: ControlServices): void {
  const refusal = known(error);
  if (refusal === null) services.onCrash(error);
  const body = refusal?.body() ?? {
    error: 'invalid',
    message: 'The local Discord failed; its output says why.',
  };
  reply.code(refusal?.status ?? 500).send(body);
}

function known(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof DiscordError) return refusalOf(error);
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status < 500 && error instanceof Error)
    return new Refusal('invalid', error.message);
  return null;
}
