import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const run = promisify(execFile);

/**
 * The log is written to stdout by the process itself, so another process has to write it.
 *
 * @param fields what the line is about, or the source of it
 */
async function logged(fields: object | string): Promise<Record<string, unknown>> {
  const source = typeof fields === 'string' ? fields : JSON.stringify(fields);
  const program = `
    import { createLogger } from './runtime/logger.ts';
    createLogger('worker', { LOG_FORMAT: 'json', LOG_LEVEL: 'info' }).info(${source}, 'said');
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

  test.each([
    ['at the top', { token: 's1', DISCORD_BOT_TOKEN: 's2' }],
    ['of an account', { tokens: 's1', environment: { TOKENS_KEY: 's2', X_CLIENT_SECRET: 's3' } }],
    ['in an object', { environment: { DATABASE_URL: 's1', DB_PASSWORD: 's2' } }],
    [
      'deep inside',
      { a: { b: { c: { token: 's1' } } }, request: { init: { headers: { Authorization: 's2' } } } },
    ],
    ['in a list', { attempts: [{ token: 's1' }, [{ password: 's2' }]] }],
  ])('never holds a secret %s, and keeps what stands beside it', async (_, secrets) => {
    const line = JSON.stringify(await logged({ ...secrets, beside: { it: 'kept' } }));
    expect(line).not.toMatch(/"s\d"/);
    expect(line).toContain('"beside":{"it":"kept"}');
  });

  test('tells of an error and what caused it, under whatever key, without the secrets in it', async () => {
    const { failure } = await logged(
      `{ failure: Object.assign(new Error('outer', { cause: new Error('inner') }), { request: { token: 's1' } }) }`,
    );
    expect(failure).toMatchObject({ type: 'Error', message: expect.stringContaining('outer'), request: {} });
    expect(JSON.stringify(failure)).toContain('inner');
    expect(JSON.stringify(failure)).not.toContain('s1');
  });

  test('has an end where what it is about goes in circles', async () => {
    const line = await logged(
      `(() => { const ring = { name: 'ring' }; ring.self = ring; return { ring }; })()`,
    );
    expect(line.ring).toEqual({ name: 'ring', self: '[circular]' });
  });
});

test('a process ends even when whoever read its log is gone', async () => {
  const program = `
    import { createLogger } from './runtime/logger.ts';
    const logger = createLogger('worker', { LOG_FORMAT: 'json', LOG_LEVEL: 'info' });
    logger.info('begun');
    process.stdin.once('data', () => {
      for (let line = 0; line < 100; line += 1) logger.info({ line }, 'to nobody');
      process.exit(7);
    });
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { stdio: 'pipe' });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stdin.write('go');
  expect(await ended).toEqual([7, null]);
});
