import { inflateSync } from 'node:zlib';

const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;
const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;

/** A table of a font: where its bytes are in a WOFF file. */
interface Table {
  readonly tag: Buffer;
  readonly offset: number;
  readonly compressedLength: number;
  readonly length: number;
  readonly checksum: Buffer;
}

/**
 * The font (TrueType or OpenType) in a WOFF file. A canvas reads WOFF too, but unpacks it anew whenever another font is added,
 * which takes a large one 60 ms and 12 MB each time.
 * Source of the format: W3C, "WOFF File Format 1.0".
 * @throws Error if the file is damaged.
 */
export function unpackWoff(woff: Buffer): Buffer {
  const tables = tablesOf(woff);
  const contents = tables.map((table) => contentOf(woff, table));
  const header = Buffer.alloc(SFNT_HEADER + tables.length * SFNT_ENTRY);
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(tables.length, 4);
  writeSearchHelp(header, tables.length);
  let offset = header.length;
  for (const [index, { tag, checksum, length }] of tables.entries()) {
    const entry = SFNT_HEADER + index * SFNT_ENTRY;
    tag.copy(header, entry);
    checksum.copy(header, entry + 4);
    header.writeUInt32BE(offset, entry + 8);
    header.writeUInt32BE(length, entry + 12);
    offset += padded(length);
  }
  return Buffer.concat([header, ...contents]);
}

function tablesOf(woff: Buffer): Table[] {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('This is not a WOFF file');
  return Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
    const entry = woff.subarray(WOFF_HEADER + index * WOFF_ENTRY);
    return {
      tag: entry.subarray(0, 4),
      offset: entry.readUInt32BE(4),
      compressedLength: entry.readUInt32BE(8),
      length: entry.readUInt32BE(12),
      checksum: entry.subarray(16, 20),
    };
  });
}

/** The bytes of a table, with zeros up to a multiple of four. */
function contentOf(woff: Buffer, { offset, compressedLength, length }: Table): Buffer {
  const stored = woff.subarray(offset, offset + compressedLength);
  const content = compressedLength < length ? inflateSync(stored) : stored;
  return Buffer.concat([content], padded(length));
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/** What lets a reader search the tables in halves: the greatest power of two that they are at least. */
function writeSearchHelp(header: Buffer, tables: number): void {
  const steps = Math.floor(Math.log2(tables));
  const range = 2 ** steps * SFNT_ENTRY;
  header.writeUInt16BE(range, 6);
  header.writeUInt16BE(steps, 8);
  header.writeUInt16BE(tables * SFNT_ENTRY - range, 10);
}
