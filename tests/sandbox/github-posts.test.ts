import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDeviceCode, exchangeDeviceCode } from '@octokit/oauth-methods';
import { Octokit } from '@octokit/rest';
import { type LocalGithub, startLocalGithub } from '../../sandbox/github/start.ts';
import { temporaryFolder } from '../support/folder.ts';

const REPOSITORY = { owner: 'tixl3d', repo: 'tixl' };
const LONG_AGO = Date.UTC(2026, 0, 1);
const nothing = () => undefined;
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

let github: LocalGithub;
let time: number;

beforeEach(async () => {
  time = LONG_AGO;
  github = await startLocalGithub({ now: () => time });
});
afterEach(() => github.stop());

const client = (auth = github.token) => new Octokit({ baseUrl: github.apiUrl, log: SILENT, auth });
const createIssue = (title: string, octokit = client()) =>
  octokit.issues.create({ ...REPOSITORY, title, body: 'A body', labels: ['news'] });
const createRelease = (tag_name: string) =>
  client().repos.createRelease({ ...REPOSITORY, tag_name, name: 'A release', body: 'What is new' });

/** A token of somebody who has approved these scopes. */
async function tokenWith(scopes: string[]): Promise<string> {
  const application = { clientType: 'oauth-app', clientId: github.clientId } as const;
  const { request } = new Octokit({ baseUrl: github.apiUrl, log: SILENT });
  const { data } = await createDeviceCode({ ...application, scopes, request });
  await github.control.decide({ userCode: data.user_code, login: 'mona', decision: 'approve' });
  const { authentication } = await exchangeDeviceCode({ ...application, code: data.device_code, request });
  return authentication.token;
}

/** What a query gives that asks for a repository's id and the categories of its discussions. */
function askRepository(octokit = client()) {
  return octokit.graphql<{
    repository: { id: string; discussionCategories: { nodes: { id: string; name: string }[] } };
  }>(
    `query ($owner: String!, $repo: String!) {
      repository(owner: $owner, name: $repo) { id discussionCategories(first: 10) { nodes { id name } } }
    }`,
    REPOSITORY,
  );
}

async function createDiscussion(title: string, octokit = client()): Promise<{ id: string; url: string }> {
  const { repository } = await askRepository();
  const answer = await octokit.graphql<{ createDiscussion: { discussion: { id: string; url: string } } }>(
    `mutation ($repository: ID!, $category: ID!, $title: String!) {
      createDiscussion(input: { repositoryId: $repository, categoryId: $category, title: $title, body: "A body" }) {
        discussion { id url }
      }
    }`,
    { repository: repository.id, category: repository.discussionCategories.nodes[0]?.id, title },
  );
  return answer.createDiscussion.discussion;
}

describe('issues', () => {
  test('are made, listed and changed, by who has the token', async () => {
    const { data } = await createIssue('First', client(await tokenWith(['public_repo'])));
    expect(data).toMatchObject({ number: 1, title: 'First', user: { login: 'mona' }, state: 'open' });
    time += 60_000;
    const { data: second } = await createIssue('Second');
    expect(second).toMatchObject({ number: 2, user: { type: 'Bot' }, labels: [{ name: 'news' }] });
    await client().issues.update({ ...REPOSITORY, issue_number: 1, body: 'Another body' });
    const { data: changed } = await client().issues.get({ ...REPOSITORY, issue_number: 1 });
    expect(changed).toMatchObject({
      title: 'First',
      body: 'Another body',
      updated_at: '2026-01-01T00:01:00Z',
    });
    const since = new Date(time).toISOString();
    const { data: listed } = await client().issues.listForRepo({ ...REPOSITORY, since, per_page: 1 });
    expect(listed.map(({ number }) => number)).toEqual([2]);
  });

  test('share their numbers with pull requests and discussions', async () => {
    await github.control.openPull({ repository: 'tixl3d/tixl', author: 'mona' });
    await createDiscussion('News');
    expect((await createIssue('Third')).data.number).toBe(3);
  });

  test('are refused where they are switched off, to who may only read, and without a title', async () => {
    await expect(createIssue('No rights', client(await tokenWith([])))).rejects.toMatchObject({
      status: 404,
    });
    await expect(createIssue('  ')).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [{ resource: 'Issue', field: 'title', code: 'missing_field' }] } },
    });
    await github.control.switchFeatures({ repository: 'tixl3d/tixl', issues: false });
    await expect(createIssue('Off')).rejects.toMatchObject({ status: 410 });
    await expect(client().issues.listForRepo(REPOSITORY)).rejects.toMatchObject({ status: 410 });
  });
});

describe('releases', () => {
  test('are made once a tag, found by it, and changed', async () => {
    const { data, status } = await createRelease('v1');
    expect(status).toBe(201);
    expect(data).toMatchObject({
      tag_name: 'v1',
      draft: false,
      html_url: `${github.url}/tixl3d/tixl/releases/tag/v1`,
    });
    await expect(createRelease('v1')).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }] } },
    });
    await client().repos.updateRelease({ ...REPOSITORY, release_id: data.id, body: 'Mended' });
    const found = await client().repos.getReleaseByTag({ ...REPOSITORY, tag: 'v1' });
    expect(found.data).toMatchObject({ id: data.id, body: 'Mended', name: 'A release' });
    const other = client().repos.getReleaseByTag({ ...REPOSITORY, tag: 'v2' });
    await expect(other).rejects.toMatchObject({ status: 404 });
    await expect(createRelease('not a tag')).rejects.toMatchObject({ status: 422 });
  });
});

