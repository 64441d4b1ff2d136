import { describe, expect, test } from '@jest/globals';
import type { NewPost } from '../../database/posts.ts';
import { nextClockChange } from '../support/clock-change.ts';
import { DAY_MS, HOUR_MS, startDistribution } from '../support/distribution.ts';
import { publishToRead, readingsOf } from '../support/engagement.ts';
import { until } from '../support/wait.ts';

const WEEK_MS = 7 * DAY_MS;
const STEP_MS = 12 * HOUR_MS;
const STEPS = (8 * WEEK_MS) / STEP_MS;
/** A post each 84 hours: at another time of day than the last one, and while the readings of two others are ahead. */
const STEPS_A_POST = 7;
const PLATFORMS = ['discord', 'github', 'linkedin', 'x'];
const AGES = [HOUR_MS, DAY_MS, 3 * DAY_MS, WEEK_MS];
/** A reading is taken at most a minute early, with others, and so late as a busy machine is slow. */
const SLACK_MS = 2 * 60_000;

/**
 * Begins four weeks before clocks are changed in New York, so that in the eight weeks they are changed in Berlin too, which comes one to three
 * weeks before or after that.
 */
const START = nextClockChange(Date.now() + 5 * WEEK_MS, 'America/New_York') - 4 * WEEK_MS;
const END = START + STEPS * STEP_MS;

/** LinkedIn's version of that time, which is served for a year from then on. */
const VERSION = new Date(START).toISOString().slice(0, 7).replace('-', '');

describe.each(['America/New_York', 'Europe/Berlin'])('while clocks are changed in %s', (timeZone) => {
  test('each post is read after the same spans of time, over eight weeks', async () => {
    expect(nextClockChange(START, timeZone)).toBeLessThan(END);
    const posts = await startDistribution(`
      engagement: { timeZone: ${timeZone} }
      distribution: { timeZone: ${timeZone}, platforms: { linkedin: { version: "${VERSION}" } } }`);
    await posts.pass(START - (await posts.now()));
    const published: NewPost[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      if (step % STEPS_A_POST === 0) published.push(await publishToRead(posts));
      await posts.pass(STEP_MS);
    }
    await posts.pass(WEEK_MS);

    const { database } = posts.community;
    for (const post of published) {
      await until(async () => (await readingsOf(database, post)).every(({ state }) => state === 'taken'));
      const readings = await readingsOf(database, post);
      expect(readings.map(({ platform, ageMs }) => [platform, ageMs])).toEqual(
        PLATFORMS.flatMap((platform) => AGES.map((age) => [platform, age])),
      );
      const late = readings.map(({ dueAt, takenAt }) => (takenAt ?? 0) - dueAt);
      expect(Math.max(...late.map(Math.abs))).toBeLessThan(SLACK_MS);
    }
    await posts.stop();
  }, 300_000);
});
