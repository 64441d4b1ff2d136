/** GitHub's limit on requests that make something ("Rate limits for the REST API", "About secondary rate limits"). */

import type { FastifyReply } from 'fastify';
import { refuse } from './answers.ts';
import type { Caller } from './caller.ts';
import type { LocalGithubServices } from './services.ts';

const WINDOWS = [
  { most: 80, ms: 60_000 },
  { most: 500, ms: 3_600_000 },
];
const LONGEST_MS = 3_600_000;

/** Counts something that is made by `caller`. Gives after how many seconds it may be, if it is too much now. */
export function countContent(
  { token }: Caller,
  { made, now, keepsLimits }: LocalGithubServices,
): number | undefined {
  if (!keepsLimits) return undefined;
  const times = (made.get(token) ?? []).filter((time) => time > now() - LONGEST_MS);
  made.set(token, times);
  for (const { most, ms } of WINDOWS) {
    const within = times.filter((time) => time > now() - ms);
    const oldest = within.at(-most);
    if (oldest !== undefined) return Math.ceil((oldest + ms - now()) / 1_000);
  }
  times.push(now());
  return undefined;
}

/** The answer to one who makes too much. */
export function refuseContent(reply: FastifyReply, seconds: number): FastifyReply {
  return refuse(
    reply.header('retry-after', seconds),
    403,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  );
}
