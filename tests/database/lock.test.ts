import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { takeTurns } from '../../database/lock.ts';
import { type GuildId, toGuildId } from '../../domain/ids.ts';
import { sharedServers } from '../support/servers.ts';

let guilds = 0;
const newGuild = (): GuildId => toGuildId(String(1_300_000_000_000_001_000n + BigInt(++guilds)));

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
    const guild = newGuild();
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
    const guild = newGuild();
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
    const one = takePart(newGuild());
    const other = takePart(newGuild());
    await Promise.all([one.begun(), other.begun()]);
    expect(one.holds() && other.holds()).toBe(true);
    await Promise.all([one.stop(), other.stop()]);
  });

  test('a process can stop while it waits', async () => {
    const guild = newGuild();
    const first = takePart(guild);
    await first.begun();
    const second = takePart(guild);
    await waitUntilWaiting(guild);
    await second.stop();
    await first.stop();
  });
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
