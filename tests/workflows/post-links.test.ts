import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readPostPreview } from '../../database/post-previews.ts';
import type { NewPost } from '../../database/posts.ts';
import type { Platform } from '../../domain/platforms.ts';
import { linkCodeOf } from '../../domain/post-links.ts';
import { type LinkServer, serveLinks } from '../../worker/post-links.ts';
import { startDistribution, type TestDistribution } from '../support/distribution.ts';

const ADDRESS = 'https://go.tixl.app';
const LINK = 'https://tixl.app/release';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

let posts: TestDistribution;
let server: LinkServer | undefined;
beforeAll(async () => {
  posts = await startDistribution(
    `engagement: { links: { address: ${ADDRESS}, platforms: [discord, linkedin] } }`,
  );
  const { config, database, environment } = posts.community;
  server = await serveLinks({
    ...{ config, database, environment: { ...environment, LINKS_PORT: 0 } },
    logger: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await server?.stop();
  await posts.stop();
});

const ours = (post: NewPost, platform: Platform) => `${ADDRESS}/${linkCodeOf({ ...post, platform })}`;

async function previewedTexts(post: NewPost): Promise<Map<Platform, string>> {
  const { config, database } = posts.community;
  const preview = await readPostPreview(database.em.fork(), post, config, await posts.now());
  return new Map(preview?.platforms.map(({ adapted }) => [adapted.platform, adapted.text]));
}

async function clicksOn({ postId }: NewPost): Promise<Record<string, number>> {
  const rows: { platform: string; clicks: string }[] = await posts.community.database.em
    .fork()
    .execute('select platform, clicks from post_clicks where post_id = ?', [postId]);
  return Object.fromEntries(rows.map(({ platform, clicks }) => [platform, Number(clicks)]));
}

describe('a post with a link', () => {
  test('is published with the links that its preview shows: ours where the configuration has them', async () => {
    const post = await posts.write({ link: LINK });
    const previewed = await previewedTexts(post);
    await posts.approve(post);
    await posts.resultOf(post);
    for (const platform of ['discord', 'linkedin', 'x', 'github'] as const) {
      const isOurs = platform === 'discord' || platform === 'linkedin';
      const [text = ''] = await posts.textsOn(platform, post);
      expect(previewed.get(platform)).toContain(isOurs ? ours(post, platform) : LINK);
      expect(text.includes(LINK)).toBe(!isOurs);
      expect(await posts.deliveryOf(post, platform)).toMatchObject({
        publishedLink: isOurs ? ours(post, platform) : LINK,
      });
    }
    // X and GitHub change how a text looks.
    for (const platform of ['discord', 'linkedin'] as const)
      expect(await posts.textsOn(platform, post)).toEqual([previewed.get(platform)]);
  });

  test('counts who follows it, on each platform apart, from when it is sent', async () => {
    const post = await posts.publish({ link: LINK });
    await posts.resultOf(post);
    expect(await clicksOn(post)).toEqual({ discord: 0, linkedin: 0 });
    const [text = ''] = await posts.textsOn('discord', post);
    const code = text.match(/https:\/\/go\.tixl\.app\/(\S+)/)?.[1] ?? '';
    const followed = await fetch(`${server?.address}/${code}`, {
      ...{ redirect: 'manual', headers: { 'user-agent': BROWSER } },
    });
    expect(followed.headers.get('location')).toBe(LINK);
    expect(await clicksOn(post)).toEqual({ discord: 1, linkedin: 0 });
  });
});
