/** Faults on demand: what the next requests get instead of their answer. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestKind, SocialPlatform, StandIn } from './stand-in.ts';

/** `before`: nothing is done. `after`: it is carried out, and the answer is lost. */
type When = 'before' | 'after';

export type Fault =
  | { readonly kind: 'rate limit'; readonly resetAfterMs: number }
  | { readonly kind: 'server error'; readonly status: number }
  /** No answer ever comes. */
  | { readonly kind: 'time out'; readonly when: When }
  /** The connection ends without an answer. */
  | { readonly kind: 'drop'; readonly when: When }
  /** The token that comes with the request is not valid any more: of a program, or that for a new one. */
  | { readonly kind: 'expire token' }
  /** The platform says that it has this already. */
  | { readonly kind: 'duplicate' };
export type FaultKind = Fault['kind'];

/** To which requests a fault happens. */
export interface FaultRule {
  readonly platform: SocialPlatform;
  readonly on: RequestKind;
  /** How often it happens. */
  readonly times: number;
  /** It happens to each so many-th of those requests; to each of them when absent. */
  readonly every?: number | undefined;
  readonly fault: Fault;
}

/** The rules that hold, and how often each has been used. */
export class SocialFaults {
  #rules: { rule: FaultRule; seen: number; left: number }[] = [];

  /** Replaces all rules. */
  set(rules: readonly FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ rule, seen: 0, left: rule.times }));
  }

  /** The rules that hold still, with what is left of them. */
  get rules(): FaultRule[] {
    return this.#rules.filter(({ left }) => left > 0).map(({ rule, left }) => ({ ...rule, times: left }));
  }

  /** The fault that applies to a request, which thereby counts. */
  take(platform: SocialPlatform, on: RequestKind): Fault | undefined {
    const candidates = this.#rules.filter(
      ({ rule, left }) => left > 0 && rule.platform === platform && rule.on === on,
    );
    for (const candidate of candidates) candidate.seen += 1;
    const found = candidates.find(({ rule, seen }) => seen % (rule.every ?? 1) === 0);
    if (found !== undefined) found.left -= 1;
    return found?.rule.fault;
  }
}

/** Answers a request by a fault that stands in place of its route. Gives false where the route has to do its work. */
export async function answerByFault(
  fault: Fault,
  { refusal }: StandIn,
  now: number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  if ('when' in fault) {
    if (fault.when === 'after') return false;
    reply.hijack();
    if (fault.kind === 'drop') request.raw.socket.destroy();
    // What is sent is taken, so that the client comes to wait for the answer.
    else request.raw.resume();
    return true;
  }
  const { status, headers, body } = refusal(refusalKind(fault, now));
  await reply
    .code(status)
    .headers(headers ?? {})
    .send(body);
  return true;
}

/** Loses the answer of a request that was carried out. Gives back when the connection has ended. */
export async function loseAnswer(fault: Fault, { raw }: FastifyRequest): Promise<void> {
  if (raw.socket.destroyed) return;
  const closed = new Promise((resolve) => raw.socket.once('close', resolve));
  if (fault.kind === 'drop') raw.socket.destroy();
  await closed;
}

function refusalKind(fault: Exclude<Fault, { when: When }>, now: number): Parameters<StandIn['refusal']>[0] {
  switch (fault.kind) {
    case 'rate limit':
      return { kind: 'rate limit', resetAt: now + fault.resetAfterMs };
    case 'expire token':
      return { kind: 'unauthorised' };
    default:
      return fault;
  }
}
