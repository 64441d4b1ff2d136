import { dayText } from '../../domain/calendar.ts';
import {
  type EngagementReport,
  type SpanTally,
  type Tally,
  tallyOf,
} from '../../domain/engagement-report.ts';
import { spanLength, spanText } from '../../domain/engagement-report-text.ts';
import { PLATFORM_LABELS, PLATFORMS, type Platform } from '../../domain/platforms.ts';
import type { ChartPicture } from './chart.ts';
import { COMPARED_LOOK, MAIN_LOOK, PLATFORM_LOOKS } from './looks.ts';

/** How many spans the chart of growth shows, the report's own among them. */
const SPANS_SHOWN = 8;
const UNIT = 'Interactions';

/** The pictures of a report, as PNGs. */
export interface EngagementCharts {
  readonly growth: Buffer;
  readonly platforms: Buffer;
}

/** Draws them. Undefined without posts: there is nothing to show. */
export async function engagementCharts(report: EngagementReport): Promise<EngagementCharts | undefined> {
  if (report.now.all.posts === 0) return undefined;
  // Loaded with the first report: a worker draws nothing else.
  const { barsPicture, linesPicture } = await import('./chart.ts');
  const [growth, platforms] = await Promise.all([
    linesPicture(growthChart(report)),
    barsPicture(platformsChart(report)),
  ]);
  return { growth, platforms };
}

/** Interactions from span to span, a line for each platform. */
export function growthChart({ now, before }: EngagementReport): ChartPicture {
  const spans = [now, ...before].slice(0, SPANS_SHOWN).reverse();
  return {
    title: `Interactions by ${spanLength(now)}`,
    basis: `Up to ${dayText(now.to)}, each by its first day`,
    unit: UNIT,
    labels: spans.map(({ from }) => dayAndMonth(from)),
    series: publishedOn(spans).map((platform) => ({
      name: PLATFORM_LABELS[platform],
      look: PLATFORM_LOOKS[platform],
      values: spans.map((span) => interactionsOn(span, platform)),
    })),
  };
}

/** Interactions by platform, beside those of the span before. */
export function platformsChart({ now, before }: EngagementReport): ChartPicture {
  const [last] = before;
  const platforms = publishedOn(last === undefined ? [now] : [now, last]);
  const series = (name: string, look: typeof MAIN_LOOK, span: SpanTally) => ({
    ...{ name, look, values: platforms.map((platform) => interactionsOn(span, platform)) },
  });
  return {
    title: 'Interactions by platform',
    basis: `Beside the ${spanLength(now)} before`,
    unit: UNIT,
    labels: platforms.map((platform) => PLATFORM_LABELS[platform]),
    series: [
      ...(last === undefined ? [] : [series(spanText(last), COMPARED_LOOK, last)]),
      series(spanText(now), MAIN_LOOK, now),
    ],
  };
}

/** The platforms on which something was published in one of the spans. */
function publishedOn(spans: readonly SpanTally[]): Platform[] {
  return PLATFORMS.filter((platform) => spans.some((span) => tallyOf(span, platform) !== undefined));
}

/** Without posts there were none; null: the platform does not say. */
function interactionsOn(span: SpanTally, platform: Platform): number | null {
  const tally: Tally | undefined = tallyOf(span, platform);
  return tally === undefined ? 0 : tally.interactions;
}

function dayAndMonth(day: string): string {
  const parts = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', parts).format(Date.parse(day));
}
