import { DAY_MS, HOUR_MS, type TestDistribution } from '../../support/distribution.ts';
import { publishToRead, trackingOf } from '../../support/engagement.ts';
import { until } from '../../support/wait.ts';
import type { Recordings } from './recording.ts';

/** Publishes a post, and lets time pass until its figures are read for the first time. */
async function firstReadings(posts: TestDistribution): Promise<void> {
  await publishToRead(posts);
  await posts.pass(HOUR_MS);
  await until(async () => (await progressOf(posts)).requests > 0);
}

const handleOf = (posts: TestDistribution) => trackingOf(posts).handle;
const progressOf = (posts: TestDistribution) => trackingOf(posts).progress();

export const engagementRecordings: Recordings = {
  engagement: async (_community, _github, posts) => {
    await firstReadings(posts);
    await posts.pass(7 * DAY_MS);
    await until(async () => (await handleOf(posts).describe()).status.name === 'COMPLETED');
    return handleOf(posts).workflowId;
  },
  'engagement-held': async (_community, _github, posts) => {
    const fault = { kind: 'rate limit', resetAfterMs: 2 * HOUR_MS } as const;
    await posts.fails({ platform: 'x', on: 'read', times: 1, fault });
    await firstReadings(posts);
    await until(async () => (await progressOf(posts)).held.length === 1);
    await posts.pass(3 * HOUR_MS);
    await until(async () => (await progressOf(posts)).held.length === 0);
    return handleOf(posts).workflowId;
  },
};
