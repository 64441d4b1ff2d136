import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { sharedServers } from '../support/servers.ts';

const run = promisify(execFile);

/** What a process writes in which a Temporal worker lives for a moment. A process installs the SDK's runtime once. */
async function logOfAWorker(level: 'debug' | 'error'): Promise<Record<string, unknown>[]> {
  const program = `
    import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
    import { createLogger } from './runtime/logger.ts';
    import { installSdkRuntime } from './worker/sdk-runtime.ts';
    await installSdkRuntime(createLogger('worker', { LOG_FORMAT: 'json', LOG_LEVEL: '${level}' }), '${level}');
    const connection = await NativeConnection.connect({ address: '${sharedServers().temporalAddress}' });
    const activities = { nothing: async () => undefined };
    const worker = await Worker.create({ connection, namespace: 'tests', taskQueue: 'sdk-runtime', activities });
    const running = worker.run();
    worker.shutdown();
    await running;
    await connection.close();
    await Runtime.instance().shutdown();
  `;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module-typescript', '-e', program]);
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe("the logs of Temporal's SDK", () => {
  test('are lines of our log, and so are those of its native part', async () => {
    const lines = await logOfAWorker('debug');
    expect(lines.every((line) => line.process === 'worker')).toBe(true);
    expect(lines.map(({ sdkComponent }) => sdkComponent)).toEqual(expect.arrayContaining(['core', 'worker']));
  });

  test('keep to the level of our log', async () => {
    expect(await logOfAWorker('error')).toEqual([]);
  });
});
