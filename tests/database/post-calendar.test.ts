import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readPostCalendar } from '../../database/post-calendar.ts';
import { toDay } from '../../domain/calendar.ts';
import type { GuildId } from '../../domain/ids.ts';
import { momentOf, monthAround } from '../../domain/wall-clock.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { type PastPost, writePost } from '../support/published-posts.ts';

const timeZone = 'Europe/Berlin';

let database: TestDatabase;
let guildId: GuildId;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  guildId = newGuildId();
});

const em = () => database.orm.em.fork();
const write = (post: PastPost) => writePost(em(), guildId, post);
const read = (month: string) => {
  const span = monthAround(momentOf(toDay(`${month}-15`), '12:00', timeZone), timeZone);
  return readPostCalendar(em(), guildId, { ...span, timeZone });
};
const titles = async (month: string) => (await read(month)).map(({ title }) => title);

const onX = { platform: 'x' } as const;

describe('a calendar', () => {
  test('has what is planned, published and failed, in the order of their times', async () => {
    await write({
      ...{ title: 'Failed', publishAt: null, state: 'publishing' },
      deliveries: [{ platform: 'x', state: 'failed', at: '2026-11-12T09:00:00Z' }],
    });
    await write({
      ...{ title: 'Planned', publishAt: '2026-11-28T18:00:00Z', state: 'scheduled' },
      deliveries: [
        { platform: 'x', state: 'waiting' },
        { platform: 'discord', state: 'waiting' },
      ],
    });
    const published = await write({
      ...{ title: 'Published', publishAt: '2026-11-03T08:00:00Z' },
      deliveries: [
        { platform: 'github', at: '2026-11-03T08:00:41Z' },
        { platform: 'x', at: '2026-11-03T08:00:09Z' },
      ],
    });
    const entries = await read('2026-11');
    expect(entries.map(({ title, state }) => [title, state])).toEqual([
      ['Published', 'published'],
      ['Failed', 'failed'],
      ['Planned', 'planned'],
    ]);
    expect(entries[0]).toEqual({
      ...{ postId: published, title: 'Published', state: 'published', platforms: ['github', 'x'] },
      ...{ at: Date.parse('2026-11-03T08:00:09Z'), day: '2026-11-03', time: '09:00' },
    });
    expect(entries[1]).toMatchObject({ day: '2026-11-12', time: '10:00' });
    expect(entries[2]).toMatchObject({ day: '2026-11-28', time: '19:00', platforms: ['discord', 'x'] });
  });

  test('has what failed or waits and was never tried, on the day on which it was made', async () => {
    const madeAt = '2026-11-07T10:00:00Z';
    for (const state of ['failed', 'account', 'held', 'abandoned'] as const)
      await write({
        ...{ title: state, publishAt: null, state: 'publishing', madeAt },
        deliveries: [
          { platform: 'x', state },
          { platform: 'github', state: 'waiting' },
        ],
      });
    expect((await read('2026-11')).map(({ title, state, day }) => [title, state, day])).toEqual(
      ['failed', 'account', 'held', 'abandoned'].map((title) => [title, 'failed', '2026-11-07']),
    );
    expect(await titles('2026-10')).toEqual([]);
  });

  test('has what was tried when that was, whenever it was made', async () => {
    await write({
      ...{ title: 'Tried', publishAt: null, state: 'publishing', madeAt: '2026-10-30T10:00:00Z' },
      deliveries: [
        { platform: 'x', state: 'account' },
        { platform: 'github', state: 'failed', at: '2026-11-02T10:00:00Z' },
      ],
    });
    expect(await titles('2026-10')).toEqual([]);
    expect(await titles('2026-11')).toEqual(['Tried']);
  });

  test('has what is on its way', async () => {
    await write({
      ...{ title: 'Sending', publishAt: null, state: 'publishing' },
      deliveries: [{ platform: 'x', state: 'sending', at: '2026-11-02T10:00:00Z' }],
    });
    expect((await read('2026-11')).map(({ title, state }) => [title, state])).toEqual([
      ['Sending', 'planned'],
    ]);
  });

  test('has days and times as clocks there show them, also when they are changed', async () => {
    const at = (publishAt: string) => write({ publishAt, deliveries: [onX] });
    await at('2026-10-24T17:00:00Z');
    await at('2026-10-25T00:30:00Z');
    await at('2026-10-25T01:30:00Z');
    await at('2026-10-25T18:00:00Z');
    await at('2026-10-31T22:59:00Z');
    await at('2026-10-31T23:00:00Z');
    expect((await read('2026-10')).map(({ day, time }) => `${day} ${time}`)).toEqual([
      ...['2026-10-24 19:00', '2026-10-25 02:30', '2026-10-25 02:30', '2026-10-25 19:00'],
      '2026-10-31 23:59',
    ]);
    expect((await read('2026-11')).map(({ day, time }) => `${day} ${time}`)).toEqual(['2026-11-01 00:00']);
  });

  test('has a post once, when it was first published, and not when it was to be', async () => {
    await write({
      ...{ title: 'Late', publishAt: '2026-10-31T12:00:00Z' },
      deliveries: [
        { platform: 'x', at: '2026-11-02T12:00:00Z' },
        { platform: 'discord', at: '2026-11-01T12:00:00Z' },
      ],
    });
    expect(await titles('2026-10')).toEqual([]);
    expect((await read('2026-11')).map(({ title, day }) => [title, day])).toEqual([['Late', '2026-11-01']]);
  });

  test('has a draft that has a time, and none without one', async () => {
    const waiting = { platform: 'x', state: 'waiting' } as const;
    await write({
      ...{ title: 'With', state: 'draft', publishAt: '2026-11-20T12:00:00Z' },
      deliveries: [waiting],
    });
    await write({ title: 'Without', state: 'draft', publishAt: null, deliveries: [waiting] });
    expect((await read('2026-11')).map(({ title, state }) => [title, state])).toEqual([
      ['With', 'not approved'],
    ]);
  });

  test('has nothing that was called off, never approved or left out, and nothing of others', async () => {
    const publishAt = '2026-11-20T12:00:00Z';
    await write({ publishAt, state: 'cancelled', deliveries: [{ platform: 'x', state: 'cancelled' }] });
    await write({ publishAt, state: 'expired', deliveries: [{ platform: 'x', state: 'waiting' }] });
    await write({ publishAt, state: 'settled', deliveries: [{ platform: 'x', state: 'skipped' }] });
    await writePost(em(), newGuildId(), { publishAt, deliveries: [onX] });
    expect(await read('2026-11')).toEqual([]);
  });
});
