/** What LinkedIn asks of every request: a token, a version, the protocol. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlatformServices, Refusal } from '../stand-in.ts';
import { INVALID_TOKEN, WRONG_PROTOCOL } from './errors.ts';
import { versionRefusal } from './versions.ts';

/** Answers with a refusal. */
export function refuse(reply: FastifyReply, { status, headers, body }: Refusal): FastifyReply {
  return reply
    .code(status)
    .headers(headers ?? {})
    .send(body);
}

/** The token of a request, without "Bearer ". */
export function tokenOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Lets requests with a valid token pass. */
export function asksForToken(services: PlatformServices) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!services.isValid(tokenOf(request))) await refuse(reply, INVALID_TOKEN);
  };
}

/** Lets requests pass that name a version that is alive, and the protocol. */
export function asksForVersion(services: PlatformServices) {
  return async ({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const version = headers['linkedin-version'];
    const refusal = versionRefusal(Array.isArray(version) ? version[0] : version, services.now());
    if (refusal !== undefined) await refuse(reply, refusal);
    else if (headers['x-restli-protocol-version'] !== '2.0.0') await refuse(reply, WRONG_PROTOCOL);
  };
}
