import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { type FontWeight, fontFor } from './fonts.ts';
import { charactersOf, directionOf, initials, isEmoji } from './names.ts';
import { discColor, THEME } from './theme.ts';

/** What is drawn on: its unit is a pixel of a phone, on which Discord shows a picture about 400 wide. */
export type Pen = SKRSContext2D;

/** Pixels of the picture for each unit, so that it is sharp on dense screens. */
export const DENSITY = 2;

/** A part of a picture, in units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a text is drawn. */
export interface TextStyle {
  readonly size: number;
  readonly weight: FontWeight;
  readonly color: string;
  readonly align?: 'left' | 'center' | 'right';
}

const ELLIPSIS = '…';
/** How much of a capital letter's height lies above the middle of a line, as a share of the size. */
const BASELINE = 0.357;

/** A canvas with the background of all pictures. */
export function newPicture(width: number, height: number): { canvas: Canvas; pen: Pen } {
  const canvas = createCanvas(width * DENSITY, height * DENSITY);
  const pen = canvas.getContext('2d');
  pen.scale(DENSITY, DENSITY);
  // Otherwise the machine's language decides how some characters look.
  pen.lang = 'en';
  const gradient = pen.createLinearGradient(0, 0, width, height);
  gradient.addColorStop(0, THEME.background);
  gradient.addColorStop(1, THEME.backgroundEnd);
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, width, height);
  return { canvas, pen };
}

/** Lets the process do something else: a font that is needed for the first time is read at once, and some take long. */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Fills a box with round corners. */
export function fillPanel(pen: Pen, box: Box, radius: number, fill: Pen['fillStyle']): void {
  pen.beginPath();
  pen.roundRect(box.x, box.y, box.width, box.height, radius);
  pen.fillStyle = fill;
  pen.fill();
}

/** Draws the edge of a box with round corners, inside of it. */
export function edgePanel(pen: Pen, box: Box, radius: number, color: string, thickness = 1): void {
  const inset = thickness / 2;
  pen.beginPath();
  pen.roundRect(box.x + inset, box.y + inset, box.width - thickness, box.height - thickness, radius - inset);
  pen.strokeStyle = color;
  pen.lineWidth = thickness;
  pen.stroke();
}

/**
 * Draws a text in one line in the middle of a box's height. One that is too wide is shortened by whole characters and ends
 * with an ellipsis. Nothing is drawn outside of the box.
 * @returns how wide the text is, in units.
 */
export function drawText(pen: Pen, text: string, box: Box, style: TextStyle): number {
  pen.save();
  pen.beginPath();
  pen.rect(box.x, box.y, box.width, box.height);
  pen.clip();
  pen.font = fontFor(text + ELLIPSIS, style.weight, style.size);
  pen.direction = directionOf(text);
  pen.textAlign = 'left';
  pen.fillStyle = style.color;
  const shown = shortened(pen, text, box.width);
  const extent = extentOf(pen, shown);
  const x = box.x + extent.left + freeSpaceBefore(box.width - extent.width, style.align);
  pen.fillText(shown, x, box.y + box.height / 2 + style.size * BASELINE);
  pen.restore();
  return extent.width;
}

/** How wide a text would be, in units. */
export function textWidth(
  pen: Pen,
  text: string,
  { size, weight }: Pick<TextStyle, 'size' | 'weight'>,
): number {
  pen.save();
  pen.font = fontFor(text, weight, size);
  pen.direction = directionOf(text);
  pen.textAlign = 'left';
  const { width } = extentOf(pen, text);
  pen.restore();
  return width;
}

/** Draws a disc with the member's initials: the same colour in every picture. */
export function drawDisc(pen: Pen, member: { memberId: string; shownName: string }, box: Box): void {
  const radius = box.width / 2;
  fillPanel(pen, box, radius, discColor(member.memberId));
  // The largest square in the disc, less a margin: initials are drawn within it.
  const side = box.width * 0.8;
  const inner = { x: box.x + (box.width - side) / 2, y: box.y, width: side, height: box.height };
  const letters = initials(member.shownName);
  const size = fittingSize(pen, letters, { size: box.width * 0.42, weight: 600 }, side);
  drawText(pen, letters, inner, { size, weight: 600, color: '#ffffff', align: 'center' });
}

/**
 * Draws an emoji in the middle of a box; a dimmed one without its colours, for what one does not have yet.
 * What is no emoji of Unicode, such as one of a guild's own, which only Discord can draw, is left out.
 */
export function drawEmoji(
  pen: Pen,
  emoji: string,
  box: Box,
  size: number,
  look: 'bright' | 'dimmed' = 'bright',
): void {
  if (!isEmoji(emoji)) return;
  pen.save();
  if (look === 'dimmed') {
    pen.filter = 'grayscale(1)';
    pen.globalAlpha = 0.45;
  }
  drawText(pen, emoji, box, { size, weight: 600, color: THEME.text, align: 'center' });
  pen.restore();
}

/**
 * The size at which a text fits into `width`: smaller than `style.size` if need be, but not by more than half.
 * A little smaller than it must be, since letters do not shrink evenly.
 */
export function fittingSize(
  pen: Pen,
  text: string,
  style: Pick<TextStyle, 'size' | 'weight'>,
  width: number,
): number {
  const wanted = textWidth(pen, text, style);
  return wanted <= width ? style.size : style.size * Math.max(0.5, (width / wanted) * 0.98);
}

/** `text`, or as many of its first characters as fit with an ellipsis. */
function shortened(pen: Pen, text: string, width: number): string {
  if (extentOf(pen, text).width <= width) return text;
  const characters = charactersOf(text);
  let fitting = 0;
  let tooMany = characters.length;
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (extentOf(pen, firstOf(characters, middle)).width <= width) fitting = middle;
    else tooMany = middle;
  }
  return firstOf(characters, fitting);
}

function firstOf(characters: readonly string[], count: number): string {
  return characters.slice(0, count).join('').trimEnd() + ELLIPSIS;
}

/** How far a text reaches from where it is drawn, its ink and the space that it takes: letters may lean out of theirs. */
function extentOf(pen: Pen, text: string): { left: number; width: number } {
  const measured = pen.measureText(text);
  const left = Math.max(0, measured.actualBoundingBoxLeft);
  const right = Math.max(measured.width, measured.actualBoundingBoxRight);
  return { left, width: left + right };
}

function freeSpaceBefore(free: number, align: TextStyle['align'] = 'left'): number {
  if (align === 'left') return 0;
  return align === 'center' ? free / 2 : free;
}
