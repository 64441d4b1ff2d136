import type * as Helpers from 'chart.js/helpers';
import { drawText, type Pen, textWidth } from './drawing.ts';
import type { SeriesLook } from './looks.ts';
import { THEME } from './theme.ts';

/** What a legend says of a series. */
export interface LegendEntry {
  readonly text: string;
  readonly look: SeriesLook;
}

/** Where an entry stands, in units from the upper left corner of the legend. */
interface PlacedEntry extends LegendEntry {
  readonly x: number;
  readonly y: number;
  readonly textWidth: number;
}

/** A legend with as many rows as its entries need. */
export interface Legend {
  readonly entries: readonly PlacedEntry[];
  readonly height: number;
}

const TEXT = { size: 13, weight: 400, color: THEME.text } as const;
const SAMPLE = { width: 34, gap: 7 } as const;
const ROW = 22;
const BETWEEN = 16;
/** How large the marker of a point is, and how thick its line: the same in the chart. */
export const MARKER_RADIUS = 5;
export const LINE_WIDTH = 2.5;

/** Puts the entries side by side, and into a further row where one does not fit into `width` any more. */
export function layOutLegend(pen: Pen, entries: readonly LegendEntry[], width: number): Legend {
  const placed: PlacedEntry[] = [];
  let [x, y] = [0, 0];
  for (const entry of entries) {
    const most = width - SAMPLE.width - SAMPLE.gap;
    const wide = Math.min(Math.ceil(textWidth(pen, entry.text, TEXT)), most);
    const taken = SAMPLE.width + SAMPLE.gap + wide;
    if (x > 0 && x + taken > width) [x, y] = [0, y + ROW];
    placed.push({ ...entry, x, y, textWidth: wide });
    x += taken + BETWEEN;
  }
  return { entries: placed, height: placed.length === 0 ? 0 : y + ROW };
}

/** Draws each entry as its series is drawn: a piece of the line with a marker, or of a bar. */
export function drawLegend(
  pen: Pen,
  { entries }: Legend,
  at: { readonly x: number; readonly y: number },
  drawSample: (look: SeriesLook, x: number, y: number) => void,
): void {
  for (const { text, look, x, y, textWidth: width } of entries) {
    drawSample(look, at.x + x, at.y + y + ROW / 2);
    const left = at.x + x + SAMPLE.width + SAMPLE.gap;
    drawText(pen, text, { x: left, y: at.y + y, width: width + 1, height: ROW }, TEXT);
  }
}

/** A piece of a line with its marker, from `x` on, in the height `y`. */
export function drawLineSample(
  pen: Pen,
  { color, marker, dash }: SeriesLook,
  { x, y }: { readonly x: number; readonly y: number },
  { drawPoint }: Pick<typeof Helpers, 'drawPoint'>,
): void {
  pen.save();
  pen.strokeStyle = color;
  pen.fillStyle = color;
  pen.lineWidth = LINE_WIDTH;
  pen.setLineDash([...dash]);
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x + SAMPLE.width, y);
  pen.stroke();
  pen.setLineDash([]);
  const point = { pointStyle: marker, radius: MARKER_RADIUS, borderWidth: LINE_WIDTH } as const;
  drawPoint(pen, point, x + SAMPLE.width / 2, y);
  pen.restore();
}

/** A piece of a bar, from `x` on, with its middle in the height `y`. */
export function drawBarSample(pen: Pen, look: SeriesLook, { x, y }: { x: number; y: number }): void {
  const box = { x, y: y - 7, width: SAMPLE.width, height: 14 };
  pen.save();
  pen.fillStyle = barFill(look);
  pen.strokeStyle = look.color;
  pen.lineWidth = 2;
  pen.fillRect(box.x, box.y, box.width, box.height);
  pen.strokeRect(box.x + 1, box.y + 1, box.width - 2, box.height - 2);
  pen.restore();
}

/** A bar of a series with dashes has no filling, so that it is told apart without colours. */
export function barFill({ color, dash }: SeriesLook): string {
  return dash.length === 0 ? color : THEME.surface;
}
