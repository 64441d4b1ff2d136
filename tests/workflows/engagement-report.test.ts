import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { findReport, storeReport } from '../../database/reports.ts';
import { toDay } from '../../domain/calendar.ts';
import { isEngagementReport } from '../../domain/engagement-report.ts';
import { spanOf } from '../../domain/report-period.ts';
import type { Period } from '../../domain/reports.ts';
import {
  ENGAGEMENT_REPORT,
  type EngagementReportInput,
  type EngagementReportResult,
  startEngagementReport,
} from '../../workflows/definitions/engagement-report.ts';
import { messagesIn, startCommunity, type TestCommunity } from '../support/community.ts';
import { createTestActivities } from '../support/discord-activities.ts';
import { writePublished } from '../support/posts-with-readings.ts';

const HOUR_MS = 3_600_000;
const SENDING = { method: 'POST', route: '/channels/:channelId/messages' } as const;
const BERLIN = 'Europe/Berlin';

let community: TestCommunity;
let requests = 0;
beforeAll(async () => {
  community = await startCommunity();
});
afterEach(() => community.discord.control.setFaults({ rules: [] }));
afterAll(() => community.stop());

const em = () => community.database.em.fork();
const guildId = () => community.environment.DISCORD_GUILD_ID;
const week = (from: string, to: string): Period => {
  const { startsAt, endsAt } = spanOf(toDay(from), toDay(to), BERLIN);
  return { startsAt, endsAt };
};
const publish = (title: string, publishedAt: number, likes: number) =>
  writePublished(em(), guildId(), title, [
    { platform: 'x', publishedAt, readings: [{ figures: { likes, impressions: likes * 10 } }] },
  ]);
const postedOf = async (days: string) =>
  (await messagesIn(community, 'staff')).filter(({ embeds }) => embeds[0]?.title?.includes(days));

function report(period: Period, isPosted: boolean): Promise<EngagementReportResult> {
  requests += 1;
  const start = startEngagementReport({ guildId: guildId(), period, isPosted }, `request-${requests}`);
  return community.client.workflow.execute<(input: EngagementReportInput) => Promise<EngagementReportResult>>(
    ENGAGEMENT_REPORT,
    start,
  );
}

async function stored(period: Period) {
  const found = await findReport(em(), { guildId: guildId(), kind: 'engagement', ...period });
  if (!isEngagementReport(found?.content)) throw new Error('nothing is stored');
  return found.content;
}

describe('a report on what became of posts', () => {
  test('is stored and posted to staff, with two charts; its titles are in no history', async () => {
    const period = week('2026-10-05', '2026-10-11');
    await publish('Release 4', period.startsAt, 30);
    const result = await report(period, true);
    expect(result).toMatchObject({ period, posts: 1, posted: { kind: 'sent' } });
    expect((await stored(period)).top).toMatchObject([{ title: 'Release 4' }]);
    const [message, ...others] = await postedOf('Mon 5 Oct 2026');
    expect(others).toEqual([]);
    expect(message?.attachments.map(({ filename }) => filename)).toEqual([
      'engagement-growth.png',
      'engagement-platforms.png',
    ]);
    expect(message?.embeds.map(({ title }) => title)).toEqual([
      '📊 What became of posts, Mon 5 Oct 2026 to Sun 11 Oct 2026',
      'By platform',
      'Top posts',
    ]);
    expect(message?.attachments[0]).toMatchObject({ description: expect.stringContaining('X: ') });
  });

  test('that somebody asks for is stored, and not posted', async () => {
    const period = week('2026-09-01', '2026-09-03');
    expect(await report(period, false)).toEqual({ period, posts: 0 });
    expect((await stored(period)).now).toMatchObject({ from: '2026-09-01', to: '2026-09-03' });
    expect(await postedOf('Tue 1 Sept 2026')).toEqual([]);
  });

  test('on days without posts says so, without charts', async () => {
    await report(week('2026-09-07', '2026-09-13'), true);
    const [message] = await postedOf('Mon 7 Sept 2026');
    expect(message?.embeds).toMatchObject([
      { description: expect.stringContaining('Nothing was published') },
    ]);
    expect(message?.attachments).toEqual([]);
  });

  test.each([
    ['drop-before', '2026-08-03', '2026-08-09', 'Mon 3 Aug 2026'],
    ['drop-after', '2026-08-10', '2026-08-16', 'Mon 10 Aug 2026'],
  ] as const)('is posted once where the connection is cut: %s', async (kind, from, to, shown) => {
    const period = week(from, to);
    await publish('August', period.startsAt, 30);
    const rules = [{ match: SENDING, times: 1, fault: { kind } }];
    await community.discord.control.setFaults({ rules });
    expect(await report(period, true)).toMatchObject({ posted: { kind: 'sent' } });
    expect(await postedOf(shown)).toHaveLength(1);
  });

  test('is posted once by two workers that know nothing of each other, and again when it is made again', async () => {
    const period = week('2026-07-06', '2026-07-12');
    await publish('July', period.startsAt, 30);
    await report(period, true);
    const { asOf } = await stored(period);
    const database = {
      url: community.environment.DATABASE_URL,
      orm: community.database,
      close: async () => {},
    };
    for (let time = 0; time < 2; time += 1) {
      const { postEngagementReport } = createTestActivities(community.discord, database, community.config);
      expect(await postEngagementReport(guildId(), asOf, period)).toMatchObject({ kind: 'sent' });
    }
    expect(await postedOf('Mon 6 Jul 2026')).toHaveLength(1);
    await community.environmentOfTemporal.sleep(HOUR_MS);
    await report(period, true);
    expect(await postedOf('Mon 6 Jul 2026')).toHaveLength(2);
  });

  test('of another version is refused with the reason: no later report waits for it', async () => {
    const period = week('2026-05-04', '2026-05-10');
    await report(period, false);
    const { asOf, ...content } = await stored(period);
    const other = { guildId: guildId(), kind: 'engagement', ...period, madeAt: asOf } as const;
    await storeReport(em(), { ...other, content: { ...content, version: 0 } });
    const database = {
      url: community.environment.DATABASE_URL,
      orm: community.database,
      close: async () => {},
    };
    const { postEngagementReport } = createTestActivities(community.discord, database, community.config);
    expect(await postEngagementReport(guildId(), asOf, period)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('another version'),
    });
    expect(await postedOf('Mon 4 May 2026')).toEqual([]);
  });

  test('made again has what was read meanwhile', async () => {
    const period = week('2026-06-01', '2026-06-07');
    await report(period, false);
    await publish('June', period.endsAt - HOUR_MS, 12);
    await report(period, false);
    expect((await stored(period)).now.all).toMatchObject({ posts: 1, interactions: 12 });
  });
});
