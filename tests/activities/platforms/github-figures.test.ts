import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectGithub } from '../../../activities/platforms/github.ts';
import type { Publisher } from '../../../activities/platforms/publisher.ts';
import type { GithubPlace, PlatformSettings } from '../../../domain/distribution.ts';
import { type FiguresOutcome, NO_FIGURES } from '../../../domain/engagement.ts';
import type { GithubControl } from '../../../sandbox/github/control.ts';
import type { GithubFault } from '../../../sandbox/github/faults.ts';
import { type LocalGithub, startLocalGithub } from '../../../sandbox/github/start.ts';
import { publisherTools, publishOrder } from '../../support/publish-order.ts';
import { figuresById, readOrder } from '../../support/read-order.ts';

const repository = 'tixl3d/tixl';
const DISCUSSION = { as: 'discussion', repository, category: 'Announcements' } as const;
const ISSUE = { as: 'issue', repository, labels: [] } as const;
const RELEASE = { as: 'release', repository, tagPrefix: 'news-' } as const;
const PLACES = [{ place: DISCUSSION }, { place: ISSUE }, { place: RELEASE }] as const;

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

/** Publishes in a place. Gives the ids that publishing gave, oldest first. */
async function publish(place: GithubPlace, count: number): Promise<string[]> {
  await github.control.setLimits({ kept: false });
  const published = new Set<string>();
  for (let number = 0; number < count; number += 1) {
    const order = publishOrder('github', { mark: `mark${place.as}${number}` });
    const outcome = await publisherFor(place).publish(order, publisherTools());
    if (outcome.kind !== 'published') throw new Error(`it is ${JSON.stringify(outcome)}`);
    published.add(outcome.id);
  }
  return [...published];
}

/** The latest posts, as the control API knows them: oldest first. */
async function controlIds(): Promise<string[]> {
  const { posts } = await github.control.getPosts({});
  return posts.map(({ id }) => id);
}

async function setFigures(
  id: string | undefined,
  figures: Parameters<GithubControl['setFigures']>[0]['figures'],
): Promise<void> {
  await github.control.setFigures({ id: id ?? '', figures });
}

/** What was read of each post, by its id there. */
const figuresRead = (outcome: FiguresOutcome) => Object.fromEntries(figuresById(outcome));

async function read(place: GithubPlace, ids: readonly string[], token?: string): Promise<FiguresOutcome> {
  const orders = ids.map((id) => readOrder('github', { id, at: Date.now() }));
  const outcome = await publisherFor(place, token).readFigures?.(orders, publisherTools());
  if (outcome === undefined) throw new Error('it reads no figures');
  return outcome;
}

async function countRequests(): Promise<number> {
  return (await github.control.getRequests({})).requests.length;
}

const FIGURES = { upvotes: 12, reactions: 30, comments: 4, replies: 9 };

describe('the figures', () => {
  test.each([
    { place: DISCUSSION, likes: 42, comments: 13 },
    { place: ISSUE, likes: 30, comments: 4 },
    { place: RELEASE, likes: 30, comments: null },
  ])('of a $place.as are what people have done with it', async ({ place, likes, comments }) => {
    const [id = ''] = await publish(place, 1);
    await setFigures((await controlIds())[0], FIGURES);
    expect(figuresRead(await read(place, [id]))).toEqual({ [id]: { ...NO_FIGURES, likes, comments } });
  });

  test.each(PLACES)('of a $place.as with which nobody has done anything are 0', async ({ place }) => {
    const [id = ''] = await publish(place, 1);
    await setFigures((await controlIds())[0], { upvotes: 0, reactions: 0, comments: 0, replies: 0 });
    expect(figuresRead(await read(place, [id]))).toMatchObject({ [id]: { likes: 0, impressions: null } });
  });

  test.each(PLACES)('of more than a hundred of them take two requests', async ({ place }) => {
    const ids = await publish(place, 101);
    const before = await countRequests();
    const outcome = await read(place, ids);
    const requests = (await countRequests()) - before;
    expect(Object.keys(figuresRead(outcome)).sort()).toEqual([...ids].sort());
    expect(requests).toBe(2);
    expect(outcome).toMatchObject({ requests: 2 });
  });

  test.each(PLACES)('of a $place.as that was deleted say so, and the others are whole', async ({ place }) => {
    const [first = '', second = '', third = ''] = await publish(place, 3);
    const [one, two, three] = await controlIds();
    await setFigures(one, FIGURES);
    await setFigures(three, { ...FIGURES, reactions: 31 });
    await github.control.deletePost({ id: two ?? '' });
    const figures = figuresRead(await read(place, [first, second, third]));
    expect(figures).toMatchObject({ [first]: { likes: expect.any(Number) }, [second]: 'gone' });
    expect(figures[third]).not.toEqual(figures[first]);
    expect(figuresRead(await read(place, [second]))).toEqual({ [second]: 'gone' });
  });

  test('of discussions are read wherever posts go by now; of a number nobody knows what it was', async () => {
    const [discussion = ''] = await publish(DISCUSSION, 1);
    const [issue = ''] = await publish(ISSUE, 1);
    expect(figuresRead(await read(ISSUE, [discussion, issue]))).toMatchObject({
      ...{ [discussion]: { likes: expect.any(Number) }, [issue]: { likes: expect.any(Number) } },
    });
    expect(Object.keys(figuresRead(await read(DISCUSSION, [discussion, issue])))).toEqual([discussion]);
    expect(await read(DISCUSSION, [issue])).toMatchObject({ kind: 'not allowed' });
  });
});

