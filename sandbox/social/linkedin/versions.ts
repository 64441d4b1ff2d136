/** The versions of LinkedIn's API: one a month, each alive for a year and a little more. */

import type { Refusal } from '../stand-in.ts';
import { deadVersion, NO_VERSION } from './errors.ts';

/** How long a version is served after the year that is promised. */
const GRACE_MS = 15 * 86_400_000;

/** Why a request that names `version` is refused at `now` (ms since 1970); undefined where it is not. */
export function versionRefusal(version: string | undefined, now: number): Refusal | undefined {
  if (version === undefined) return NO_VERSION;
  const [, year = '', month = ''] = /^(20\d\d)(0[1-9]|1[0-2])$/.exec(version) ?? [];
  const bornAt = Date.UTC(Number(year), Number(month) - 1);
  const diesAt = Date.UTC(Number(year) + 1, Number(month) - 1) + GRACE_MS;
  return year !== '' && bornAt <= now && now < diesAt ? undefined : deadVersion(version);
}
