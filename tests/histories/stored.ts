/** The histories in this folder, and how those come into it that are missing. */

import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestCommunity } from '../support/community.ts';
import { startDistribution } from '../support/distribution.ts';
import { sharedServers } from '../support/servers.ts';
import { RECORDINGS } from './recordings/index.ts';
import type { Recording } from './recordings/recording.ts';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** The names of the histories that are stored. */
export async function storedHistories(): Promise<string[]> {
  const files = await readdir(FOLDER);
  return files.filter((file) => file.endsWith('.json')).map((file) => basename(file, '.json'));
}

/** A stored history, as JSON. */
export function readHistory(name: string): Promise<string> {
  return readFile(fileOf(name), 'utf8');
}

/** Records what is not stored yet. */
export async function recordMissing(): Promise<void> {
  const stored = await storedHistories();
  const missing = Object.entries(RECORDINGS).filter(([name]) => !stored.includes(name));
  for (const [name, recording] of missing) await writeFile(fileOf(name), await record(recording));
}

async function record(recording: Recording): Promise<string> {
  const posts = await startDistribution();
  const { community, github } = posts;
  const history = await historyOf(community, await recording(community, github, posts));
  await posts.stop();
  return history;
}

/** As Temporal's command-line program writes it, which is also how one is saved from production. */
async function historyOf({ environmentOfTemporal }: TestCommunity, workflowId: string): Promise<string> {
  const args = ['workflow', 'show', '--workflow-id', workflowId, '--output', 'json'];
  const { stdout } = await run(sharedServers().cli, [...args, '--address', environmentOfTemporal.address]);
  return stdout;
}

function fileOf(name: string): string {
  return join(FOLDER, `${name}.json`);
}
