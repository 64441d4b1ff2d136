import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEY_BYTES = 32;

/** The key that `npm start` has made for the tokens of accounts, if it has. */
export function findTokensKey(folder: string): Promise<string | undefined> {
  return readFile(fileIn(folder), 'utf8').catch(() => undefined);
}

/** The key with which tokens of accounts are encrypted, where the environment names none. It is made once and kept below `folder`. */
export async function keptTokensKey(folder: string): Promise<string> {
  const kept = await findTokensKey(folder);
  if (kept !== undefined) return kept;
  const key = randomBytes(KEY_BYTES).toString('base64');
  await mkdir(folder, { recursive: true });
  await writeFile(fileIn(folder), key, { mode: 0o600 });
  return key;
}

function fileIn(folder: string): string {
  return join(folder, 'tokens-key');
}
