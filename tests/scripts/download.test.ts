import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { keepDownload } from '../../scripts/stack/download.ts';
import { isExecutable } from '../../scripts/stack/executables.ts';
import { temporaryFolder } from '../support/folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let target: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  target = join(folder.path, 'server');
});
afterEach(() => folder.remove());

describe('a program that is downloaded', () => {
  test('is kept under our name, ready to run, and nothing else stays', async () => {
    await keepDownload(target, (to) => writeFile(join(to, 'server-v1.2.3-linux'), 'program'));
    expect(await readFile(target, 'utf8')).toBe('program');
    expect(await isExecutable(target)).toBe(true);
    expect(await readdir(folder.path)).toEqual(['server']);
  });

  test('is not kept if the download breaks off', async () => {
    const download = keepDownload(target, async (to) => {
      await writeFile(join(to, 'server-v1.2.3-linux'), 'half of it');
      throw new Error('the network is gone');
    });
    await expect(download).rejects.toThrow('the network is gone');
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('is missed if there is none', async () => {
    await expect(keepDownload(target, async () => undefined)).rejects.toThrow('left no file');
  });
});
