import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { CATCH_UP, compareMember, startCatchUp } from '../../workflows/definitions/catch-up.ts';
import { getProgress, memberLeft, stopTips } from '../../workflows/definitions/onboarding.ts';
import { startCommunity, type TestCommunity } from '../support/community.ts';
import { sharedServers } from '../support/servers.ts';
import { until } from '../support/wait.ts';

const FOLDER = fileURLToPath(new URL('../histories/', import.meta.url));

/** What is recorded: each lets something happen and gives the id of the workflow in which it did. */
const RECORDINGS: Record<string, (community: TestCommunity) => Promise<string>> = {
  'onboarding-completed': async (community) => {
    const onboarding = await community.startOnboarding(await community.join());
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-left': async (community) => {
    const onboarding = await greeted(community);
    await onboarding.signal(memberLeft);
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-stopped': async (community) => {
    const onboarding = await greeted(community);
    await onboarding.executeUpdate(stopTips);
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-direct-messages-closed': async (community) => {
    const onboarding = await community.startOnboarding(await community.join({ dmsClosed: true }));
    await onboarding.result();
    return onboarding.workflowId;
  },
  'catch-up': async (community) => {
    const { memberId, guildId } = await community.join();
    const catchUp = await community.client.workflow.signalWithStart(CATCH_UP, {
      ...startCatchUp(guildId),
      signal: compareMember,
      signalArgs: [memberId],
    });
    await community.environmentOfTemporal.sleep('15m');
    return catchUp.workflowId;
  },
};

async function greeted(community: TestCommunity) {
  const onboarding = await community.startOnboarding(await community.join());
  await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
  return onboarding;
}

const bundle = () => ({ codePath: sharedServers().bundle });
const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
const stored = async () => (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));
const read = async (name: string) => JSON.parse(await readFile(join(FOLDER, name), 'utf8'));

if (process.env.RECORD_HISTORIES) {
  test('histories that are missing are recorded', async () => {
    const community = await startCommunity();
    for (const [name, record] of Object.entries(RECORDINGS)) {
      const file = join(FOLDER, `${name}.json`);
      if (await isThere(file)) continue;
      const handle = community.client.workflow.getHandle(await record(community));
      await writeFile(file, `${JSON.stringify(historyToJSON(await handle.fetchHistory()), null, 1)}\n`);
    }
    await community.stop();
  });
}

describe('workflows that run in production', () => {
  test('there is a history of every one that can be recorded', async () => {
    expect((await stored()).map((name) => basename(name, '.json')).sort()).toEqual(
      Object.keys(RECORDINGS).sort(),
    );
  });

  test('can go on with this version of the code', async () => {
    for (const name of await stored()) {
      const replay = Worker.runReplayHistory({ workflowBundle: bundle() }, await read(name), name);
      await expect(replay).resolves.toBeUndefined();
    }
  });

  test('could not go on with a version that changes them without patched(): this test would notice', async () => {
    const workflowsPath = join(FOLDER, 'changed-workflows.ts');
    const changed = await bundleWorkflowCode({ workflowsPath });
    const replay = Worker.runReplayHistory(
      { workflowBundle: changed },
      await read('onboarding-completed.json'),
    );
    await expect(replay).rejects.toThrow(DeterminismViolationError);
  });

  test('hold ids, and no word of a member or of ours to them', async () => {
    for (const name of await stored()) {
      const text = await readFile(join(FOLDER, name), 'utf8');
      const words = [...text.matchAll(/"data": "([\w+/=]+)"/g)].map(([, data = '']) =>
        Buffer.from(data, 'base64').toString(),
      );
      expect(words.join('\n')).not.toMatch(/Welcome to TiXL|Start your journey|bot-token/);
    }
  });
});
