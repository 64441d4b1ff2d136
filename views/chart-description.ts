import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { ChartPicture, ChartSeries } from './pictures/chart.ts';
import { cut } from './text.ts';

/** A chart in words, for who cannot see it. */
export function chartDescription({ title, basis, unit, labels, series }: ChartPicture): string {
  const lines = series.map((one) => seriesInWords(one, labels));
  return cut([`${title}: ${basis}`, unit, ...lines].join('\n'), DISCORD_LIMITS.fileDescription);
}

function seriesInWords({ name, values }: ChartSeries, labels: readonly string[]): string {
  const parts = labels.map((label, index) => `${label}: ${values[index] ?? 'not available'}`);
  return `${name}: ${parts.join(', ')}`;
}
