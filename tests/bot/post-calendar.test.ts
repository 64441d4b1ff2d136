import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MessageFlags } from 'discord-api-types/v10';
import type { MemberId } from '../../domain/ids.ts';
import { monthOf, monthText } from '../../domain/post-calendar.ts';
import { dayAt } from '../../domain/wall-clock.ts';
import type { BotScene } from '../support/bot-scene.ts';
import { pressed } from '../support/event-forms.ts';
import { writePost as publishWith } from '../support/post-forms.ts';
import { namesOf, type PostScene, startPostScene } from '../support/post-scene.ts';
import { writePost } from '../support/published-posts.ts';

let scene: BotScene;
let posts: PostScene;

beforeAll(async () => {
  posts = await startPostScene();
  ({ scene } = posts);
});
afterAll(() => scene.stop());

const calendar = (who: MemberId, options: Record<string, string> = {}) =>
  scene.ask(who, { name: 'post', subcommand: 'calendar', options });

describe('/post calendar', () => {
  test('shows the month that is named, as a picture and in words, to who asks alone', async () => {
    const guildId = scene.worker.environment.DISCORD_GUILD_ID;
    const at = '2026-03-29T01:30:00Z';
    await writePost(posts.database(), guildId, {
      ...{ title: 'Clocks', publishAt: at },
      deliveries: [{ platform: 'x' }],
    });
    await publishWith(posts.discord, posts.author, { platforms: 'discord', time: '2027-06-03 19:00' });
    const shown = await calendar(posts.author, { month: 'mar 2026' });
    expect((shown.flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect(shown.embeds[0]).toMatchObject({
      title: 'Posts in March 2026',
      description: '✅ Sun 29 Mar 03:30 · **Clocks** · published · X',
    });
    expect(shown.attachments).toMatchObject([{ filename: 'calendar.png' }]);
    expect(shown.attachments[0]?.description).toBe(
      'March 2026: 1 published\nSun 29 Mar 03:30: Clocks, published, X',
    );
    const june = await calendar(posts.approver, { month: '2027-06' });
    expect(june.embeds[0]?.description).toBe('📝 Thu 3 Jun 19:00 · **TiXL 4** · not approved yet · Discord');
  });

  test('shows this month unless one is named, and leads to those beside it', async () => {
    const shown = await calendar(posts.author);
    const month = monthOf(dayAt(Date.now(), 'Europe/Berlin'));
    expect(shown.embeds[0]?.title).toBe(`Posts in ${monthText(month)}`);
    expect(namesOf(shown)).toEqual(['post-calendar', 'post-calendar']);
    const spring = await calendar(posts.author, { month: '2026-04' });
    const before = await pressed(posts.discord, posts.author, spring, 'post-calendar:2026-03');
    expect(before.id).toBe(spring.id);
    expect(before.embeds[0]).toMatchObject({
      title: 'Posts in March 2026',
      description: expect.stringContaining('**Clocks**'),
    });
    expect(before.attachments).toHaveLength(1);
  });

  test.each(['2026-13', 'soon', '*'])('refuses what is no month: %s', async (month) => {
    expect((await calendar(posts.author, { month })).content).toMatch(
      / is no month\. Write it like `2026-11`/,
    );
  });

  test('is for authors and approvers', async () => {
    expect((await calendar(posts.member)).content).toMatch(/^Posts are written by /);
  });
});
