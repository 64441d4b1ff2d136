/** How long it takes to say what became of posts, and beside it to count the same rows and nothing else. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { CommunityConfig } from '../../config/schema.ts';
import { readEngagementReport } from '../../database/engagement-report.ts';
import { readPostCalendar } from '../../database/post-calendar.ts';
import { readPostHistory } from '../../database/post-insights.ts';
import type { GuildId } from '../../domain/ids.ts';
import { monthOf } from '../../domain/post-calendar.ts';
import { comparedAge, insightsFrom } from '../../domain/post-insights.ts';
import { weekBefore } from '../../domain/report-period.ts';
import { dayAt, monthAround } from '../../domain/wall-clock.ts';
import { engagementCharts } from '../../views/pictures/engagement-report.ts';
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

const REPORT_AIM_MS = 2_000;
const INSIGHTS_AIM_MS = 1_000;

/** Measures each, ours and the baseline in turn. The first time is not counted: PostgreSQL reads its tables into memory then. */
export async function measure(
  em: EntityManager,
  config: CommunityConfig,
  history: BenchHistory,
  samples: number,
): Promise<Measured[]> {
  const reader = { em, engagement: config.engagement, history };
  const subjects = [...reportSubjects(reader), ...insightsSubjects(reader), ...calendarSubjects(reader)];
  const measured: Measured[] = [];
  for (const subject of subjects) {
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

/** What is read, and how. */
interface Reader {
  readonly em: EntityManager;
  readonly engagement: CommunityConfig['engagement'];
  readonly history: BenchHistory;
}

function reportSubjects({ em, engagement: { timeZone }, history: { guildId, until } }: Reader): Subject[] {
  const week = weekBefore(until, timeZone);
  const read = () => readEngagementReport(em.fork(), guildId, week, { asOf: until, timeZone });
  const baseline = () => countReadings(em, guildId);
  return [
    { what: 'weekly report, from the database', ours: read, baseline },
    {
      ...{ what: 'weekly report, with its charts', aimMs: REPORT_AIM_MS, baseline },
      ours: async () => notEmpty(await engagementCharts(await read())),
    },
  ];
}

function insightsSubjects({ em, engagement, history: { guildId, from } }: Reader): Subject[] {
  const { timeZone, score } = engagement;
  const asked = { platform: null, timeZone, ageMs: comparedAge(engagement) };
  const read = () => readPostHistory(em.fork(), guildId, { ...asked, since: from, weights: score.weights });
  const baseline = () => countReadings(em, guildId);
  return [
    { what: 'insights, from the database', ours: read, baseline },
    {
      ...{ what: 'insights, with their picture', aimMs: INSIGHTS_AIM_MS, baseline },
      ours: async () =>
        postingTimesPicture(notEmpty(toPostingTimesPicture(insightsFrom(await read()), asked))),
    },
  ];
}

function calendarSubjects({ em, engagement: { timeZone }, history }: Reader): Subject[] {
  const { guildId, from, until } = history;
  const span = { ...monthAround((from + until) / 2, timeZone), timeZone };
  const today = dayAt(span.from, timeZone);
  const read = () => readPostCalendar(em.fork(), guildId, span);
  const baseline = () => countPosts(em, guildId, span);
  return [
    { what: 'calendar, from the database', ours: read, baseline },
    {
      ...{ what: 'calendar, with its picture', baseline },
      async ours() {
        const entries = await read();
        notEmpty(entries[0]);
        return postCalendarPicture(
          toPostCalendarPicture({ month: monthOf(today), entries, today, timeZone }),
        );
      },
    },
  ];
}

/** @throws Error if there is nothing: then there was nothing to measure */
function notEmpty<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('there was nothing: what was measured was empty');
  return value;
}

function countReadings(em: EntityManager, guildId: GuildId): Promise<unknown> {
  return em.fork().execute(`select count(*), sum(likes) from post_readings where guild_id = ?`, [guildId]);
}

function countPosts(
  em: EntityManager,
  guildId: GuildId,
  { from, until }: Pick<BenchHistory, 'from' | 'until'>,
): Promise<unknown> {
  return em
    .fork()
    .execute(`select count(*) from posts where guild_id = ? and publish_at >= ? and publish_at < ?`, [
      ...[guildId, new Date(from), new Date(until)],
    ]);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
