import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mediaIdOf } from '../../domain/posts.ts';
import { DAY_MS, startDistribution, type TestDistribution } from '../support/distribution.ts';
import { pngOf, videoOf } from '../support/media.ts';
import { messagesIn } from '../support/on-discord.ts';

let posts: TestDistribution;
beforeAll(async () => {
  posts = await startDistribution('distribution: { platforms: { x: { costs: { monthlyBudget: 0.02 } } } }');
});
afterEach(() => posts.fails());
afterAll(() => posts.stop());

/** Uploads a file to Discord, as a member does who writes a post. Gives its address. */
async function upload(filename: string, contentType: string, content: Buffer): Promise<string> {
  const { discord } = posts.community;
  const { channels, members } = await discord.control.getState();
  const channelId = channels.find(({ name }) => name === 'general')?.id ?? '';
  const memberId = members.find(({ member }) => member.user.bot !== true)?.member.user.id ?? '';
  const files = [{ filename, contentType, base64: content.toString('base64') }];
  const { message } = await discord.control.write({ memberId, channelId, content: 'Here:', files });
  const [attachment] = message.attachments;
  if (attachment === undefined) throw new Error('Discord has not taken it');
  return attachment.url;
}

describe('a post with media', () => {
  test('has its picture on each platform that takes one', async () => {
    const picture = pngOf(300, 200);
    const source = await upload('release.png', 'image/png', picture);
    const post = await posts.publish({ media: [source] });
    expect(await posts.resultOf(post)).toMatchObject({
      platforms: { discord: 'published', x: 'published', linkedin: 'published' },
    });
    const messages = await messagesIn(posts.community, 'announcements');
    const message = messages.find(({ content }) => content.includes(post.text));
    expect(message?.attachments).toMatchObject([{ size: picture.length, content_type: 'image/png' }]);
    for (const platform of ['x', 'linkedin'] as const) {
      const { posts: all } = await posts.platforms.control.getPosts({ platform });
      expect(all.find(({ text }) => text.includes(post.text))?.media).toHaveLength(1);
    }
  });

  test('goes to YouTube with its video, and its upload goes on after it was broken off', async () => {
    const source = await upload('clip.mp4', 'video/mp4', videoOf('isom', 500_000));
    const fault = { kind: 'drop', when: 'before' } as const;
    await posts.fails({ platform: 'youtube', on: 'upload', times: 1, fault });
    const post = await posts.publish({ media: [source], platforms: ['youtube'] });
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { youtube: 'published' } });
    expect(await posts.textsOn('youtube', post)).toHaveLength(1);
  });
});

describe('an upload that another account has begun', () => {
  test('is begun anew: that account alone could name it', async () => {
    const source = await upload('logo.png', 'image/png', pngOf(40, 40));
    const publishAt = (await posts.now()) + DAY_MS;
    const post = await posts.publish({ media: [source], platforms: ['linkedin'], publishAt });
    const em = posts.community.database.em.fork();
    await em.execute(
      `insert into post_uploads (guild_id, post_id, platform, media_id, reference, account_id, begun_at, is_ready)
       values (?, ?, 'linkedin', ?, 'urn:li:image:ofAnother', 'urn:li:organization:1', ?, true)`,
      [post.guildId, post.postId, mediaIdOf(post.postId, 1), new Date()],
    );
    await posts.pass(DAY_MS);
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'published' } });
    expect(await posts.deliveryOf(post, 'linkedin')).toMatchObject({ attempt: 1 });
    const [row]: { account_id: string; connected: string }[] = await em.execute(
      `select upload.account_id, account.account_id as connected from post_uploads as upload
       join platform_accounts as account using (guild_id, platform) where post_id = ?`,
      [post.postId],
    );
    expect(row?.account_id).toBe(row?.connected);
  });
});

describe('the budget of a month', () => {
  test('is kept: what would exceed it is not approved, and not sent', async () => {
    // The first post of this file, and this one, would cost more together than there is.
    const post = await posts.write({ platforms: ['x'] });
    expect(await posts.approve(post)).toMatchObject({
      kind: 'problems',
      problems: [expect.stringContaining('budget')],
    });
    expect(await posts.textsOn('x', post)).toEqual([]);
  });
});
