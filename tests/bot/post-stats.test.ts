import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MessageFlags } from 'discord-api-types/v10';
import type { MemberId } from '../../domain/ids.ts';
import type { PostRef } from '../../domain/posts.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { POST_TITLE_INPUT } from '../../views/post-drafts.ts';
import type { BotScene } from '../support/bot-scene.ts';
import { offersFor } from '../support/command.ts';
import { pressed } from '../support/event-forms.ts';
import { postOf, writePost } from '../support/post-forms.ts';
import { writeReading } from '../support/post-readings.ts';
import { aboutPost, type PostScene, startPostScene } from '../support/post-scene.ts';
import { DAY_MS, HOUR_MS, taken } from '../support/post-stats.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let discord: LocalDiscord;
let author: MemberId;
let approver: MemberId;
let member: MemberId;
let posts: PostScene;

beforeAll(async () => {
  posts = await startPostScene();
  ({ scene, discord, author, approver, member } = posts);
});
afterAll(() => scene.stop());

const stats = (who: MemberId, post: Pick<PostRef, 'postId'>) => scene.ask(who, aboutPost('stats', post));

async function published(title: string): Promise<PostRef> {
  const shown = await writePost(discord, approver, { platforms: 'discord' }, { [POST_TITLE_INPUT]: title });
  await pressed(discord, approver, shown, 'post-approve');
  await until(async () => (await posts.rowOf(shown))?.state === 'settled');
  return postOf(discord, shown);
}

describe('/post stats', () => {
  test('shows what became of a post, with a chart and the same in words, to who asks alone', async () => {
    const post = await published('Well done');
    for (const reading of [taken(HOUR_MS, { likes: 3 }), taken(DAY_MS, { likes: 8, comments: 2 })])
      await writeReading(posts.database(), { ...post, platform: 'discord' }, reading);
    const { embeds, attachments, flags } = await stats(author, post);
    expect((flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect(embeds[0]).toMatchObject({ title: 'Well done', fields: [{ name: 'Discord' }] });
    expect(embeds[0]?.description).toMatch(/^In all: \*\*10\*\* interactions\nNo score: /);
    expect(embeds[0]?.fields?.[0]?.value).toMatch(
      /^\*\*10\*\* interactions .*\nLikes 8 · Comments 2\nNot available/,
    );
    expect(attachments).toMatchObject([{ filename: 'stats.png' }]);
    expect(attachments[0]?.description).toContain('Discord: 1h: 3, 1d: 10');
  });

  test('has no chart before something was read', async () => {
    const { embeds, attachments } = await stats(author, await published('Just out'));
    expect(embeds[0]?.description).toMatch(/^There are no figures yet\./);
    expect(attachments).toEqual([]);
  });

  test('refuses a post that was never published, and one that is not there', async () => {
    const draft = await writePost(discord, author, {}, { [POST_TITLE_INPUT]: 'Not yet' });
    expect((await stats(author, postOf(discord, draft))).content).toMatch(
      /^\*\*Not yet\*\* was never published \(draft\)/,
    );
    for (const post of ['Nothing', '1']) {
      const command = { name: 'post', subcommand: 'stats', options: { post } };
      expect(await scene.told(author, command)).toMatch(/^There is no such post/);
    }
    await pressed(discord, author, draft, 'post-discard');
  });

  test('is for authors and approvers', async () => {
    const post = await published('For authors');
    expect((await stats(member, post)).content).toMatch(/^Posts are written by /);
  });

  test('offers what is published, the newest first, whoever has written it', async () => {
    const draft = await writePost(discord, author, {}, { [POST_TITLE_INPUT]: 'Seen: never' });
    const first = await published('Seen: first');
    const second = await published('Seen: second');
    const typed = { name: 'post', subcommand: 'stats', focused: 'post', options: { post: 'seen' } };
    expect(await offersFor(discord, author, typed)).toEqual([second.postId, first.postId]);
    expect(await offersFor(discord, member, typed)).toEqual([]);
    await pressed(discord, author, draft, 'post-discard');
  });
});
