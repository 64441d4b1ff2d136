import { Migrator } from '@mikro-orm/migrations';
import { type Options, PostgreSqlDriver, MikroORM as PostgreSqlMikroORM } from '@mikro-orm/postgresql';
import { ENTITIES } from './entities/index.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { giveBackLostConnections } from './pool.ts';

export type Database = PostgreSqlMikroORM;

/** How the tables are mapped and migrated, for the database at `url` (`postgresql://user:password@host/name`). */
function ormOptions(url: string): Options {
  return {
    driver: PostgreSqlDriver,
    clientUrl: url,
    entities: ENTITIES,
    extensions: [Migrator],
    migrations: { migrationsList: MIGRATIONS, tableName: 'migrations', snapshot: false },
    forceUtcTimezone: true,
    pool: { max: 10 },
    driverOptions: { onPoolCreated: giveBackLostConnections },
    // Queries carry members' ids, and the log has a form of its own: what fails is thrown.
    debug: false,
    logger: () => undefined,
  };
}

/**
 * Opens the database. Connections are made as they are needed: this does not fail when the server is away.
 * Use a fork of its entity manager (`orm.em.fork()`) for each unit of work.
 */
export function openDatabase(url: string): Database {
  return new PostgreSqlMikroORM(ormOptions(url));
}
