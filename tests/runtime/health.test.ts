import { describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../database/orm.ts';
import { type HealthCheck, serveHealth } from '../../runtime/health.ts';
import { checkTemporal, createTemporalClient } from '../../runtime/temporal.ts';
import { sharedServers } from '../support/servers.ts';

const NOWHERE = '127.0.0.1:9';

async function readiness(checks: Record<string, HealthCheck>) {
  const server = await serveHealth({ host: '127.0.0.1', port: 0 }, checks);
  const response = await fetch(`${server.address}/readyz`);
  const alive = await fetch(`${server.address}/healthz`);
  await server.stop();
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    alive: alive.status,
  };
}

function checks({ temporal, database }: { temporal: string; database: string }): Record<string, HealthCheck> {
  const client = createTemporalClient({ TEMPORAL_ADDRESS: temporal, TEMPORAL_NAMESPACE: 'tests' });
  const orm = openDatabase(database);
  return {
    temporal: () => checkTemporal(client),
    database: () =>
      orm.em
        .fork()
        .execute('select 1')
        .then(() => undefined)
        .finally(() => orm.close()),
  };
}

describe('health', () => {
  test('is ready when Temporal and PostgreSQL answer', async () => {
    const { temporalAddress, databaseUrl } = sharedServers();
    expect(await readiness(checks({ temporal: temporalAddress, database: databaseUrl }))).toEqual({
      status: 200,
      body: { ready: true, temporal: 'ok', database: 'ok' },
      alive: 200,
    });
  });

  test('is alive but not ready when they do not, and says which and why', async () => {
    const database = `postgresql://tixl:my-password@${NOWHERE}/x`;
    const { status, body, alive } = await readiness(checks({ temporal: NOWHERE, database }));
    expect([status, alive]).toEqual([503, 200]);
    expect(body).toMatchObject({ ready: false, temporal: expect.stringContaining('does not answer') });
    expect(body.database).toContain('ECONNREFUSED');
    expect(JSON.stringify(body)).not.toContain('my-password');
  });

  test('does not wait for what hangs', async () => {
    const { status, body } = await readiness({ hanging: () => new Promise(() => undefined) });
    expect([status, body]).toEqual([
      503,
      { ready: false, hanging: expect.stringContaining('no answer within') },
    ]);
  });
});
