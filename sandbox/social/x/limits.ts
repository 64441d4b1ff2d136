/** How often X lets itself be asked ("X API Rate Limits"), for a user and for a program. */

import type { FastifyReply } from 'fastify';
import type { PlatformServices } from '../stand-in.ts';
import { plainRefusal, XProblem } from './problems.ts';

const QUARTER_HOUR_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** How many requests to a route there may be. */
export interface XLimits {
  /** In a quarter of an hour, for a user. */
  readonly user: number;
  /** In a day, for a program. */
  readonly day?: number;
}

interface Window {
  used: number;
  /** In ms since 1970. */
  endsAt: number;
}

/** Counts a request to a route, says in the headers what is left, and refuses it when nothing was. @throws XProblem 429 */
export function countRequest(
  services: PlatformServices,
  route: string,
  limits: XLimits,
  reply: FastifyReply,
): void {
  const windows = [
    { header: 'x-rate-limit', size: limits.user, window: windowOf(services, route, QUARTER_HOUR_MS) },
    ...(limits.day === undefined
      ? []
      : [{ header: 'x-app-limit-24hour', size: limits.day, window: windowOf(services, route, DAY_MS) }]),
  ];
  const isFull = windows.some(({ size, window }) => window.used >= size) && services.keepsLimits();
  for (const { header, size, window } of windows) {
    if (!isFull) window.used += 1;
    reply.headers(limitHeaders(header, size, Math.max(0, size - window.used), window.endsAt));
  }
  services.save();
  if (isFull) throw new XProblem(plainRefusal(429));
}

/** What X says of a limit. `endsAt` in ms since 1970. */
export function limitHeaders(
  header: string,
  size: number,
  left: number,
  endsAt: number,
): Record<string, string> {
  return {
    [`${header}-limit`]: String(size),
    [`${header}-remaining`]: String(left),
    [`${header}-reset`]: String(Math.ceil(endsAt / 1_000)),
  };
}

function windowOf({ records, now }: PlatformServices, route: string, lengthMs: number): Window {
  records.windows ??= {};
  const windows = records.windows as Record<string, Window>;
  const key = `${route} ${lengthMs}`;
  const former = windows[key];
  if (former !== undefined && former.endsAt > now()) return former;
  const begun = { used: 0, endsAt: now() + lengthMs };
  windows[key] = begun;
  return begun;
}
