import { createCanvas } from '@napi-rs/canvas';

/** A picture of this size. */
export function pngOf(width: number, height: number): Buffer {
  return createCanvas(width, height).toBuffer('image/png');
}

export function jpegOf(width: number, height: number): Buffer {
  return createCanvas(width, height).toBuffer('image/jpeg');
}

export function webpOf(width: number, height: number): Buffer {
  return createCanvas(width, height).toBuffer('image/webp');
}

/** A GIF of this size with nothing in it. */
export function gifOf(width: number, height: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  return Buffer.concat([Buffer.from('GIF89a'), size, Buffer.from([0, 0, 0, 0x3b])]);
}

/** The beginning of a video, which is what tells its type, with `bytes` behind it. */
export function videoOf(brand: 'isom' | 'qt  ', bytes = 100): Buffer {
  const head = Buffer.from(`....ftyp${brand}\0\0\x02\0${brand}mp41`, 'latin1');
  head.writeUInt32BE(head.length, 0);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

/** A file of Office: a ZIP, uncompressed, whose first entry says what it is. */
export function officeOf(main: 'word/document.xml' | 'ppt/presentation.xml'): Buffer {
  const kind = main.startsWith('word') ? 'wordprocessingml.document' : 'presentationml.presentation';
  const type = `application/vnd.openxmlformats-officedocument.${kind}.main+xml`;
  const content = Buffer.from(`<Types><Override PartName="/${main}" ContentType="${type}"/></Types>`);
  const entries = [zipEntry('[Content_Types].xml', content), zipEntry(main, Buffer.from('<a/>'))];
  return Buffer.concat(entries);
}

function zipEntry(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), content]);
}
