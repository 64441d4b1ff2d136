import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectGithub } from '../../../activities/platforms/github.ts';
import type { Publisher } from '../../../activities/platforms/publisher.ts';
import type { GithubPlace, PlatformSettings } from '../../../domain/distribution.ts';
import type { Published, PublishOutcome } from '../../../domain/platforms.ts';
import type { GithubFault } from '../../../sandbox/github/faults.ts';
import { type LocalGithub, startLocalGithub } from '../../../sandbox/github/start.ts';
import { type OrderDetails, publisherTools, publishOrder } from '../../support/publish-order.ts';

const repository = 'tixl3d/tixl';
const DISCUSSION = { as: 'discussion', repository, category: 'Announcements' } as const;
const ISSUE = { as: 'issue', repository, labels: ['news'] } as const;
const RELEASE = { as: 'release', repository, tagPrefix: 'news-' } as const;

/** Each place, and the request with which something is made, changed and looked for there. */
const PLACES = [
  {
    place: DISCUSSION,
    make: { path: '/api/graphql', operation: 'createDiscussion' },
    look: { path: '/api/graphql', operation: 'repository' },
  },
  {
    place: ISSUE,
    make: { path: '/api/v3/repos', method: 'POST' },
    look: { path: '/api/v3/repos', method: 'GET' },
  },
  {
    place: RELEASE,
    make: { path: '/api/v3/repos', method: 'POST' },
    look: { path: '/api/v3/repos', method: 'GET' },
  },
] as const;

let github: LocalGithub;
beforeEach(async () => {
  github = await startLocalGithub();
});
afterEach(() => github.stop());

/** Settings of which only the place is looked at here. */
const settingsOf = (place: GithubPlace) => ({ place }) as PlatformSettings['github'];

function publisherFor(place: GithubPlace, accessToken = github.token): Publisher {
  const access = { accessToken, accountId: '1', accountName: 'local' };
  return connectGithub(github.apiUrl, settingsOf(place))(access);
}

const orderOf = (details?: OrderDetails) => publishOrder('github', details);
const publish = (place: GithubPlace, details?: OrderDetails, token?: string) =>
  publisherFor(place, token).publish(orderOf(details), publisherTools());
const posts = async () => (await github.control.getPosts({})).posts;

function published(outcome: PublishOutcome): Published {
  if (outcome.kind !== 'published') throw new Error(`it is ${JSON.stringify(outcome)}`);
  return outcome;
}

describe.each(PLACES)('as a $place.as', ({ place, make, look }) => {
  test('it is published with its title, its text and a mark that readers do not see', async () => {
    const outcome = published(await publish(place));
    const [post] = await posts();
    expect(post).toMatchObject({ url: outcome.url, title: 'TiXL 4.1', edits: 0 });
    expect(post?.text).toBe('A release with new nodes.\n\n<!-- tixl-post:mark1 -->');
    const page = await (await fetch(outcome.url)).text();
    expect(page).toContain('A release with new nodes.');
    expect(page).not.toContain('tixl-post:mark1');
  });

  test('it is found again by its mark, among others that were made since', async () => {
    const outcome = published(await publish(place));
    for (const mark of ['mark2', 'mark3', 'mark10']) await publish(place, { mark });
    const publisher = publisherFor(place);
    expect(await publisher.lookUp(orderOf(), publisherTools())).toEqual(outcome);
    expect(await publisher.lookUp(orderOf({ mark: 'other' }), publisherTools())).toEqual({
      kind: 'not there',
    });
  });

  test('it is changed, and keeps its mark', async () => {
    const publisher = publisherFor(place);
    const outcome = published(await publish(place));
    const changed = orderOf({ title: 'TiXL 4.1.1', text: 'Mended.' });
    expect(await publisher.edit?.(changed, outcome, publisherTools())).toEqual({ kind: 'edited' });
    const [post] = await posts();
    expect(post).toMatchObject({
      ...{ title: 'TiXL 4.1.1', text: 'Mended.\n\n<!-- tixl-post:mark1 -->', edits: 1 },
    });
    expect(await publisher.lookUp(changed, publisherTools())).toEqual(outcome);
    await github.control.deletePost({ id: post?.id ?? '' });
    expect(await publisher.edit?.(changed, outcome, publisherTools())).toMatchObject({ kind: 'rejected' });
    expect(await publisher.lookUp(changed, publisherTools())).toEqual({ kind: 'not there' });
  });

  test.each<{ fault: GithubFault; count: number }>([
    { fault: { kind: 'drop-before' }, count: 0 },
    { fault: { kind: 'drop-after' }, count: 1 },
    { fault: { kind: 'time-out-before' }, count: 0 },
    { fault: { kind: 'time-out-after' }, count: 1 },
    { fault: { kind: 'answer', status: 502 }, count: 0 },
  ])('after $fault.kind nobody knows, until one has looked: it is there once', async ({ fault, count }) => {
    await github.control.setFaults({ rules: [{ ...make, times: 1, fault }] });
    const publisher = publisherFor(place);
    const impatient = publisherTools({}, fault.kind.startsWith('time-out') ? 500 : 30_000);
    expect(await publisher.publish(orderOf(), impatient)).toMatchObject({ kind: 'unknown' });
    expect(await posts()).toHaveLength(count);
    const found = await publisher.lookUp(orderOf(), publisherTools());
    expect(found.kind).toBe(count === 0 ? 'not there' : 'published');
    if (found.kind === 'not there') published(await publisher.publish(orderOf(), publisherTools()));
    expect(await posts()).toHaveLength(1);
  });

  test('while GitHub cannot be read, one does not know more', async () => {
    const faults: GithubFault[] = [{ kind: 'drop-before' }, { kind: 'answer', status: 500 }];
    for (const fault of faults) {
      await github.control.setFaults({ rules: [{ ...look, times: 1, fault }] });
      const outcome = await publisherFor(place).lookUp(orderOf(), publisherTools());
      expect(outcome).toMatchObject({ kind: 'unavailable' });
    }
  });

  test('a limit is waited for as GitHub says', async () => {
    const fault = { kind: 'answer', status: 403, headers: { 'retry-after': '90' } } as const;
    await github.control.setFaults({ rules: [{ ...make, times: 1, fault }] });
    const outcome = await publisherFor(place).publish(orderOf(), publisherTools({ now: () => 1_000 }));
    expect(outcome).toEqual({ kind: 'rate-limited', until: 91_000 });
  });

  test('a token that GitHub does not know has to be given anew', async () => {
    expect(await publish(place, {}, 'wrong')).toMatchObject({ kind: 'authorisation expired' });
    const looked = await publisherFor(place, 'wrong').lookUp(orderOf(), publisherTools());
    expect(looked).toMatchObject({ kind: 'authorisation expired' });
  });

  test('whether the place is there can be asked before', async () => {
    const check = (where: GithubPlace, token = github.token) =>
      publisherFor(where, token).check?.(publisherTools());
    expect(await check(place)).toBeUndefined();
    expect(await check({ ...place, repository: 'tixl3d/unknown' })).toMatchObject({
      ...{ kind: 'rejected', reason: expect.stringContaining('no such repository') },
    });
    expect(await check(place, 'wrong')).toMatchObject({ kind: 'authorisation expired' });
    expect(await posts()).toEqual([]);
  });

  test('a repository that does not exist is said so', async () => {
    const outcome = await publish({ ...place, repository: 'tixl3d/unknown' });
    expect(outcome).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining('no such repository'),
    });
  });

  test('what is too long is refused in words that one can act on', async () => {
    const outcome = await publish(place, { title: 'x'.repeat(300) });
    expect(outcome).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('too long') });
    expect(await posts()).toEqual([]);
  });

  test('it was surely not sent where nothing listens', async () => {
    const publisher = publisherFor(place);
    await github.stop();
    expect(await publisher.publish(orderOf(), publisherTools())).toMatchObject({ kind: 'unavailable' });
    expect(await publisher.lookUp(orderOf(), publisherTools())).toMatchObject({ kind: 'unavailable' });
  });
});

