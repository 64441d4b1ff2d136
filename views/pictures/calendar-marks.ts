import type { CalendarState } from '../../domain/post-calendar.ts';
import type { Box, Pen } from './drawing.ts';
import { THEME } from './theme.ts';

/** The colours of what stands in a calendar. They keep a contrast of 4.5 to 1 on the surface, and none is told by its colour alone. */
export const STATE_COLORS: Readonly<Record<CalendarState, string>> = {
  published: '#7ddc8f',
  planned: THEME.own,
  'not approved': THEME.textSoft,
  failed: '#ff8a7a',
};

/** How wide and high a mark is. */
export const MARK = 12;

/** Draws how a post stands: a disc with a tick, a clock, an empty circle of dashes, or a triangle with an exclamation mark. */
export function drawMark(pen: Pen, state: CalendarState, { x, y }: Pick<Box, 'x' | 'y'>): void {
  pen.save();
  pen.translate(x, y);
  pen.lineWidth = 1.5;
  pen.lineCap = 'round';
  pen.strokeStyle = STATE_COLORS[state];
  pen.fillStyle = STATE_COLORS[state];
  DRAW[state](pen);
  pen.restore();
}

const MIDDLE = MARK / 2;
const RADIUS = MIDDLE - 1;

const DRAW: Readonly<Record<CalendarState, (pen: Pen) => void>> = {
  published(pen) {
    pen.beginPath();
    pen.arc(MIDDLE, MIDDLE, MIDDLE, 0, 2 * Math.PI);
    pen.fill();
    pen.strokeStyle = THEME.onBright;
    drawLine(pen, [3.2, 6.2], [5.2, 8.3], [8.9, 4]);
  },
  planned(pen) {
    drawCircle(pen);
    drawLine(pen, [MIDDLE, 3.4], [MIDDLE, MIDDLE], [8.2, 7.2]);
  },
  'not approved'(pen) {
    pen.lineCap = 'butt';
    pen.setLineDash([2.4, 2.1]);
    drawCircle(pen);
  },
  failed(pen) {
    pen.beginPath();
    pen.moveTo(MIDDLE, 0.4);
    pen.lineTo(MARK, MARK - 0.6);
    pen.lineTo(0, MARK - 0.6);
    pen.closePath();
    pen.fill();
    pen.strokeStyle = THEME.onBright;
    drawLine(pen, [MIDDLE, 4.4], [MIDDLE, 7.4]);
    drawLine(pen, [MIDDLE, 9.7], [MIDDLE, 9.8]);
  },
};

function drawCircle(pen: Pen): void {
  pen.beginPath();
  pen.arc(MIDDLE, MIDDLE, RADIUS, 0, 2 * Math.PI);
  pen.stroke();
}

function drawLine(pen: Pen, ...points: readonly (readonly [number, number])[]): void {
  pen.beginPath();
  for (const [index, [x, y]] of points.entries()) {
    if (index === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
  pen.stroke();
}
