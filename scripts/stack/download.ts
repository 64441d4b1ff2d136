import { chmod, copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Keeps a program that comes by a download into a folder, under a name of ours: a download that was interrupted is not
 * taken for the program.
 *
 * @param target the path under which it is kept
 * @param download puts the program, and nothing else, into the folder that it is given
 * @throws Error if the download fails, or leaves nothing
 */
export async function keepDownload(
  target: string,
  download: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = `${target}.download`;
  await mkdir(folder, { recursive: true });
  try {
    await download(folder);
    const [file] = await readdir(folder);
    if (file === undefined) throw new Error('the download left no file');
    await copyFile(join(folder, file), `${target}.new`);
    await chmod(`${target}.new`, 0o755);
    await rename(`${target}.new`, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
