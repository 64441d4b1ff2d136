/** How long it takes to say what became of posts, and beside it to count the same rows and nothing else. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { CommunityConfig } from '../../config/schema.ts';
import { readPostCalendar } from '../../database/post-calendar.ts';
import { readPostHistory } from '../../database/post-insights.ts';
import { monthOf } from '../../domain/post-calendar.ts';
import { comparedAge, insightsFrom } from '../../domain/post-insights.ts';
import { dayAt, monthAround } from '../../domain/wall-clock.ts';
import { postCalendarPicture } from '../../views/pictures/post-calendar.ts';
import { postingTimesPicture } from '../../views/pictures/post-insights.ts';
import { toPostCalendarPicture } from '../../views/post-calendar.ts';
import { toPostingTimesPicture } from '../../views/post-insights.ts';
import type { BenchHistory } from './history.ts';

/** How long something took each time, in ms, and the baseline. */
export interface Measured {
  readonly what: string;
  readonly ours: readonly number[];
  readonly baseline: readonly number[];
  /** What ours should take at most; undefined: nothing was aimed at. */
  readonly aimMs?: number;
}

/** Something that is measured: ours, and the baseline. */
interface Subject {
  readonly what: string;
  readonly aimMs?: number;
  ours(): Promise<unknown>;
  baseline(): Promise<unknown>;
}

const INSIGHTS_AIM_MS = 1_000;

/** Measures each, ours and the baseline in turn. The first time is not counted: PostgreSQL reads its tables into memory then. */
export async function measure(
  em: EntityManager,
  config: CommunityConfig,
  history: BenchHistory,
  samples: number,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const subject of subjects(em, config, history)) {
    const { what, aimMs } = subject;
    const [ours, baseline]: [number[], number[]] = [[], []];
    for (let sample = 0; sample <= samples; sample += 1) {
      const times = [await time(() => subject.ours()), await time(() => subject.baseline())] as const;
      if (sample === 0) continue;
      ours.push(times[0]);
      baseline.push(times[1]);
    }
    measured.push({ what, ours, baseline, ...(aimMs !== undefined && { aimMs }) });
  }
  return measured;
}

function subjects(em: EntityManager, config: CommunityConfig, history: BenchHistory): Subject[] {
  const { guildId, from, until } = history;
  const { timeZone, score } = config.engagement;
  const ageMs = comparedAge(config.engagement);
  const readHistory = () =>
    readPostHistory(em.fork(), guildId, {
      ...{ since: from, ageMs, timeZone, platform: null, weights: score.weights },
    });
  const countReadings = () =>
    em.fork().execute(`select count(*), sum(likes) from post_readings where guild_id = ?`, [guildId]);
  const span = { ...monthAround((from + until) / 2, timeZone), timeZone };
  const readCalendar = () => readPostCalendar(em.fork(), guildId, span);
  const countPosts = () =>
    em
      .fork()
      .execute(`select count(*) from posts where guild_id = ? and publish_at >= ? and publish_at < ?`, [
        ...[guildId, new Date(span.from), new Date(span.until)],
      ]);
  return [
    { what: 'insights, from the database', ours: readHistory, baseline: countReadings },
    {
      ...{ what: 'insights, with their picture', aimMs: INSIGHTS_AIM_MS, baseline: countReadings },
      async ours() {
        const picture = toPostingTimesPicture(insightsFrom(await readHistory()), {
          ...{ platform: null, timeZone, ageMs },
        });
        if (picture === undefined) throw new Error('there was too little: what was measured was empty');
        return postingTimesPicture(picture);
      },
    },
    { what: 'calendar, from the database', ours: readCalendar, baseline: countPosts },
    {
      ...{ what: 'calendar, with its picture', baseline: countPosts },
      async ours() {
        const entries = await readCalendar();
        if (entries.length === 0) throw new Error('there was no post: what was measured was empty');
        const today = dayAt(span.from, timeZone);
        return postCalendarPicture(
          toPostCalendarPicture({ month: monthOf(today), entries, today, timeZone }),
        );
      },
    },
  ];
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
