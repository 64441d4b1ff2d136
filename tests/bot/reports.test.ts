import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MessageFlags } from 'discord-api-types/v10';
import { findReport } from '../../database/reports.ts';
import { toDay } from '../../domain/calendar.ts';
import { spanOf } from '../../domain/report-period.ts';
import { textOf } from '../support/bot-scene.ts';
import { messagesIn } from '../support/on-discord.ts';
import { type PostScene, startPostScene } from '../support/post-scene.ts';
import { writePublished } from '../support/posts-with-readings.ts';

const WEEK = spanOf(toDay('2026-10-05'), toDay('2026-10-11'), 'Europe/Berlin');

let posts: PostScene;
beforeAll(async () => {
  posts = await startPostScene();
  await writePublished(posts.database(), guildId(), 'Release [4]', [
    { platform: 'x', publishedAt: WEEK.startsAt, readings: [{ figures: { impressions: 200, likes: 11 } }] },
  ]);
});
afterAll(() => posts.scene.stop());

const guildId = () => posts.scene.worker.environment.DISCORD_GUILD_ID;
const ask = (who: PostScene['author'], options: Record<string, string>) =>
  posts.scene.ask(who, { name: 'report', subcommand: 'engagement', options });
const told = async (options: Record<string, string>) => textOf(await ask(posts.author, options));

describe('/report engagement', () => {
  test('shows those who may see posts what became of them, with charts; it is stored, and not posted', async () => {
    const answer = await ask(posts.author, { from: WEEK.from, to: WEEK.to });
    expect((answer.flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect(textOf(answer)).toContain('Mon 5 Oct 2026 to Sun 11 Oct 2026');
    expect(textOf(answer)).toContain('[Release \\[4\\]](https://x.example/');
    expect(
      answer.attachments.map(({ filename, description }) => [filename, description?.split('\n')[0]]),
    ).toEqual([
      ['engagement-growth.png', 'Interactions by week: Up to Sun 11 Oct 2026, each by its first day'],
      ['engagement-platforms.png', 'Interactions by platform: Beside the week before'],
    ]);
    const { startsAt, endsAt } = WEEK;
    const stored = await findReport(posts.database(), {
      guildId: guildId(),
      kind: 'engagement',
      startsAt,
      endsAt,
    });
    expect(stored?.content).toMatchObject({ now: { all: { posts: 1, interactions: 11 } } });
    expect(await messagesIn(posts.scene, 'staff')).toEqual([]);
    expect(textOf(await ask(posts.approver, { from: WEEK.from, to: WEEK.to }))).toContain('Top posts');
  });

  test('is refused to others', async () => {
    const answer = await ask(posts.member, {});
    expect(answer.embeds).toEqual([]);
    expect(answer.content).toContain('Posts are written by');
  });

  test('of days without posts says so, without charts', async () => {
    const answer = await ask(posts.author, {});
    expect(textOf(answer)).toContain('Nothing was published in this time.');
    expect(answer.attachments).toEqual([]);
  });

  test.each([
    [{ from: '2026-02-30' }, 'from: "2026-02-30" is no day that there is.'],
    [{ to: 'yesterday' }, 'to: "yesterday" is no day that there is.'],
    [{ from: '2026-10-11', to: '2026-10-05' }, 'to: 2026-10-05 is before 2026-10-11'],
    [{ from: '2999-01-01' }, 'from: 2999-01-01 is in the future.'],
  ])('with %j says what is wrong', async (options, problem) => {
    expect(await told(options)).toContain(problem);
  });
});
