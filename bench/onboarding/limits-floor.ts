/** How long requests take at the least under the local Discord's limits, from its own log of them. */

import type { Bucket, Limits, RequestEntry } from '../../sandbox/control/api.ts';

/** A limit, and how long it keeps the requests that came under it. */
export interface LimitFloor {
  /** The bucket's name, or `global`. */
  readonly limit: string;
  /** The channel, guild or webhook that the bucket counts for, empty where it counts for all. */
  readonly of: string;
  readonly requests: number;
  /** The least that the limit allows. */
  readonly seconds: number;
  /** From the first of these requests to the last, as it was. */
  readonly measuredSeconds: number;
}

/** Names in a route of what a bucket counts for by itself (Discord docs, "Rate Limits": top-level resources). */
const MAJOR = [':channelId', ':guildId', ':webhookToken', ':webhookId'];
/** Answers to interactions are exempt from the global limit (Discord docs, "Interactions", "Endpoints"). */
const EXEMPT = /^\/(interactions\/|webhooks\/:webhookId\/:webhookToken)/;
const REFUSED = 429;

/** What each limit asks of `entries`, the longest first. Requests that were refused for a limit would not have been needed. */
export function floorsOf(entries: readonly RequestEntry[], limits: Limits): LimitFloor[] {
  const carriedOut = entries.filter(({ status }) => status !== REFUSED);
  const counted = Map.groupBy(carriedOut, (entry) => `${entry.bucket ?? ''} ${majorOf(entry)}`);
  const ofBuckets = [...counted].flatMap(([key, requests]) => {
    const [limit = '', of = ''] = key.split(' ');
    const bucket = limits.buckets[limit];
    return bucket === undefined ? [] : [toFloor(limit, of, requests, bucket)];
  });
  const global = toFloor(
    'global',
    '',
    carriedOut.filter(({ route }) => !EXEMPT.test(route)),
    limits.global,
  );
  return [...ofBuckets, global].sort((a, b) => b.seconds - a.seconds);
}

/** A window's requests may all come at its beginning, so the last window takes no time. */
function toFloor(
  limit: string,
  of: string,
  entries: readonly RequestEntry[],
  { limit: perWindow, perMs }: Bucket,
): LimitFloor {
  const times = entries.map(({ at }) => Date.parse(at));
  return {
    limit,
    of,
    requests: entries.length,
    seconds: (Math.max(0, Math.ceil(entries.length / perWindow) - 1) * perMs) / 1_000,
    measuredSeconds: times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1_000,
  };
}

/** The path's part that stands at the place of the route's major name. Paths begin with `/api/v10`, routes do not. */
function majorOf({ route, path }: RequestEntry): string {
  const names = route.split('/');
  const parts = (path.split('?')[0] ?? '').split('/').slice(-names.length);
  const major = MAJOR.find((name) => names.includes(name));
  return major === undefined ? '' : (parts[names.indexOf(major)] ?? '');
}
