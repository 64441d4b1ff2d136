import { toDuration } from '../../domain/duration.ts';
import { PLATFORM_LABELS } from '../../domain/platforms.ts';
import { interactionsByAge, type PostStats } from '../../domain/post-stats.ts';
import type { ChartPicture } from './chart.ts';
import { PLATFORM_LOOKS } from './looks.ts';

/** The chart of how a post's interactions have grown on its platforms; undefined as long as nothing was read. */
export function postStatsChart(stats: Pick<PostStats, 'title' | 'platforms'>): ChartPicture | undefined {
  const { ages, platforms } = interactionsByAge(stats);
  const latest = ages.at(-1);
  if (latest === undefined) return undefined;
  return {
    title: stats.title,
    basis: `Interactions until ${toDuration(latest)} after it went out`,
    unit: 'Interactions, by age of the post',
    labels: ages.map(toDuration),
    series: platforms.map(({ platform, interactions }) => ({
      name: PLATFORM_LABELS[platform],
      look: PLATFORM_LOOKS[platform],
      values: interactions,
    })),
  };
}