describe('what only some places have', () => {
  test('a category that does not exist is said so, with those that do', async () => {
    const outcome = await publish({ ...DISCUSSION, category: 'News' });
    expect(outcome).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('Announcements') });
  });

  test('discussions and issues that are switched off are said so', async () => {
    await github.control.switchFeatures({ repository, discussions: false, issues: false });
    expect(await publish(DISCUSSION)).toMatchObject({
      ...{ kind: 'rejected', reason: expect.stringContaining('switched off') },
    });
    expect(await publish(ISSUE)).toMatchObject({
      ...{ kind: 'rejected', reason: expect.stringContaining('disabled') },
    });
    for (const place of [DISCUSSION, ISSUE]) {
      expect(await publisherFor(place).check?.(publisherTools())).toMatchObject({
        reason: expect.stringContaining('switched off'),
      });
    }
  });

  test('discussions are found on a later page', async () => {
    const outcome = published(await publish(DISCUSSION));
    await github.control.setLimits({ kept: false });
    for (let number = 0; number < 60; number += 1) await publish(DISCUSSION, { mark: `other-${number}` });
    expect(await publisherFor(DISCUSSION).lookUp(orderOf(), publisherTools())).toEqual(outcome);
  });

  test('a tag that has a release is looked up, and not made again', async () => {
    const outcome = published(await publish(RELEASE));
    const again = await publish(RELEASE);
    expect(again).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('news-mark1') });
    expect(await publisherFor(RELEASE).lookUp(orderOf(), publisherTools())).toEqual(outcome);
    expect(await posts()).toHaveLength(1);
  });

  test('an error of GraphQL itself leaves open what came of it', async () => {
    const body = { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] };
    const fault = { kind: 'answer', status: 200, body } as const;
    const make = { path: '/api/graphql', operation: 'createDiscussion', times: 1 };
    await github.control.setFaults({ rules: [{ ...make, fault }] });
    expect(await publish(DISCUSSION)).toMatchObject({ kind: 'unknown' });
  });

  test("the hourly limit of GraphQL is waited for until the end of GitHub's hour", async () => {
    const now = Date.now();
    const headers = {
      date: new Date(now).toUTCString(),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.floor(now / 1_000) + 600),
    };
    const body = { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] };
    const fault = { kind: 'answer', status: 200, headers, body } as const;
    const make = { path: '/api/graphql', operation: 'createDiscussion', times: 1 };
    await github.control.setFaults({ rules: [{ ...make, fault }] });
    const outcome = await publisherFor(DISCUSSION).publish(orderOf(), publisherTools({ now: () => now }));
    expect(outcome).toEqual({ kind: 'rate-limited', until: now + 600_000 });
  });
});
