import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readMediaType } from '../../runtime/media-type.ts';
import { temporaryFolder } from '../support/folder.ts';
import { gifOf, jpegOf, officeOf, PDF, pngOf, videoOf, webpOf } from '../support/media.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

/** Under a name that says something else. */
async function typeOf(content: Buffer | string) {
  const file = join(folder.path, 'movie.mp4');
  await writeFile(file, content);
  return readMediaType(file);
}

describe('a file is known by its content', () => {
  test.each([
    ['png', pngOf(30, 20), 'image', 'image/png'],
    ['jpg', jpegOf(30, 20), 'image', 'image/jpeg'],
    ['webp', webpOf(30, 20), 'image', 'image/webp'],
    ['gif', gifOf(30, 20), 'gif', 'image/gif'],
  ])('as a picture: %s', async (ending, content, medium, type) => {
    expect(await typeOf(content)).toEqual({ kind: 'known', medium, type, ending, width: 30, height: 20 });
  });

  test.each([
    ['mp4', videoOf('isom'), 'video', 'video/mp4'],
    ['mov', videoOf('qt  '), 'video', 'video/quicktime'],
    ['pdf', PDF, 'document', 'application/pdf'],
    ['docx', officeOf('word/document.xml'), 'document', expect.stringContaining('wordprocessingml')],
    ['pptx', officeOf('ppt/presentation.xml'), 'document', expect.stringContaining('presentationml')],
  ])('as something else that platforms take: %s', async (ending, content, medium, type) => {
    expect(await typeOf(content)).toEqual({ kind: 'known', medium, type, ending, width: null, height: null });
  });

  test.each([
    ['a page', '<!doctype html><title>a</title>', undefined],
    ['a drawing that may hold programs', '<svg xmlns="http://www.w3.org/2000/svg"></svg>', undefined],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'application/x-msdownload'],
    ['an archive', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), 'application/gzip'],
    ['nothing', '', undefined],
    ['the beginning of a picture alone', pngOf(30, 20).subarray(0, 6), undefined],
  ])('as something that no platform takes: %s', async (_, content, type) => {
    const found = await typeOf(content);
    expect(found).toMatchObject({ kind: 'other' });
    if (type !== undefined) expect(found).toEqual({ kind: 'other', type });
  });

  test('as a picture whose size nobody can read', async () => {
    expect(await typeOf(pngOf(30, 20).subarray(0, 20))).toMatchObject({ kind: expect.any(String) });
  });
});
