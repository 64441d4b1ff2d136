import { createCanvas } from '@napi-rs/canvas';
import type { Chart, ChartConfiguration, ChartDataset, ChartOptions } from 'chart.js';
import {
  barFill,
  drawBarSample,
  drawLegend,
  drawLineSample,
  type Legend,
  type LegendEntry,
  LINE_WIDTH,
  layOutLegend,
  MARKER_RADIUS,
} from './chart-legend.ts';
import { type Box, DENSITY, drawText, newPicture, type Pen, textWidth } from './drawing.ts';
import { familiesFor } from './fonts.ts';
import { drawHeader, HEADER_HEIGHT, type PictureHeader } from './header.ts';
import type { SeriesLook } from './looks.ts';
import { THEME } from './theme.ts';

/** What is known of one thing that is compared: a value for each label of the chart. null: it is not known, which leaves a gap. */
export interface ChartSeries {
  readonly name: string;
  readonly look: SeriesLook;
  readonly values: readonly (number | null)[];
}

/** What a chart shows. */
export interface ChartPicture extends PictureHeader {
  /** What is counted: "interactions". It stands above the axis. */
  readonly unit: string;
  /** What stands below the chart, from left to right. */
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
}

/** Where things are, in units. */
export const CHART_LAYOUT = {
  width: 420,
  margin: 14,
  unit: 24,
  chart: 230,
  /** Above the highest bar, for its value. */
  value: 20,
} as const;

const LAYOUT = CHART_LAYOUT;
const AXIS_FONT_SIZE = 13;
const VALUE_TEXT = { size: 13, weight: 600 } as const;
/** A bar for 0 is seen, so that it is not taken for one that is not known. */
const LEAST_BAR = 2;
const NOT_KNOWN = 'n/a';

type ChartKind = 'line' | 'bar';
type ChartLibrary = Awaited<ReturnType<typeof importLibrary>>;

/** A line for each series, as a PNG. The same data give the same picture. */
export function linesPicture(picture: ChartPicture): Promise<Buffer> {
  return chartPicture('line', picture);
}

/** A bar for each value, side by side for each label, as a PNG. The values stand above the bars as long as there is room. */
export function barsPicture(picture: ChartPicture): Promise<Buffer> {
  return chartPicture('bar', picture);
}

async function chartPicture(kind: ChartKind, picture: ChartPicture): Promise<Buffer> {
  const library = await loadLibrary();
  const legend = layOutLegend(newPicture(1, 1).pen, legendOf(picture), innerWidth());
  const { canvas, pen } = newPicture(LAYOUT.width, chartBox(legend).y + LAYOUT.chart + LAYOUT.margin);
  drawHeader(pen, picture, LAYOUT);
  drawLegend(pen, legend, { x: LAYOUT.margin, y: HEADER_HEIGHT }, (look, x, y) =>
    kind === 'line' ? drawLineSample(pen, look, { x, y }, library) : drawBarSample(pen, look, { x, y }),
  );
  drawUnit(pen, picture.unit, legend);
  drawChart(pen, kind, picture, chartBox(legend), library);
  return canvas.encode('png');
}

/** Where the chart with its axes is, by how much room the legend takes. */
export function chartBox({ height }: Pick<Legend, 'height'>): Box {
  const { margin, unit, chart } = LAYOUT;
  return { x: margin, y: HEADER_HEIGHT + height + unit, width: innerWidth(), height: chart };
}

function innerWidth(): number {
  return LAYOUT.width - 2 * LAYOUT.margin;
}

/** One series alone is named by the title. Of one without any value it is said that there is none. */
function legendOf({ series }: ChartPicture): LegendEntry[] {
  if (series.length < 2) return [];
  return series.map(({ name, look, values }) => ({
    text: values.some((value) => value !== null) ? name : `${name}: not available`,
    look,
  }));
}

function drawUnit(pen: Pen, unit: string, { height }: Legend): void {
  const box = { x: LAYOUT.margin, y: HEADER_HEIGHT + height, width: innerWidth(), height: LAYOUT.unit };
  drawText(pen, unit, box, { size: 13, weight: 400, color: THEME.textSoft });
}

function drawChart(
  pen: Pen,
  kind: ChartKind,
  picture: ChartPicture,
  box: Box,
  { Chart }: ChartLibrary,
): void {
  const canvas = createCanvas(box.width, box.height);
  const chart = new Chart(canvas, configurationOf(kind, picture));
  pen.drawImage(canvas, box.x, box.y, box.width, box.height);
  if (kind === 'bar') drawBarValues(pen, picture, chart, box);
  if (!picture.series.some(({ values }) => values.some((value) => value !== null)))
    drawNothingKnown(pen, box);
  // The library keeps every chart until then.
  chart.destroy();
}

