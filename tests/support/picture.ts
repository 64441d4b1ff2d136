import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { type Box, DENSITY } from '../../views/pictures/drawing.ts';

/** The pixels of a picture, asked for in the units in which it was drawn. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** The colour in the middle of the unit that begins at (x, y): "#rrggbb". */
  colorAt(x: number, y: number): string;
  /** All colours within a box, row by row, as bytes. */
  within(box: Box): Uint8ClampedArray;
}

const ARTEFACTS = join(import.meta.dirname, '../../artefacts');

/** Keeps a picture in `artefacts/`, to look at, with `SCREENSHOTS=1`. */
export async function keepPicture(name: string, png: Buffer): Promise<void> {
  if (!process.env.SCREENSHOTS) return;
  await mkdir(ARTEFACTS, { recursive: true });
  await writeFile(join(ARTEFACTS, `${name}.png`), png);
}

/** Reads a PNG. */
export async function readPicture(png: Buffer): Promise<Pixels> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const within = ({ x, y, width, height }: Box) =>
    context.getImageData(x * DENSITY, y * DENSITY, width * DENSITY, height * DENSITY).data;
  return {
    width: image.width / DENSITY,
    height: image.height / DENSITY,
    colorAt: (x, y) => hex(context.getImageData((x + 0.5) * DENSITY, (y + 0.5) * DENSITY, 1, 1).data),
    within,
  };
}

/** Makes everything within the boxes the same in a copy, so that what is left can be compared. */
export async function without(png: Buffer, boxes: readonly Box[]): Promise<Buffer> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  for (const { x, y, width, height } of boxes) {
    context.fillRect(x * DENSITY, y * DENSITY, width * DENSITY, height * DENSITY);
  }
  return Buffer.from(context.getImageData(0, 0, image.width, image.height).data);
}

function hex([red = 0, green = 0, blue = 0]: Uint8ClampedArray): string {
  return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
