import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { RECORDINGS } from '../histories/recordings/index.ts';
import { readHistory, recordMissing, storedHistories } from '../histories/stored.ts';
import { sharedServers } from '../support/servers.ts';

const CHANGED_WORKFLOWS = fileURLToPath(new URL('../histories/changed-workflows.ts', import.meta.url));

/** The name of the error with which the replay of a history ends, or null if it succeeds. */
async function replay(bundle: string, name: string): Promise<string | null> {
  const history = JSON.parse(await readHistory(name));
  const error = await Worker.runReplayHistory({ workflowBundle: { codePath: bundle } }, history).catch(
    (error) => error,
  );
  return error?.name ?? null;
}

if (process.env.RECORD_HISTORIES) {
  test('histories that are missing are recorded', () => recordMissing(), 600_000);
}

describe('workflows that run in production', () => {
  test('there is a history of every one that can be recorded', async () => {
    expect((await storedHistories()).sort()).toEqual(Object.keys(RECORDINGS).sort());
  });

  test('can go on with this version of the code', async () => {
    for (const name of await storedHistories())
      expect([name, await replay(sharedServers().bundle, name)]).toEqual([name, null]);
  });

  test('could not go on with a version that changes them without patched(): this test would notice', async () => {
    const { code } = await bundleWorkflowCode({
      workflowsPath: CHANGED_WORKFLOWS,
      logger: new DefaultLogger('WARN'),
    });
    const file = join(sharedServers().folder, 'changed-workflows.js');
    await writeFile(file, code);
    expect(await replay(file, 'onboarding-completed')).toBe('DeterminismViolationError');
  });

  test('hold ids, and no word of a member or of ours to them', async () => {
    for (const name of await storedHistories()) {
      const text = await readHistory(name);
      const words = [...text.matchAll(/"data": "([\w+/=]+)"/g)].map(([, data = '']) =>
        Buffer.from(data, 'base64').toString(),
      );
      expect(words.join('\n')).not.toMatch(
        /Welcome to TiXL|Tutorial 1|We make something|stays out of it|Start your journey|bot-token|gho_|mona|Something new, number|Other words/,
      );
    }
  });
});
