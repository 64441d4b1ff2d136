import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const run = promisify(execFile);

/** The log is written to stdout by the process itself, so another process has to write it. */
async function logged(fields: object): Promise<Record<string, unknown>> {
  const program = `
    import { createLogger } from './runtime/logger.ts';
    createLogger('worker', { LOG_FORMAT: 'json', LOG_LEVEL: 'info' }).info(${JSON.stringify(fields)}, 'said');
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '-e', program]);
  return JSON.parse(stdout);
}

describe('a line of the log', () => {
  test('is JSON with the process, the message and what it is about', async () => {
    expect(await logged({ workflowId: 'onboarding/1/2/3' })).toMatchObject({
      process: 'worker',
      workflowId: 'onboarding/1/2/3',
      msg: 'said',
    });
  });

  test('never holds a secret, wherever it stands', async () => {
    const secrets = {
      token: 's1',
      environment: { DISCORD_BOT_TOKEN: 's2', DATABASE_URL: 's3' },
      headers: { authorization: 's4' },
    };
    expect(JSON.stringify(await logged(secrets))).not.toMatch(/"s\d"/);
  });
});
