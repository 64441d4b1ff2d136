/**
 * GitHub's device flow ("Authorizing OAuth apps", "Device flow"): a program shows a code, somebody enters it on GitHub's
 * page, and the program, which asks again and again, gets a token.
 */

import { randomBytes, randomInt } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { LocalGithubServices } from './services.ts';
import type { DeviceFlow } from './state.ts';

const FLOW_LASTS_SECONDS = 900;
const FIRST_INTERVAL_SECONDS = 5;
/** How much longer one has to wait who has asked too early. */
const SLOWER_BY_SECONDS = 5;
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

/** What is said to each mistake, as GitHub words its kinds. */
const REFUSALS = {
  authorization_pending: 'The authorization request is still pending.',
  slow_down: 'Too many requests have been made in the same timeframe.',
  expired_token: 'The device code has expired.',
  access_denied: 'The authorization request was denied.',
  incorrect_device_code: 'The device code provided is not valid.',
  incorrect_client_credentials: 'The client id is not valid.',
  unsupported_grant_type: `The grant type must be ${GRANT_TYPE}.`,
} as const;
type RefusalName = keyof typeof REFUSALS;

/** Adds the two requests of a program. The page of the person is in `pages.ts`. */
export function deviceFlowRoutes(app: FastifyInstance, services: LocalGithubServices): void {
  const { state, clientId, now } = services;

  app.post('/login/device/code', async (request, reply) => {
    if (field(request.body, 'client_id') !== clientId) return reply.code(404).send({ error: 'Not Found' });
    const flow: DeviceFlow = {
      deviceCode: randomBytes(20).toString('hex'),
      userCode: `${letters(4)}-${letters(4)}`,
      interval: FIRST_INTERVAL_SECONDS,
      expiresAt: now() + FLOW_LASTS_SECONDS * 1_000,
      lastAskedAt: null,
      scope: String(field(request.body, 'scope') ?? ''),
      decision: 'pending',
    };
    const open = state.flows.filter(({ expiresAt }) => expiresAt > now());
    state.flows.splice(0, state.flows.length, ...open, flow);
    state.save();
    return {
      device_code: flow.deviceCode,
      user_code: flow.userCode,
      verification_uri: `${services.addresses.pages}/login/device`,
      expires_in: FLOW_LASTS_SECONDS,
      interval: flow.interval,
    };
  });

  app.post('/login/oauth/access_token', async ({ body }) => {
    if (field(body, 'client_id') !== clientId) return refusal('incorrect_client_credentials');
    if (field(body, 'grant_type') !== GRANT_TYPE) return refusal('unsupported_grant_type');
    const flow = state.flows.find(({ deviceCode }) => deviceCode === field(body, 'device_code'));
    if (flow === undefined) return refusal('incorrect_device_code');
    const answer = answerTo(flow);
    state.save();
    return answer;
  });

  function answerTo(flow: DeviceFlow): object {
    if (flow.expiresAt <= now()) return refusal('expired_token');
    if (isTooEarly(flow)) {
      flow.interval += SLOWER_BY_SECONDS;
      return { ...refusal('slow_down'), interval: flow.interval };
    }
    flow.lastAskedAt = now();
    if (flow.decision === 'pending') return refusal('authorization_pending');
    // A decision is told once: the code is used up.
    state.flows.splice(state.flows.indexOf(flow), 1);
    if (flow.decision === 'denied') return refusal('access_denied');
    const token = `gho_${randomBytes(18).toString('hex')}`;
    state.tokens[token] = flow.decision.userId;
    state.scopes[token] = flow.scope;
    // Asked for with blanks, given with commas.
    return { access_token: token, token_type: 'bearer', scope: flow.scope.split(' ').join(',') };
  }

  function isTooEarly({ lastAskedAt, interval }: DeviceFlow): boolean {
    return services.holdsToInterval && lastAskedAt !== null && now() < lastAskedAt + interval * 1_000;
  }

  function refusal(error: RefusalName) {
    const error_uri = `${services.addresses.pages}/docs#${error}`;
    return { error, error_description: REFUSALS[error], error_uri };
  }
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

function letters(count: number): string {
  return Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
