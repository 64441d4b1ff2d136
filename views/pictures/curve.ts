import type { Box, Pen } from './drawing.ts';
import { THEME } from './theme.ts';

/** Keyframes of an animation that eases in and out, from 0 to 1 in both directions. The last one is the highest. */
const KEYFRAMES = [
  { x: 0, y: 0.12 },
  { x: 0.36, y: 0.5 },
  { x: 0.64, y: 0.38 },
  { x: 1, y: 0.92 },
] as const;

const DIAMOND = 3.5;

/** Draws an animation curve with its keyframes: what those who work with TiXL look at all day. */
export function drawCurve(pen: Pen, box: Box): void {
  drawGrid(pen, box);
  const points = KEYFRAMES.map(({ x, y }) => ({ x: box.x + x * box.width, y: box.y + (1 - y) * box.height }));
  pen.beginPath();
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    const middle = ((before?.x ?? point.x) + point.x) / 2;
    if (before) pen.bezierCurveTo(middle, before.y, middle, point.y, point.x, point.y);
    else pen.moveTo(point.x, point.y);
  }
  pen.strokeStyle = THEME.accent;
  pen.lineWidth = 1.75;
  pen.stroke();
  for (const point of points) drawKeyframe(pen, point);
}

function drawGrid(pen: Pen, { x, y, width, height }: Box): void {
  pen.beginPath();
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    pen.moveTo(x + share * width, y);
    pen.lineTo(x + share * width, y + height);
  }
  for (const share of [0, 0.5, 1]) {
    pen.moveTo(x, y + share * height);
    pen.lineTo(x + width, y + share * height);
  }
  pen.strokeStyle = THEME.line;
  pen.lineWidth = 0.5;
  pen.stroke();
}

function drawKeyframe(pen: Pen, { x, y }: { x: number; y: number }): void {
  pen.beginPath();
  pen.moveTo(x, y - DIAMOND);
  pen.lineTo(x + DIAMOND, y);
  pen.lineTo(x, y + DIAMOND);
  pen.lineTo(x - DIAMOND, y);
  pen.closePath();
  pen.fillStyle = THEME.background;
  pen.fill();
  pen.strokeStyle = THEME.accent;
  pen.lineWidth = 1.5;
  pen.stroke();
}
