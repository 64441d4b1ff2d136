import { describe, expect, test } from '@jest/globals';
import { migrate } from '../../database/migrate.ts';
import { MIGRATIONS } from '../../database/migrations/index.ts';
import { openDatabase } from '../../database/orm.ts';
import { PERSONAL_DATA } from '../../database/personal-data.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';

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

  test('can be taken back and run again', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const orm = openDatabase(url);
    await orm.migrator.down({ to: 0 });
    await orm.close();
    expect(await migrate(url)).toEqual(MIGRATIONS.map(({ name }) => name));
  });
});

describe('personal data', () => {
  test('every table with a column for a member is in the list on which export and deletion build', async () => {
    const { orm, close } = await freshDatabase();
    const rows: { table: string; column: string }[] = await orm.em.fork().execute(
      `select table_name as "table", column_name as "column" from information_schema.columns
       where table_schema = 'public' and column_name like '%member%id' order by 1`,
    );
    expect(rows).toEqual(PERSONAL_DATA.map(({ table, memberColumn }) => ({ table, column: memberColumn })));
    await close();
  });
});
