/** What people do with what was published on the local GitHub, as its GraphQL API tells it to the real client. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Octokit } from '@octokit/rest';
import { type LocalGithub, startLocalGithub } from '../../sandbox/github/start.ts';
import { temporaryFolder } from '../support/folder.ts';

const REPOSITORY = { owner: 'tixl3d', repo: 'tixl' };
const DAY_MS = 86_400_000;
const nothing = () => undefined;
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const FIGURES = { upvotes: 5, reactions: 7, comments: 2, replies: 3 };

let github: LocalGithub;
let time: number;

beforeEach(async () => {
  time = Date.UTC(2026, 0, 1);
  github = await startLocalGithub({ now: () => time });
});
afterEach(() => github.stop());

const client = () => new Octokit({ baseUrl: github.apiUrl, log: SILENT, auth: github.token });
const lastId = async () => (await github.control.getPosts({})).posts.at(-1)?.id ?? '';

async function createIssue(): Promise<number> {
  return (await client().issues.create({ ...REPOSITORY, title: 'News', body: 'A body' })).data.number;
}

async function createDiscussion(): Promise<string> {
  const { repository } = await client().graphql<{
    repository: { id: string; discussionCategories: { nodes: { id: string }[] } };
  }>(
    'query { repository(owner: "tixl3d", name: "tixl") { id discussionCategories(first: 1) { nodes { id } } } }',
  );
  const answer = await client().graphql<{ createDiscussion: { discussion: { id: string } } }>(
    `mutation ($repository: ID!, $category: ID!) {
      createDiscussion(input: { repositoryId: $repository, categoryId: $category, title: "News", body: "A body" }) {
        discussion { id }
      }
    }`,
    { repository: repository.id, category: repository.discussionCategories.nodes[0]?.id },
  );
  return answer.createDiscussion.discussion.id;
}

const NODES = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Issue { number }
    ... on Discussion {
      id upvoteCount viewerHasUpvoted
      reactions { totalCount }
      comments(first: 10) { totalCount nodes { replies { totalCount } } }
    }
  }
}`;

/** Issues by their numbers, each under a name of its own. */
const issuesQuery = (...numbers: number[]) => `query {
  repository(owner: "tixl3d", name: "tixl") {
    ${numbers.map((number) => `issue${number}: issue(number: ${number}) { number reactions { totalCount } comments { totalCount } }`).join('\n')}
  }
}`;

interface Refused {
  data: unknown;
  errors: { type?: string; path?: unknown }[];
}

/** What GraphQL answered where it lists errors. */
async function refusedBy(document: string, variables: object = {}): Promise<Refused> {
  return client()
    .graphql(document, { ...variables })
    .then(
      () => {
        throw new Error('it lists no errors');
      },
      (error: Refused) => error,
    );
}

describe('a discussion', () => {
  test('tells its upvotes, with that of who has opened it, its reactions, comments and answers', async () => {
    const id = await createDiscussion();
    await github.control.setFigures({ id: await lastId(), figures: FIGURES });
    expect(await client().graphql(NODES, { ids: [id] })).toEqual({
      nodes: [
        {
          ...{ id, upvoteCount: 6, viewerHasUpvoted: true, reactions: { totalCount: 7 } },
          comments: {
            totalCount: 2,
            nodes: [{ replies: { totalCount: 3 } }, { replies: { totalCount: 0 } }],
          },
        },
      ],
    });
  });

  test('that is not there is null, beside those that are', async () => {
    const id = await createDiscussion();
    const { data, errors } = await refusedBy(NODES, { ids: ['D_1', id] });
    expect(data).toMatchObject({ nodes: [null, { id }] });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['nodes', 0] }]);
  });

  test('is one of a hundred at most', async () => {
    const ids = Array.from({ length: 101 }, (_, number) => `D_${number}`);
    const { errors } = await refusedBy(NODES, { ids });
    expect(errors).toMatchObject([{ type: 'ARGUMENT_LIMIT', path: ['nodes'] }]);
  });
});

describe('issues', () => {
  test('are asked for under names of one’s own, and are null where they are not there', async () => {
    const number = await createIssue();
    await github.control.setFigures({ id: await lastId(), figures: FIGURES });
    const issue = { number, reactions: { totalCount: 7 }, comments: { totalCount: 2 } };
    expect(await client().graphql(issuesQuery(number))).toEqual({ repository: { issue1: issue } });
    const { data, errors } = await refusedBy(issuesQuery(number, 9));
    expect(data).toEqual({ repository: { issue1: issue, issue9: null } });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['repository', 'issue9'] }]);
    const { data: read } = await client().issues.get({ ...REPOSITORY, issue_number: number });
    expect(read.comments).toBe(2);
  });
});

describe('releases', () => {
  test('are listed with their reactions, the latest first', async () => {
    const create = (tag_name: string) => client().repos.createRelease({ ...REPOSITORY, tag_name });
    const { data: first } = await create('v1');
    await github.control.setFigures({ id: String(first.id), figures: { reactions: 4 } });
    const { data: second } = await create('v2');
    await github.control.setFigures({ id: String(second.id), figures: { reactions: 0 } });
    const query = `query { repository(owner: "tixl3d", name: "tixl") {
      releases(first: 5, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { databaseId reactions { totalCount } } }
    } }`;
    expect(await client().graphql(query)).toEqual({
      repository: {
        releases: {
          nodes: [
            { databaseId: second.id, reactions: { totalCount: 0 } },
            { databaseId: first.id, reactions: { totalCount: 4 } },
          ],
        },
      },
    });
  });
});

describe('figures that nobody sets', () => {
  test('grow by themselves, and are the same whenever one asks', async () => {
    const number = await createIssue();
    const reactions = async () => {
      const { repository } = await client().graphql<{
        repository: Record<string, { reactions: { totalCount: number } }>;
      }>(issuesQuery(number));
      return repository.issue1?.reactions.totalCount;
    };
    expect(await reactions()).toBe(0);
    time += 7 * DAY_MS;
    const after = await reactions();
    expect(after).toBeGreaterThan(0);
    expect(await reactions()).toBe(after);
  });
});

test('what was set outlasts the process; of what is not there nothing can be set', async () => {
  const folder = await temporaryFolder();
  const stateFile = `${folder.path}/github.json`;
  await github.stop();
  github = await startLocalGithub({ stateFile });
  const number = await createIssue();
  await github.control.setFigures({ id: await lastId(), figures: { comments: 8 } });
  await expect(github.control.setFigures({ id: '1', figures: { comments: 8 } })).rejects.toThrow('no post 1');
  await github.stop();
  github = await startLocalGithub({ stateFile });
  const { data } = await client().issues.get({ ...REPOSITORY, issue_number: number });
  expect(data.comments).toBe(8);
  await folder.remove();
});
