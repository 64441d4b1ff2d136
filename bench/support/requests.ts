import type { RequestEntry } from '../../sandbox/control/api.ts';
import type { BenchDiscord } from './scene.ts';

const REQUESTS_PER_PAGE = 1_000;

/** All requests that a local Discord has had, the oldest first. It gives them page by page. */
export async function allRequests({ control }: BenchDiscord): Promise<RequestEntry[]> {
  const all: RequestEntry[] = [];
  for (;;) {
    const since = all.at(-1)?.id ?? 0;
    const { entries } = await control.getRequests({ since, limit: REQUESTS_PER_PAGE });
    all.push(...entries);
    if (entries.length < REQUESTS_PER_PAGE) return all;
  }
}
