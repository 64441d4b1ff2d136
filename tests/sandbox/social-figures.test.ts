// The figures of posts on the local platforms: invented or set, and as X and LinkedIn tell them.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { figuresOf } from '../../sandbox/social/figures.ts';
import {
  FIGURES,
  SOCIAL_PLATFORMS,
  type SocialFigures,
  type SocialPlatform,
  type SocialPost,
} from '../../sandbox/social/stand-in.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { consent } from '../support/consent.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PAGE = 'urn:li:organization:5515715';
const LINKEDIN_SCOPES = 'w_organization_social r_organization_social rw_organization_admin';
const SET = { impressions: 1_200, reach: 800, likes: 40, shares: 9, comments: 5, clicks: 31 };
const NONE = { impressions: 0, reach: 0, likes: 0, shares: 0, comments: 0, clicks: 0 };

let platforms: LocalPlatforms;
let time: number;

beforeEach(async () => {
  time = Date.parse('2026-11-23T12:00:00Z');
  platforms = await startLocalPlatforms({ now: () => time });
});
afterEach(() => platforms.stop());

const tokenFor = async (platform: SocialPlatform, scope = LINKEDIN_SCOPES) =>
  (await consent(platforms, platform, platform === 'linkedin' ? { scope } : {})).access_token;

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

