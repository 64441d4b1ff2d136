import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { migrate } from '../../database/migrate.ts';
import { MIGRATIONS } from '../../database/migrations/index.ts';
import { openDatabase } from '../../database/orm.ts';
import { DATA_OF_POSTS, PERSONAL_DATA } from '../../database/personal-data.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';
import { until } from '../support/wait.ts';

describe('migrations', () => {
  test('run once when several processes start at the same time', async () => {
    const url = await emptyDatabase();
    const runs = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(runs.flat()).toEqual(MIGRATIONS.map(({ name }) => name));
  });

  test('make exactly the tables that the entities describe', async () => {
    const { orm, close } = await freshDatabase();
    expect(await orm.schema.getUpdateSchemaSQL({ wrap: false, safe: false })).not.toMatch(
      /(alter|drop|create) table/,
    );
    await close();
  });

  test('refuse a database of a newer version, and leave it as it is', async () => {
    const { url, orm, close } = await freshDatabase();
    await orm.em.fork().execute(`insert into migrations (name) values ('2099-01-01-from-the-future')`);
    await expect(migrate(url)).rejects.toThrow(/newer version.*2099-01-01-from-the-future.*Update the code/s);
    await close();
  });

  test('survive the loss of the connection that holds their lock', async () => {
    const url = await emptyDatabase();
    const [other, admin] = [new pg.Client(url), new pg.Client(url)];
    await Promise.all([other.connect(), admin.connect()]);
    const backends = async (columns: string, condition: string) => {
      const where = `where datname = current_database() and ${condition}`;
      return (await admin.query(`select ${columns} from pg_stat_activity ${where}`)).rowCount;
    };
    // A table of the same name, in a transaction that is still open, makes the first migration wait.
    await other.query('begin');
    await other.query('create table guilds (id text)');
    const first = migrate(url);
    await until(async () => (await backends('pid', `wait_event_type = 'Lock'`)) === 1);
    await backends('pg_terminate_backend(pid)', `application_name = 'lock migrations'`);
    const second = migrate(url);
    await other.query('rollback');
    await Promise.all([other.end(), admin.end()]);
    await Promise.allSettled([first, second]);
    await migrate(url);
    const orm = openDatabase(url);
    expect((await orm.migrator.getExecuted()).map(({ name }) => name)).toEqual(
      MIGRATIONS.map(({ name }) => name),
    );
    await orm.close();
  });

  test('can be taken back and run again', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const orm = openDatabase(url);
    await orm.migrator.down({ to: 0 });
    await orm.close();
    expect(await migrate(url)).toEqual(MIGRATIONS.map(({ name }) => name));
  });
});

/** Columns that may hold anything, and so a person's data: what is in them belongs to the row's member. */
const COLUMN_OF_PERSONAL_DATA = `column_name like '%member%id' or data_type in ('json', 'jsonb')`;

describe('personal data', () => {
  test('every table that can hold some is in the list on which export and deletion build', async () => {
    const { orm, close } = await freshDatabase();
    const rows: { table: string }[] = await orm.em.fork().execute(
      `select distinct table_name as "table" from information_schema.columns
       where table_schema = 'public' and (${COLUMN_OF_PERSONAL_DATA}) order by 1`,
    );
    const listed = new Set([...PERSONAL_DATA.map(({ table }) => table), ...DATA_OF_POSTS]);
    expect(rows.map(({ table }) => table)).toEqual([...listed].sort());
    await close();
  });

  test("each of these tables has the column that finds a member's rows", async () => {
    const { orm, close } = await freshDatabase();
    const rows: { table: string; column: string }[] = await orm.em.fork().execute(
      `select table_name as "table", column_name as "column" from information_schema.columns
       where table_schema = 'public' and column_name like '%member%id' order by 1, 2`,
    );
    expect(rows).toEqual(PERSONAL_DATA.map(({ table, memberColumn }) => ({ table, column: memberColumn })));
    await close();
  });
});
