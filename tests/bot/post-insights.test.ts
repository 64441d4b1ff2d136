import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MessageFlags } from 'discord-api-types/v10';
import { addDays, lastWeekday } from '../../domain/calendar.ts';
import type { MemberId } from '../../domain/ids.ts';
import { dayAt, momentOf } from '../../domain/wall-clock.ts';
import type { BotScene } from '../support/bot-scene.ts';
import { type PostScene, startPostScene } from '../support/post-scene.ts';
import { writePost } from '../support/published-posts.ts';

let scene: BotScene;
let posts: PostScene;

beforeAll(async () => {
  posts = await startPostScene();
  ({ scene } = posts);
});
afterAll(() => scene.stop());

const insights = (who: MemberId, options: Record<string, string> = {}) =>
  scene.ask(who, { name: 'post', subcommand: 'insights', options });

/** Publishes a post in so many weeks before this one, on the same weekday and hour. */
async function publishWeekly(weekday: 'monday' | 'friday', likes: (week: number) => number) {
  const guildId = scene.worker.environment.DISCORD_GUILD_ID;
  const last = lastWeekday(weekday, dayAt(Date.now(), 'Europe/Berlin'));
  for (let week = 1; week <= 20; week += 1) {
    const at = new Date(momentOf(addDays(last, -7 * week), '18:20', 'Europe/Berlin')).toISOString();
    const figures = { likes: likes(week) };
    await writePost(posts.database(), guildId, { publishAt: at, deliveries: [{ platform: 'x', figures }] });
  }
}

describe('/post insights', () => {
  test('says that there is too little to go by', async () => {
    const { embeds, attachments } = await insights(posts.author);
    expect(embeds[0]?.description).toMatch(/^There is too little to go by yet: figures of 0 posts/);
    expect(attachments).toEqual([]);
  });

  test('shows when posts do well, with a picture and the same in words, to who asks alone', async () => {
    await publishWeekly('monday', (week) => 10 + (week % 5));
    await publishWeekly('friday', (week) => 60 + (week % 5));
    const { embeds, attachments, flags } = await insights(posts.author);
    expect((flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect(embeds[0]?.description).toMatch(
      /^\*\*40 posts\*\* since .*\n\n1\. \*\*Friday 18:00\*\*: about .* from 20 posts, quite sure\.$/,
    );
    expect(attachments).toMatchObject([{ filename: 'best-times.png' }]);
    expect(attachments[0]?.description).toContain('\nFriday 18:00: ');
  });

  test('is of one platform, if it is asked for', async () => {
    expect((await insights(posts.approver, { platform: 'x' })).embeds[0]?.title).toBe(
      'Best times to post on X',
    );
    expect((await insights(posts.approver, { platform: 'github' })).embeds[0]?.description).toContain(
      'figures of 0 posts',
    );
  });

  test('is for authors and approvers', async () => {
    expect((await insights(posts.member)).content).toMatch(/^Posts are written by /);
  });
});