function configurationOf(kind: ChartKind, picture: ChartPicture): ChartConfiguration {
  const datasets = picture.series.map((one): ChartDataset => (kind === 'line' ? lineOf(one) : barsOf(one)));
  return {
    type: kind,
    data: { labels: [...picture.labels], datasets },
    options: optionsFor(kind, picture),
  };
}

function lineOf({ name, look, values }: ChartSeries): ChartDataset<'line'> {
  const { color, marker, dash } = look;
  return {
    type: 'line',
    label: name,
    data: [...values],
    borderColor: color,
    borderWidth: LINE_WIDTH,
    borderDash: [...dash],
    pointStyle: marker,
    pointRadius: MARKER_RADIUS,
    pointBorderWidth: LINE_WIDTH,
    pointBorderColor: color,
    pointBackgroundColor: color,
    spanGaps: false,
  };
}

function barsOf({ name, look, values }: ChartSeries): ChartDataset<'bar'> {
  return {
    type: 'bar',
    label: name,
    data: [...values],
    backgroundColor: barFill(look),
    borderColor: look.color,
    borderWidth: look.dash.length === 0 ? 0 : 2,
    borderRadius: 3,
    maxBarThickness: 56,
    minBarLength: LEAST_BAR,
  };
}

function optionsFor(kind: ChartKind, { labels, series }: ChartPicture): ChartOptions {
  const font = { family: familiesFor(labels.join('')), size: AXIS_FONT_SIZE };
  const ticks = { color: THEME.textSoft, font };
  const areWhole = series.every(({ values }) => values.every((value) => Number.isInteger(value ?? 0)));
  return {
    animation: false,
    responsive: false,
    events: [],
    locale: 'en',
    devicePixelRatio: DENSITY,
    layout: { padding: { top: kind === 'bar' ? LAYOUT.value : 0 } },
    scales: {
      x: { offset: true, grid: { display: false }, ticks: { ...ticks, maxRotation: 0 } },
      y: {
        beginAtZero: true,
        border: { display: false },
        grid: { color: THEME.line, drawTicks: false },
        ticks: {
          ...ticks,
          ...(areWhole && { precision: 0 }),
          padding: 6,
          maxTicksLimit: 6,
          callback: (value) => chartNumber(Number(value)),
        },
      },
    },
  };
}

/** Writes each value above its bar; none at all where one would not fit, since a part of a number is a wrong one. */
function drawBarValues(pen: Pen, { labels, series }: ChartPicture, chart: Chart, box: Box): void {
  const width = (chart.chartArea.width / labels.length / series.length) * 0.85;
  const bars = series.flatMap(({ values }, index) =>
    values.map((value, place) => {
      const bar = chart.getDatasetMeta(index).data[place];
      const top = value === null ? chart.chartArea.bottom : (bar?.y ?? 0);
      return { text: value === null ? NOT_KNOWN : chartNumber(value), value, x: bar?.x ?? 0, top };
    }),
  );
  if (bars.some(({ text }) => textWidth(pen, text, VALUE_TEXT) > width)) return;
  for (const { text, value, x, top } of bars) {
    const place = { x: box.x + x - width / 2, y: box.y + top - LAYOUT.value, width, height: LAYOUT.value };
    const color = value === null ? THEME.textMuted : THEME.text;
    drawText(pen, text, place, { ...VALUE_TEXT, color, align: 'center' });
  }
}

function drawNothingKnown(pen: Pen, box: Box): void {
  drawText(pen, 'Nothing is known yet', box, {
    size: 16,
    weight: 600,
    color: THEME.textSoft,
    align: 'center',
  });
}

/** A number as it stands in a chart: "1.2K". */
export function chartNumber(value: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

let loaded: ReturnType<typeof importLibrary> | undefined;

/** Loaded when a chart is first drawn: most processes never draw one. */
function loadLibrary(): ReturnType<typeof importLibrary> {
  loaded ??= importLibrary();
  return loaded;
}

async function importLibrary() {
  const [charts, { drawPoint }] = await Promise.all([import('chart.js'), import('chart.js/helpers')]);
  const { BarController, BarElement, CategoryScale, LinearScale } = charts;
  const { LineController, LineElement, PointElement } = charts;
  charts.Chart.register(BarController, BarElement, CategoryScale, LinearScale);
  charts.Chart.register(LineController, LineElement, PointElement);
  return { Chart: charts.Chart, drawPoint };
}
