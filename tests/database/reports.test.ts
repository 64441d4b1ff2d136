import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findReport, storeReport } from '../../database/reports.ts';
import type { ReportRef } from '../../domain/reports.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

const DAY_MS = 86_400_000;
const MADE_AT = Date.parse('2026-11-23T08:00:00Z');

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();
const newReport = (): ReportRef => ({
  ...{ guildId: newGuildId(), kind: 'engagement', startsAt: MADE_AT - 8 * DAY_MS, endsAt: MADE_AT - DAY_MS },
});

describe('reports', () => {
  test('are stored once for a kind and a period; what is made later takes the place of what was there', async () => {
    const report = newReport();
    const store = (content: unknown, madeAt: number) => storeReport(em(), { ...report, content, madeAt });
    expect(await findReport(em(), report)).toBeUndefined();
    await store({ version: 1, words: ['“Ünïcode”'] }, MADE_AT);
    expect(await findReport(em(), report)).toEqual({
      ...{ ...report, madeAt: MADE_AT, content: { version: 1, words: ['“Ünïcode”'] } },
    });
    await store({ version: 2 }, MADE_AT + 1);
    await store({ version: 3 }, MADE_AT);
    expect(await findReport(em(), report)).toMatchObject({ madeAt: MADE_AT + 1, content: { version: 2 } });
  });

  test('on other days, or of other guilds, are others', async () => {
    const report = newReport();
    await storeReport(em(), { ...report, content: 'this one', madeAt: MADE_AT });
    for (const other of [{ startsAt: report.startsAt + 1 }, { endsAt: MADE_AT }, { guildId: newGuildId() }])
      expect(await findReport(em(), { ...report, ...other })).toBeUndefined();
  });
});
