import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createLockClient, pauseAfter, takeTurns } from '../../database/lock.ts';
import type { GuildId } from '../../domain/ids.ts';
import { newGuildId } from '../support/ids.ts';
import { sharedServers } from '../support/servers.ts';

/** A process that takes part: tells when its turn begins and when it ends. */
function takePart(guildId: GuildId) {
  const stop = new AbortController();
  const turns = new EventTarget();
  let holding = 0;
  let most = 0;
  const finished = takeTurns(
    sharedServers().databaseUrl,
    guildId,
    'sender',
    {
      carryOut: async (over) => {
        holding += 1;
        most = Math.max(most, holding);
        turns.dispatchEvent(new Event('begun'));
        if (!over.aborted) await once(over, 'abort');
        holding -= 1;
        turns.dispatchEvent(new Event('ended'));
      },
      onTrouble: () => undefined,
    },
    stop.signal,
  );
  return {
    holds: () => holding === 1,
    begun: () => once(turns, 'begun'),
    ended: () => once(turns, 'ended'),
    stop: async () => {
      stop.abort();
      await finished;
    },
  };
}

async function cutConnection(guildId: GuildId): Promise<void> {
  const admin = new pg.Client({ connectionString: sharedServers().databaseUrl });
  await admin.connect();
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = $1 and pid in (select pid from pg_locks where locktype = 'advisory' and granted)`,
    [`lock sender/${guildId}`],
  );
  await admin.end();
}

describe('a duty that only one process may have', () => {
  test('passes to another when its holder stops', async () => {
    const guild = newGuildId();
    const first = takePart(guild);
    await first.begun();
    const second = takePart(guild);
    const taken = second.begun();
    expect(second.holds()).toBe(false);
    await first.stop();
    await taken;
    expect(second.holds()).toBe(true);
    await second.stop();
  });

  test('is laid down at once when the connection that holds the lock is gone, and another takes it up', async () => {
    const guild = newGuildId();
    const first = takePart(guild);
    await first.begun();
    const second = takePart(guild);
    const ended = first.ended();
    const taken = second.begun();
    // The second one has to be in line before the first one loses its place.
    await waitUntilWaiting(guild);
    await cutConnection(guild);
    await Promise.all([ended, taken]);
    expect([first.holds(), second.holds()]).toEqual([false, true]);
    await Promise.all([first.stop(), second.stop()]);
  });

  test('is one for each guild', async () => {
    const one = takePart(newGuildId());
    const other = takePart(newGuildId());
    await Promise.all([one.begun(), other.begun()]);
    expect(one.holds() && other.holds()).toBe(true);
    await Promise.all([one.stop(), other.stop()]);
  });

  test('a process can stop while it waits', async () => {
    const guild = newGuildId();
    const first = takePart(guild);
    await first.begun();
    const second = takePart(guild);
    await waitUntilWaiting(guild);
    await second.stop();
    await first.stop();
  });
});

describe('a duty that fails', () => {
  test('is left alone for longer each time, up to a limit of its own', () => {
    const failures = [0, 1, 2, 3, 4, 5, 9, 100];
    expect(failures.map((count) => pauseAfter('sender', count) / 1_000)).toEqual([1, 1, 2, 4, 8, 10, 10, 10]);
    expect(failures.map((count) => pauseAfter('gateway', count) / 1_000)).toEqual([
      1, 1, 2, 4, 8, 16, 240, 240,
    ]);
  });

  test('does not use up the 1,000 times a day that Discord lets a bot identify itself, even if two bots try', () => {
    let attempts = 0;
    for (let waitedMs = 0; waitedMs < 24 * 60 * 60 * 1_000; waitedMs += pauseAfter('gateway', attempts)) {
      attempts += 1;
    }
    expect(2 * attempts).toBeLessThan(1_000);
  });

  test('is taken up again', async () => {
    const stopping = new AbortController();
    const troubles: string[] = [];
    let turns = 0;
    await takeTurns(
      sharedServers().databaseUrl,
      newGuildId(),
      'sender',
      {
        carryOut: async () => {
          turns += 1;
          if (turns === 1) throw new Error('the first turn fails');
          stopping.abort();
        },
        onTrouble: ({ message }) => troubles.push(message),
      },
      stopping.signal,
    );
    expect([turns, troubles]).toEqual([2, ['the first turn fails']]);
  });
});

test('the server soon notices when the machine that holds a lock is gone', async () => {
  const client = createLockClient(sharedServers().databaseUrl, 'test');
  await client.connect();
  const settings = [];
  for (const name of ['idle', 'interval', 'count']) {
    const { rows } = await client.query(`select current_setting('tcp_keepalives_${name}')::int as value`);
    settings.push(rows[0].value);
  }
  await client.end();
  const [idle = 0, interval = 0, count = 0] = settings;
  expect(idle * interval * count).not.toBe(0);
  expect(idle + interval * count).toBeLessThanOrEqual(30);
});

async function waitUntilWaiting(guildId: GuildId): Promise<void> {
  const admin = new pg.Client({ connectionString: sharedServers().databaseUrl });
  await admin.connect();
  for (;;) {
    const { rowCount } = await admin.query(
      `select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`,
      [`lock sender/${guildId}`],
    );
    if (rowCount === 1) break;
  }
  await admin.end();
}
