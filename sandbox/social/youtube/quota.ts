/** What a project may ask in a day, which ends at midnight in California ("Quota" in the documentation of the YouTube Data API). */

import type { PlatformServices } from '../stand-in.ts';
import { QUOTA_EXCEEDED, UPLOAD_LIMIT_EXCEEDED, YoutubeProblem } from './problems.ts';

const UNITS = 10_000;
const INSERTS = 100;
/** How many videos a channel may upload is not published; this is so for one that has not been verified for more. */
const UPLOADS_OF_A_CHANNEL = 120;
const DAY_MS = 86_400_000;

/** What a request costs, in units; inserts are counted by themselves. */
export const COSTS = { read: 1, update: 50 } as const;

interface Quota {
  readonly day: string;
  units: number;
  inserts: number;
}

const CALENDAR = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' });

/** Counts a request. @throws YoutubeProblem if the day's quota does not have it any more */
export function spend(services: PlatformServices, cost: number): void {
  const quota = quotaOf(services);
  if (services.keepsLimits() && quota.units + cost > UNITS) throw new YoutubeProblem(QUOTA_EXCEEDED);
  quota.units += cost;
  services.save();
}

/** Counts an upload that begins. @throws YoutubeProblem if there were too many, of the project or of the channel */
export function spendInsert(services: PlatformServices): void {
  const quota = quotaOf(services);
  if (services.keepsLimits()) {
    if (quota.inserts >= INSERTS) throw new YoutubeProblem(QUOTA_EXCEEDED);
    const latest = services.posts.filter(({ at }) => at > services.now() - DAY_MS);
    if (latest.length >= UPLOADS_OF_A_CHANNEL) throw new YoutubeProblem(UPLOAD_LIMIT_EXCEEDED);
  }
  quota.inserts += 1;
  services.save();
}

function quotaOf({ records, now }: PlatformServices): Quota {
  const day = CALENDAR.format(now());
  const known = records.quota as Quota | undefined;
  if (known?.day === day) return known;
  const fresh: Quota = { day, units: 0, inserts: 0 };
  records.quota = fresh;
  return fresh;
}
