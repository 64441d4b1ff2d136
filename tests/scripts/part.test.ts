import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { Part, type PartPlan } from '../../scripts/stack/part.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { planPostgres } from '../../scripts/stack/postgres.ts';
import { preparePostgres } from '../../scripts/stack/postgres-binaries.ts';
import { planTemporal } from '../../scripts/stack/temporal.ts';
import { untilTemporalAnswers } from '../../scripts/stack/temporal-answers.ts';
import { temporaryFolder } from '../support/folder.ts';
import { sharedServers } from '../support/servers.ts';
import { until } from '../support/wait.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let parts: Part[];
let failures: Error[];

beforeEach(async () => {
  folder = await temporaryFolder();
  parts = [];
  failures = [];
});
afterEach(async () => {
  await Promise.all(parts.map((part) => part.stop()));
  await folder.remove();
});

function newPart(plan: PartPlan): Part {
  const part = new Part(plan, (error) => failures.push(error));
  parts.push(part);
  return part;
}

/** Kills the program alone that watches over a server, and waits until the server is gone and another program runs. */
async function crashHost(part: Part): Promise<void> {
  const { pid } = part;
  if (pid === undefined) throw new Error('nothing runs');
  process.kill(pid, 'SIGKILL');
  await until(() => !groupExists(pid) && part.pid !== pid, 20_000);
}

/** Whether any process is left of the group that `pid` began. */
function groupExists(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query('select 1')).rowCount === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('a part whose host program has crashed comes back on the same port', () => {
  test('Temporal', async () => {
    const port = await freePort();
    const { cli } = sharedServers();
    const part = newPart(planTemporal(folder.path, { cli, port, namespace: 'parts' }));
    await part.start();
    await crashHost(part);
    expect(await untilTemporalAnswers(`127.0.0.1:${port}`, AbortSignal.timeout(30_000))).toBe(true);
    expect(failures).toEqual([]);
  });

  test('PostgreSQL', async () => {
    const plan = await planPostgres(folder.path, await freePort());
    const part = newPart(plan);
    await part.start();
    await crashHost(part);
    await until(() => answers(plan.url));
    expect(failures).toEqual([]);
  });
});

test('a PostgreSQL whose first start was cut short starts the next time', async () => {
  const plan = await planPostgres(folder.path, await freePort());
  const { data } = await preparePostgres(join(folder.path, 'postgres'));
  const cutShort = newPart(plan);
  const start = expect(cutShort.start()).rejects.toThrow('postgres has ended');
  await until(() =>
    access(join(`${data}.new`, 'PG_VERSION')).then(
      () => true,
      () => false,
    ),
  );
  cutShort.kill();
  await start;
  await newPart(plan).start();
  expect(await answers(plan.url)).toBe(true);
});
