/** What happens to every request to a platform: it is written down, and faults happen to it. */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerByFault, type Fault, loseAnswer } from './faults.ts';
import type { LocalPlatformsServices, LoggedRequest, ServedPlatform } from './services.ts';
import type { SocialPlatform } from './stand-in.ts';
import type { Tokens } from './tokens.ts';

const REQUESTS_KEPT = 20_000;

/** Observes the requests to the routes that are added to `app`. */
export function observeRequests(
  app: FastifyInstance,
  { standIn }: ServedPlatform,
  { requests, faults, now }: LocalPlatformsServices,
  tokens: Tokens,
): void {
  const { platform } = standIn;
  const logged = new WeakMap<FastifyRequest, LoggedRequest>();
  const lost = new WeakMap<FastifyRequest, Fault>();

  app.addHook('onRequest', async (request) => {
    const { method, url, headers } = request;
    const path = pathBelow(platform, url);
    const kind = standIn.classify(method, path, headers) ?? null;
    const entry: LoggedRequest = { platform, method, path, kind, status: null, fault: null };
    logged.set(request, entry);
    requests.push(entry);
    if (requests.length > REQUESTS_KEPT) requests.shift();
  });
  app.addHook('onRequest', async (request, reply) => {
    const entry = logged.get(request);
    const fault = entry?.kind == null ? undefined : faults.take(platform, entry.kind);
    if (entry === undefined || fault === undefined) return;
    entry.fault = fault.kind;
    if (fault.kind === 'expire token') {
      // The route itself says so of a refresh token, as it says it of every wrong one.
      if (entry.kind === 'token') return tokens.expireRefreshTokens(platform);
      tokens.expire(platform, (request.headers.authorization ?? '').replace(/^bearer /i, ''));
    }
    if (!(await answerByFault(fault, standIn, now(), request, reply))) lost.set(request, fault);
  });
  app.addHook('onSend', async (request, _, payload) => {
    const fault = lost.get(request);
    if (fault !== undefined) await loseAnswer(fault, request);
    return payload;
  });
  app.addHook('onResponse', async (request, { statusCode }) => {
    const entry = logged.get(request);
    if (entry !== undefined && !lost.has(request)) entry.status = statusCode;
  });
}

function pathBelow(platform: SocialPlatform, url: string): string {
  return new URL(url, 'http://local').pathname.slice(`/${platform}`.length);
}