describe('discussions', () => {
  test('are made in a category, listed page by page, and changed', async () => {
    const first = await createDiscussion('First');
    time += 60_000;
    await createDiscussion('Second');
    const page = (after: string | null) =>
      client().graphql<{
        repository: {
          discussions: { nodes: { title: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
        };
      }>(
        `query ($owner: String!, $repo: String!, $after: String) {
          repository(owner: $owner, name: $repo) {
            discussions(first: 1, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
              nodes { title } pageInfo { hasNextPage endCursor }
            }
          }
        }`,
        { ...REPOSITORY, after },
      );
    const { discussions } = (await page(null)).repository;
    expect(discussions).toMatchObject({ nodes: [{ title: 'Second' }], pageInfo: { hasNextPage: true } });
    const rest = (await page(discussions.pageInfo.endCursor)).repository.discussions;
    expect(rest).toMatchObject({ nodes: [{ title: 'First' }], pageInfo: { hasNextPage: false } });
    await client().graphql(
      'mutation ($id: ID!) { updateDiscussion(input: { discussionId: $id, body: "Mended" }) { discussion { body } } }',
      { id: first.id },
    );
    const { posts } = await github.control.getPosts({});
    expect(posts).toMatchObject([
      { url: first.url, title: 'First', text: 'Mended', at: LONG_AGO, edits: 1 },
      { title: 'Second', edits: 0 },
    ]);
  });

  test('are refused as GraphQL does: with an answer that lists errors', async () => {
    const errorOf = (request: Promise<unknown>) => request.then(nothing, (error) => error.errors);
    const reader = client(await tokenWith([]));
    expect(await errorOf(createDiscussion('No rights', reader))).toMatchObject([
      { type: 'INSUFFICIENT_SCOPES' },
    ]);
    expect(await errorOf(createDiscussion(' '))).toMatchObject([{ type: 'UNPROCESSABLE' }]);
    const unknown = 'query { repository(owner: "tixl3d", name: "unknown") { id } }';
    expect(await errorOf(client().graphql(unknown))).toMatchObject([
      { type: 'NOT_FOUND', path: ['repository'] },
    ]);
    const before = await askRepository();
    await github.control.switchFeatures({ repository: 'tixl3d/tixl', discussions: false });
    expect((await askRepository()).repository.discussionCategories.nodes).toEqual([]);
    expect(before.repository.discussionCategories.nodes).toHaveLength(5);
  });

  test.each([
    ['a field that there is not', 'query { viewer { login } }', "Field 'viewer' doesn't exist"],
    [
      'a part that there is not',
      'query { repository(owner: "tixl3d", name: "tixl") { stars } }',
      "Field 'stars' doesn't exist",
    ],
    ['no parts', 'query { repository(owner: "tixl3d", name: "tixl") }', 'must have selections'],
    ['half a document', 'query { repository(owner: "tixl3d"', 'Unexpected end'],
    [
      'an argument of the wrong type',
      'query { repository(owner: 3, name: "tixl") { id } }',
      'expected string',
    ],
  ])('a document with %s is refused', async (_, document, problem) => {
    await expect(client().graphql(document)).rejects.toThrow(problem);
  });
});

describe('the limit on what is made', () => {
  test('is 80 in a minute, whichever API makes it; reading goes on', async () => {
    for (let number = 0; number < 79; number += 1) await createIssue(`Number ${number}`);
    await createDiscussion('The eightieth');
    const refused = {
      status: 403,
      message: expect.stringContaining('secondary rate limit'),
      response: { headers: { 'retry-after': '60' } },
    };
    await expect(createIssue('Too many')).rejects.toMatchObject(refused);
    await expect(createDiscussion('Too many')).rejects.toMatchObject(refused);
    expect((await client().issues.listForRepo(REPOSITORY)).status).toBe(200);
    time += 60_000;
    expect((await createIssue('A minute later')).status).toBe(201);
  });

  test('is 500 in an hour, and can be switched off', async () => {
    for (let number = 0; number < 500; number += 1) {
      await createIssue(`Number ${number}`);
      time += 1_000;
    }
    await expect(createIssue('Too many')).rejects.toMatchObject({ status: 403 });
    await github.control.setLimits({ kept: false });
    expect((await createIssue('As many as you like')).status).toBe(201);
  });
});

test.each(['time-out-before', 'time-out-after'] as const)('%s leaves a program waiting', async (kind) => {
  const rule = { path: '/api/v3/repos', method: 'POST', times: 1, fault: { kind } };
  await github.control.setFaults({ rules: [rule] });
  const request = { signal: AbortSignal.timeout(300) };
  await expect(client().issues.create({ ...REPOSITORY, title: 'Lost', request })).rejects.toMatchObject({
    status: 500,
  });
  const { data } = await client().issues.listForRepo(REPOSITORY);
  expect(data).toHaveLength(kind === 'time-out-after' ? 1 : 0);
});

test('what was published can be read on its page, and outlasts the process', async () => {
  const folder = await temporaryFolder();
  const stateFile = `${folder.path}/github.json`;
  const first = await startLocalGithub({ stateFile });
  const octokit = new Octokit({ baseUrl: first.apiUrl, log: SILENT, auth: first.token });
  await octokit.issues.create({
    ...REPOSITORY,
    title: '<i>News</i>',
    body: 'Read <b>this</b><!-- not this -->',
  });
  await first.stop();
  const second = await startLocalGithub({ stateFile });
  const { posts } = await second.control.getPosts({});
  const page = await (await fetch(posts[0]?.url ?? '')).text();
  expect(page).toContain('Read &#60;b&#62;this');
  expect(page).not.toContain('not this');
  expect(await (await fetch(second.url)).text()).toContain('/tixl3d/tixl/issues/1');
  expect((await fetch(`${second.url}/tixl3d/tixl/issues/2`)).status).toBe(404);
  await second.stop();
  await folder.remove();
});