async function ask(
  path: string,
  token: string,
  { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {},
): Promise<Answered> {
  const response = await fetch(`${platforms.url}${path}`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** The id of what was published last. */
async function latest(platform: SocialPlatform): Promise<string> {
  const { posts } = await platforms.control.getPosts({ platform });
  return posts.at(-1)?.id ?? '';
}

const set = (platform: SocialPlatform, id: string, figures: Partial<SocialFigures> = SET) =>
  platforms.control.setFigures({ platform, id, figures });

describe('invented figures', () => {
  const AT = Date.parse('2026-11-20T09:00:00Z');
  const AGES = [0, 60_000, HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 28 * DAY_MS];
  const posts = Array.from(
    { length: 40 },
    (_, number): SocialPost => ({
      ...{
        id: String(1_990_000_000_000_000_000n + BigInt(number)),
        url: '',
        accountId: '',
        title: '',
        text: '',
      },
      ...{ media: [], at: AT, edits: 0, isDeleted: false, more: {} },
    }),
  );
  const at = (platform: SocialPlatform, post: SocialPost, age: number) =>
    figuresOf(platform, post, AT + age) as Record<(typeof FIGURES)[number], number>;

  test.each(SOCIAL_PLATFORMS)('on %s grow from nothing, and hardly any more after a week', (platform) => {
    for (const post of posts) {
      const course = AGES.map((age) => at(platform, post, age));
      expect(course[0]).toEqual(NONE);
      for (const name of FIGURES) {
        const values = course.map((figures) => figures[name]);
        expect(values).toEqual(values.toSorted((one, other) => one - other));
      }
      const [week, eighthDay] = [7, 8].map((days) => at(platform, post, days * DAY_MS).impressions);
      expect(week).toBeGreaterThan(0);
      expect(eighthDay).toBeLessThanOrEqual(1.05 * (week ?? 0) + 1);
    }
  });

  test.each(SOCIAL_PLATFORMS)(
    'on %s differ from post to post, and not from one look to the next',
    (platform) => {
      const figures = posts.map((post) => at(platform, post, DAY_MS));
      expect(new Set(figures.map((one) => JSON.stringify(one))).size).toBe(posts.length);
      expect(posts.map((post) => at(platform, post, DAY_MS))).toEqual(figures);
      for (const { impressions, reach, likes } of figures) {
        expect(reach).toBeLessThan(impressions);
        expect(likes).toBeLessThan(reach);
      }
    },
  );
});

describe('figures that are set', () => {
  test('stay, while the others go on growing', async () => {
    const token = await tokenFor('x');
    await ask('/x/2/tweets', token, { body: { text: 'A post' } });
    const id = await latest('x');
    await set('x', id, { likes: 7 });
    await set('x', id, { comments: 3 });
    const path = `/x/2/tweets?ids=${id}&tweet.fields=public_metrics`;
    const hourly = [];
    for (let hour = 0; hour < 2; hour += 1) {
      time += HOUR_MS / 2;
      hourly.push((await ask(path, token)).body as { data: { public_metrics: Record<string, number> }[] });
    }
    const [first, second] = hourly.map(({ data }) => data[0]?.public_metrics);
    expect(first).toMatchObject({ like_count: 7, reply_count: 3 });
    expect(second).toMatchObject({ like_count: 7, reply_count: 3 });
    expect(second?.impression_count).toBeGreaterThan(first?.impression_count ?? Infinity);
  });

  test.each<[string, string, object]>([
    ['of a post that is not there', 'none', { likes: 1 }],
    ['below zero', '', { likes: -1 }],
    ['of another name', '', { hearts: 1 }],
  ])('are refused %s', async (_, id, figures) => {
    await ask('/x/2/tweets', await tokenFor('x'), { body: { text: 'A post' } });
    await expect(set('x', id || (await latest('x')), figures)).rejects.toThrow('setFigures');
  });
});

describe('X', () => {
  const fields = 'tweet.fields=public_metrics,non_public_metrics';

  test('shares them out into what everybody sees and what the account alone sees', async () => {
    const token = await tokenFor('x');
    await ask('/x/2/tweets', token, { body: { text: 'A link: https://tixl.app' } });
    const id = await latest('x');
    await set('x', id);
    const seen = {
      retweet_count: 7,
      quote_count: 2,
      reply_count: 5,
      like_count: 40,
      impression_count: 1_200,
    };
    const own = { impression_count: 1_200, url_link_clicks: 31, user_profile_clicks: 7 };
    expect((await ask(`/x/2/tweets?ids=${id}&${fields}`, token)).body).toMatchObject({
      data: [{ public_metrics: { ...seen, bookmark_count: 5 }, non_public_metrics: own }],
    });
  });

  test('shows nothing of a post that is too old for one of its fields', async () => {
    let token = await tokenFor('x');
    await ask('/x/2/tweets', token, { body: { text: 'Old' } });
    const old = await latest('x');
    time += 30 * DAY_MS;
    token = await tokenFor('x');
    await ask('/x/2/tweets', token, { body: { text: 'New' } });
    const young = await latest('x');
    const { body } = await ask(`/x/2/tweets?ids=${old},${young}&${fields}`, token);
    expect(body).toEqual({
      data: [expect.objectContaining({ id: young })],
      errors: [
        expect.objectContaining({
          resource_id: old,
          field: 'non_public_metrics',
          type: 'https://api.twitter.com/2/problems/not-authorized-for-field',
        }),
      ],
    });
  });

  test('takes a hundred ids at most', async () => {
    const token = await tokenFor('x');
    const ids = (count: number) => Array.from({ length: count }, (_, number) => number + 1).join();
    expect((await ask(`/x/2/tweets?ids=${ids(100)}`, token)).status).toBe(200);
    expect((await ask(`/x/2/tweets?ids=${ids(101)}`, token)).status).toBe(400);
  });
});

describe('LinkedIn', () => {
  const headers = { 'linkedin-version': '202610', 'x-restli-protocol-version': '2.0.0' };
  const list = (urns: readonly string[]) => `List(${urns.map((urn) => encodeURIComponent(urn)).join()})`;
  const get = (path: string, token: string) => ask(`/linkedin${path}`, token, { headers });
  const statistics = (token: string, lists: string, organization = PAGE) =>
    get(
      `/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=${encodeURIComponent(organization)}&${lists}`,
      token,
    );

  async function publish(token: string, commentary: string): Promise<string> {
    const body = {
      ...{ author: PAGE, commentary, visibility: 'PUBLIC', lifecycleState: 'PUBLISHED' },
      distribution: { feedDistribution: 'MAIN_FEED' },
    };
    await ask('/linkedin/rest/posts', token, { body, headers });
    return latest('linkedin');
  }

  test('has them apart from the posts, and leaves out those with nothing to tell', async () => {
    const token = await tokenFor('linkedin');
    const [seen, unseen] = [await publish(token, 'Seen'), await publish(token, 'Unseen')];
    await set('linkedin', seen);
    await set('linkedin', unseen, NONE);
    expect((await statistics(token, `shares=${list([unseen, seen])}`)).body).toEqual({
      paging: { start: 0, count: 10, links: [] },
      elements: [
        {
          organizationalEntity: PAGE,
          share: seen,
          totalShareStatistics: {
            ...{ impressionCount: 1_200, uniqueImpressionsCount: 800, likeCount: 40 },
            ...{ shareCount: 9, commentCount: 5, clickCount: 31, engagement: 85 / 1_200 },
          },
        },
      ],
    });
    time += 366 * DAY_MS;
    const later = await ask(
      `/linkedin/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=${PAGE}&shares=${list([seen])}`,
      await tokenFor('linkedin'),
      { headers: { ...headers, 'linkedin-version': '202710' } },
    );
    expect(later).toMatchObject({ status: 200, body: { elements: [] } });
  });

  test('tells of several posts which are there', async () => {
    const token = await tokenFor('linkedin');
    const [there, gone] = [await publish(token, 'There'), await publish(token, 'Gone')];
    await platforms.control.deletePost({ platform: 'linkedin', id: gone });
    expect((await get(`/rest/posts?ids=${list([there, gone])}`, token)).body).toEqual({
      results: { [there]: expect.objectContaining({ id: there, commentary: 'There' }) },
      statuses: { [there]: 200, [gone]: 404 },
      errors: { [gone]: expect.objectContaining({ status: 404 }) },
    });
  });

  test('tells them only to who was allowed to read them, and of this page', async () => {
    const token = await tokenFor('linkedin');
    const post = await publish(token, 'A post');
    const lists = `shares=${list([post])}`;
    const unable = await tokenFor('linkedin', 'w_organization_social r_organization_social');
    expect((await statistics(unable, lists)).status).toBe(403);
    expect((await statistics(token, lists, 'urn:li:organization:1')).status).toBe(403);
    expect((await statistics(token, lists)).status).toBe(200);
  });

  test.each([
    ['lists that are encoded as a whole', 'shares=List%28urn%3Ali%3Ashare%3A1%29', 400],
    ['posts of the other kind', 'shares=List(urn%3Ali%3AugcPost%3A1)', 400],
    ['no posts', 'shares=List()', 400],
    ['more than 4 KB', `shares=List(${'urn%3Ali%3Ashare%3A7000000000000000001,'.repeat(110)}urn)`, 414],
  ])('refuses %s', async (_, lists, status) => {
    expect((await statistics(await tokenFor('linkedin'), lists)).status).toBe(status);
  });
});
