import { drawText, fillPanel, type Pen } from './drawing.ts';
import { THEME } from './theme.ts';

/** What stands at the top of a picture of figures. */
export interface PictureHeader {
  readonly title: string;
  /** What the figures rest on: "34 events since June 2026, 120 members". */
  readonly basis: string;
}

/** How much room it takes, in units. */
export const HEADER_HEIGHT = 76;

/** Draws it over the width of the picture, less a margin on both sides. */
export function drawHeader(
  pen: Pen,
  { title, basis }: PictureHeader,
  { width, margin }: { readonly width: number; readonly margin: number },
): void {
  const room = width - 2 * margin - 16;
  fillPanel(pen, { x: margin, y: 14, width: 4, height: 46 }, 2, THEME.accent);
  const titleBox = { x: margin + 16, y: 10, width: room, height: 32 };
  drawText(pen, title, titleBox, { size: 22, weight: 700, color: THEME.text });
  const basisBox = { x: margin + 16, y: 41, width: room, height: 22 };
  drawText(pen, basis, basisBox, { size: 14, weight: 400, color: THEME.textSoft });
}