const OWN_ERROR = {
  data: null,
  errors: [{ message: 'Something went wrong while executing your query.' }],
};
const PASSING: { fault: GithubFault }[] = [
  { fault: { kind: 'drop-before' } },
  { fault: { kind: 'answer', status: 502 } },
  { fault: { kind: 'answer', status: 200, body: OWN_ERROR } },
];

describe.each(PLACES)('what stands in the way of reading a $place.as', ({ place }) => {
  const asked = { path: '/api/graphql', times: 1 } as const;
  const operation = place.as === 'discussion' ? 'nodes' : 'repository';

  test('is a limit, as long as GitHub says', async () => {
    const ids = await publish(place, 1);
    const fault = { kind: 'answer', status: 403, headers: { 'retry-after': '90' } } as const;
    await github.control.setFaults({ rules: [{ ...asked, operation, fault }] });
    const orders = ids.map((id) => readOrder('github', { id, at: Date.now() }));
    const tools = publisherTools({ now: () => 1_000 });
    expect(await publisherFor(place).readFigures?.(orders, tools)).toEqual({
      ...{ kind: 'rate-limited', until: 91_000 },
    });
  });

  test('is a token that GitHub does not know', async () => {
    const ids = await publish(place, 1);
    expect(await read(place, ids, 'wrong')).toMatchObject({ kind: 'authorisation expired' });
  });

  test.each(PASSING)('passes after $fault.kind', async ({ fault }) => {
    const [id = ''] = await publish(place, 1);
    await github.control.setFaults({ rules: [{ ...asked, operation, fault }] });
    expect(await read(place, [id])).toMatchObject({ kind: 'unavailable' });
    expect(figuresRead(await read(place, [id]))).toHaveProperty([id]);
  });
});

describe('what is not answered', () => {
  test('of one post is asked for again, and the others are whole', async () => {
    const [first = '', second = '', third = ''] = await publish(DISCUSSION, 3);
    const node = { upvoteCount: 4, viewerHasUpvoted: true, reactions: { totalCount: 2 } };
    const comments = { totalCount: 0, nodes: [] };
    const body = {
      data: { nodes: [{ ...node, comments }, null, null] },
      errors: [
        { message: 'Something went wrong.', path: ['nodes', 1] },
        { type: 'NOT_FOUND', message: 'Could not resolve to a node.', path: ['nodes', 2] },
      ],
    };
    const fault = { kind: 'answer', status: 200, body } as const;
    const rule = { path: '/api/graphql', operation: 'nodes', times: 1, fault };
    await github.control.setFaults({ rules: [rule] });
    expect(figuresRead(await read(DISCUSSION, [first, second, third]))).toEqual({
      ...{ [first]: { ...NO_FIGURES, likes: 5, comments: 0 }, [third]: 'gone' },
    });
  });

  test('since the repository is not there any more is said so: nothing of it counts as deleted', async () => {
    const ids = await publish(ISSUE, 1);
    await github.control.deleteRepository({ fullName: repository });
    expect(await read(ISSUE, ids)).toMatchObject({
      ...{ kind: 'not allowed', reason: expect.stringContaining('no such repository') },
    });
  });
});
