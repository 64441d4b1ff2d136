import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, toDay } from '../../domain/calendar.ts';
import { spanOf } from '../../domain/report-period.ts';
import { dayAt } from '../../domain/wall-clock.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { connectWorker, startBotDiscord } from '../support/bot.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { messagesIn } from '../support/on-discord.ts';
import { writePublished } from '../support/posts-with-readings.ts';
import { runScript } from '../support/script.ts';
import { runWorker } from '../support/worker.ts';

const MISCONFIGURED = 78;
const BERLIN = 'Europe/Berlin';
const SENDING = { method: 'POST', route: '/channels/:channelId/messages' } as const;
const WEEK = spanOf(toDay('2026-10-05'), toDay('2026-10-11'), BERLIN);
const DAYS = ['--from', WEEK.from, '--to', WEEK.to];

let database: TestDatabase;
let discord: LocalDiscord;
let worker: WorkerContext;
let stop: () => Promise<void>;
beforeAll(async () => {
  database = await freshDatabase();
  const started = await startBotDiscord({ DATABASE_URL: database.url });
  discord = started.discord;
  const connected = await connectWorker(started.environment, await loadConfigWith('{}'));
  worker = connected.context;
  const stopWorker = await runWorker(worker);
  stop = async () => {
    await stopWorker();
    await connected.disconnect();
  };
  await writePublished(database.orm.em.fork(), worker.environment.DISCORD_GUILD_ID, 'Release 4', [
    { platform: 'linkedin', publishedAt: WEEK.startsAt, readings: [{ figures: { reach: 200, likes: 11 } }] },
  ]);
});
afterAll(async () => {
  await stop();
  await Promise.all([discord.stop(), database.close()]);
});

/** What the script prints, and how it ends. */
const run = (args: readonly string[], variables?: Readonly<Record<string, string>>) =>
  runScript('report', worker.environment, args, variables);

const inStaffChannel = () => messagesIn({ discord }, 'staff');

describe('npm run report', () => {
  test('prints the report on some days, and stores it', async () => {
    const { code, output, errors } = await run(['engagement', ...DAYS]);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toContain('What became of the posts of Mon 5 Oct 2026 to Sun 11 Oct 2026');
    expect(output).toContain('1. Release 4');
    expect(output).toContain('LinkedIn · 11 interactions: 11 likes · reach 200 · rate 5.5 %');
    expect(await inStaffChannel()).toEqual([]);
  });

  test('prints it for programs', async () => {
    const { output } = await run(['engagement', ...DAYS, '--json']);
    expect(JSON.parse(output)).toMatchObject({
      now: { from: WEEK.from, to: WEEK.to, all: { posts: 1, reach: 200, interactions: 11, rate: 0.055 } },
    });
  });

  test('is about the last seven whole days unless it is said otherwise, and says that nothing was published', async () => {
    const { output } = await run(['engagement', '--json']);
    const today = dayAt(Date.now(), BERLIN);
    expect(JSON.parse(output)).toMatchObject({ now: { from: addDays(today, -7), to: addDays(today, -1) } });
    expect((await run(['engagement'])).output).toContain('Nothing was published in this time.');
  });

  test('posts it to staff, and says why it could not be posted', async () => {
    expect((await run(['engagement', ...DAYS, '--post'])).code).toBe(0);
    expect(await inStaffChannel()).toHaveLength(1);
    const refused = { kind: 'error', status: 403, code: 50013 } as const;
    await discord.control.setFaults({ rules: [{ match: SENDING, times: 1, fault: refused }] });
    const { code, output, errors } = await run(['engagement', ...DAYS, '--post']);
    expect([code, output.includes('Release 4')]).toEqual([1, true]);
    expect(errors).toContain('It was not posted to #staff: the bot lacks a permission');
    expect(await inStaffChannel()).toHaveLength(1);
  });

  test.each([
    [[], 'which report?'],
    [['feelings'], '"feelings" is no kind of report'],
    [['engagement', 'x'], '"x" is one argument too many'],
    [['engagement', '--since', '2026-10-05'], "Unknown option '--since'"],
    [['engagement', '--from', '2026-02-30'], '--from: "2026-02-30" is no day that there is'],
    [['engagement', '--to', '2999-01-01'], '--to: 2999-01-01 is in the future'],
    [['engagement', '--from', '2026-10-11', '--to', '2026-10-05'], '--to: 2026-10-05 is before 2026-10-11'],
  ])('says what is wrong with %j, and how it is called', async (args, problem) => {
    const { code, errors } = await run(args);
    expect(code).toBe(MISCONFIGURED);
    expect(errors).toContain(problem);
    expect(errors).toContain('npm run report -- ');
  });

  test('says where Temporal was looked for when nothing is there', async () => {
    const { code, errors } = await run(['engagement'], { TEMPORAL_ADDRESS: '127.0.0.1:9' });
    expect(code).toBe(MISCONFIGURED);
    expect(errors).toContain('127.0.0.1:9');
  });
});
