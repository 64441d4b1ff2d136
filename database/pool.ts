/** The pool of connections to PostgreSQL. */

import type { Pool, PoolClient } from 'pg';

/**
 * Has a pool take back connections that have ended while they were in use. Who has begun a transaction gives its connection back with
 * its end, and on one that is lost neither a commit nor a rollback succeeds: as many losses as the pool has connections, and the process
 * would wait for one for ever.
 */
export function giveBackLostConnections(pool: Pool): void {
  const inUse = new Set<PoolClient>();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_, client) => inUse.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (inUse.has(client)) giveBack(client);
    });
  });
}

function giveBack(client: PoolClient): void {
  client.release(true);
  // Whoever has used it may give it back as well, which must not fail.
  client.release = () => undefined;
}
