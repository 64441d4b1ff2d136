import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findReadMark, recordMerged } from '../../database/contributions.ts';
import {
  type ContributionSettings,
  contributionCause,
  contributionsId,
  type RepositoryName,
} from '../../domain/contributions.ts';
import { type GithubUserId, type GuildId, type MemberId, toGithubUserId } from '../../domain/ids.ts';
import type { LocalGithub } from '../../sandbox/github/start.ts';
import {
  CONTRIBUTIONS,
  type ContributionsInput,
  type ContributionsResult,
  startContributions,
} from '../../workflows/definitions/contributions.ts';
import { startCommunity, type TestCommunity } from '../support/community.ts';
import { environmentFor, mergePullRequest, startTestGithub } from '../support/github.ts';
import { until } from '../support/wait.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** When most of what happens here has happened: in the past, since what is merged is never newer than now. */
const LATELY = Date.UTC(2026, 0, 15);

let github: LocalGithub;
let community: TestCommunity;
let guildId: GuildId;
let repository: RepositoryName;
let repositoryId: number;
let count = 0;

beforeAll(async () => {
  github = await startTestGithub();
  community = await startCommunity(undefined, environmentFor(github));
  guildId = community.environment.DISCORD_GUILD_ID;
});
afterAll(async () => {
  await community.stop();
  await github.stop();
});

/** Each test has a repository of its own, and nobody who linked an account for another test. */
beforeEach(async () => {
  count += 1;
  repository = `tixl3d/repository-${count}`;
  repositoryId = (await github.control.createRepository({ fullName: repository })).id;
  await em().execute('delete from github_links');
  countFrom(undefined);
});
afterEach(() => github.control.setFaults({ rules: [] }));

const em = () => community.database.em.fork();

function countFrom(day: string | undefined): void {
  Object.assign<ContributionSettings, Pick<ContributionSettings, 'countsFrom'>>(
    community.config.recognition.contributions,
    { countsFrom: day },
  );
}

function start(repositories: readonly RepositoryName[] = [repository]) {
  return community.client.workflow.start<(input: ContributionsInput) => Promise<ContributionsResult>>(
    CONTRIBUTIONS,
    startContributions({ guildId, repositories }),
  );
}

const read = async (repositories?: readonly RepositoryName[]) => (await start(repositories)).result();

interface Author {
  readonly login: string;
  readonly githubUserId: GithubUserId;
  readonly memberId: MemberId;
}

/** A member with an account that is not linked. */
async function newAuthor(): Promise<Author> {
  const { memberId } = await community.join();
  const { login, id } = await github.control.createUser({ login: `author-${memberId}` });
  return { login, githubUserId: toGithubUserId(id), memberId };
}

async function link({ login, githubUserId, memberId }: Author, since: number): Promise<void> {
  await em().execute(
    `insert into github_links (guild_id, member_id, github_user_id, login, since) values (?, ?, ?, ?, ?)`,
    [guildId, memberId, githubUserId, login, new Date(since)],
  );
}

async function newLinkedAuthor(since = LATELY): Promise<Author> {
  const author = await newAuthor();
  await link(author, since);
  return author;
}

const merge = ({ login }: Author, at: number) => mergePullRequest(github, { repository, author: login, at });

/** The numbers of the pull requests in the test's repository that a member was awarded, with their times. */
async function awardedTo({ memberId }: Author) {
  const rows: { cause: string; at: string; tenths: number }[] = await em().execute(
    `select cause, at, tenths from points_ledger where member_id = ? and action = 'code-contribution' order by at`,
    [memberId],
  );
  const prefix = contributionCause({ repositoryId, number: 0 }).replace(/0$/, '');
  return rows.map(({ cause, at, tenths }) => ({
    number: Number(cause.slice(prefix.length)),
    at: new Date(at).getTime(),
    tenths,
  }));
}
const numbersOf = async (author: Author) => (await awardedTo(author)).map(({ number }) => number);

async function pagesAsked(): Promise<number[]> {
  const { requests } = await github.control.getRequests({});
  return requests.filter(({ path }) => path.includes(repository)).map(({ status }) => status);
}

describe('merged pull requests', () => {
  test('are awarded to the member who has linked the account of their author, when they were merged', async () => {
    const author = await newLinkedAuthor();
    const number = await merge(author, LATELY + DAY);
    const { number: open } = await github.control.openPull({ repository, author: author.login });
    await github.control.openPull({ repository, author: author.login });
    await github.control.closePull({ repository, number: open });
    const result = await read();
    expect(result).toEqual({
      repositories: [{ name: repository, reading: { kind: 'read', merged: 1 } }],
      awarded: 1,
    });
    expect(await awardedTo(author)).toEqual([{ number, at: LATELY + DAY, tenths: 1_000 }]);
  });

  test('count once, however often they are read, and whoever links the account later', async () => {
    const author = await newLinkedAuthor();
    await merge(author, LATELY + DAY);
    await read();
    await github.control.touchPull({ repository, number: 1 });
    expect((await read()).awarded).toBe(0);
    await em().execute('delete from github_links');
    const other = { ...(await newAuthor()), githubUserId: author.githubUserId };
    await link(other, LATELY);
    expect((await read()).awarded).toBe(0);
    expect(await numbersOf(author)).toEqual([1]);
    expect(await numbersOf(other)).toEqual([]);
  });

  test('of somebody who has linked no account, or whose account is gone, are nobody’s', async () => {
    const author = await newAuthor();
    await newLinkedAuthor();
    await merge(author, LATELY + DAY);
    await github.control.openPull({ repository, author: null, at: LATELY });
    await github.control.mergePull({ repository, number: 2, at: LATELY + DAY });
    expect(await read()).toMatchObject({ awarded: 0, repositories: [{ reading: { merged: 1 } }] });
  });

  test('from before their author linked do not count, those from after do', async () => {
    const author = await newLinkedAuthor(LATELY);
    await newLinkedAuthor(LATELY - 10 * DAY);
    await merge(author, LATELY - DAY);
    const later = await merge(author, LATELY + DAY);
    await read();
    expect(await numbersOf(author)).toEqual([later]);
  });

  test('from before their author linked count where the configuration has a day for that', async () => {
    countFrom('2026-01-10');
    const author = await newAuthor();
    const before = await merge(author, Date.UTC(2026, 0, 9, 23, 59));
    const after = await merge(author, Date.UTC(2026, 0, 10));
    expect((await read()).awarded).toBe(0);
    await link(author, LATELY + DAY);
    await read();
    expect(await numbersOf(author)).toEqual([after]);
    expect(await numbersOf(author)).not.toContain(before);
  });

  test('are read again from further back when the configuration says so later', async () => {
    const author = await newLinkedAuthor();
    const old = await merge(author, LATELY - 30 * DAY);
    const late = await merge(author, LATELY + DAY);
    await read();
    expect(await numbersOf(author)).toEqual([late]);
    countFrom('2025-12-01');
    await read();
    expect(await numbersOf(author)).toEqual([old, late]);
  });

  test('of a member who has left wait until they are back', async () => {
    const author = await newLinkedAuthor();
    const joinedAt = new Date(LATELY);
    await em().execute(
      `insert into member_stays (guild_id, member_id, joined_at, left_at) values (?, ?, ?, ?)`,
      [guildId, author.memberId, joinedAt, new Date(LATELY + MINUTE)],
    );
    await merge(author, LATELY + DAY);
    expect((await read()).awarded).toBe(0);
    await em().execute(`insert into member_stays (guild_id, member_id, joined_at) values (?, ?, ?)`, [
      guildId,
      author.memberId,
      new Date(LATELY + 2 * DAY),
    ]);
    expect((await read()).awarded).toBe(1);
  });
});

describe('reading a repository', () => {
  test('goes through all pages the first time, then back to where it was, and not at all if nothing has changed', async () => {
    const author = await newLinkedAuthor(LATELY - DAY);
    for (let number = 1; number <= 101; number += 1) await merge(author, LATELY + number * 20 * MINUTE);
    expect((await read()).awarded).toBe(101);
    expect(await pagesAsked()).toEqual([200, 200]);
    expect((await read()).repositories).toMatchObject([{ reading: { kind: 'unchanged' } }]);
    expect(await pagesAsked()).toEqual([200, 200, 304]);
    const newest = await merge(author, LATELY + 5 * DAY);
    expect((await read()).awarded).toBe(1);
    expect(await pagesAsked()).toEqual([200, 200, 304, 200]);
    expect(await numbersOf(author)).toContain(newest);
  });

  test('that is broken off on a later page begins anew, and loses nothing', async () => {
    const author = await newLinkedAuthor(LATELY - DAY);
    for (let number = 1; number <= 101; number += 1) await merge(author, LATELY + number * MINUTE);
    const path = `/api/v3/repos/${repository}/pulls?`;
    const second = `${path}state=closed&sort=updated&direction=desc&per_page=100&page=2`;
    await github.control.setFaults({ rules: [{ path: second, times: 1, fault: { kind: 'drop-before' } }] });
    expect((await read()).awarded).toBe(101);
    expect(await pagesAsked()).toEqual([200, 200, 200]);
  });

  test('is not held as done before all is written, and what was written is awarded after a death in between', async () => {
    const author = await newLinkedAuthor();
    await merge(author, LATELY + DAY);
    // As a worker leaves it that died after it wrote down what it had found.
    const found = { repositoryId, number: 1, authorId: author.githubUserId, mergedAt: LATELY + DAY };
    await recordMerged(em(), guildId, [found]);
    expect(await findReadMark(em(), guildId, repository)).toBeUndefined();
    expect(await read()).toMatchObject({ awarded: 1, repositories: [{ reading: { kind: 'read' } }] });
    // And one that died after it had moved the mark, before anything was awarded.
    await recordMerged(em(), guildId, [{ ...found, number: 2, mergedAt: LATELY + 2 * DAY }]);
    expect(await read()).toMatchObject({ awarded: 1, repositories: [{ reading: { kind: 'unchanged' } }] });
    expect(await numbersOf(author)).toEqual([1, 2]);
  });

  test.each<[string, number, Record<string, string>]>([
    ['429 with the seconds to wait', 429, { 'retry-after': '3600' }],
    ['403 with the seconds to wait', 403, { 'retry-after': '60' }],
    ['403 at the end of the hour', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' }],
    ['429 that says no more', 429, {}],
  ])('waits when a rate limit is reached: %s', async (_, status, headers) => {
    const author = await newLinkedAuthor();
    await merge(author, LATELY + DAY);
    const path = `/api/v3/repos/${repository}`;
    await github.control.setFaults({
      rules: [{ path, times: 1, fault: { kind: 'answer', status, headers } }],
    });
    const workflow = await start();
    await until(async () => (await pagesAsked()).length === 1);
    expect((await workflow.result()).awarded).toBe(1);
    expect(await pagesAsked()).toEqual([status, 200]);
  });

  test('that is gone, or refused, is told, and keeps nothing else from being read', async () => {
    const author = await newLinkedAuthor();
    await merge(author, LATELY + DAY);
    const gone: RepositoryName = 'tixl3d/gone';
    const { repositories, awarded } = await read([gone, repository]);
    expect(repositories).toMatchObject([
      { name: gone, reading: { kind: 'refused', reason: expect.stringContaining('correct its name') } },
      { name: repository, reading: { kind: 'read' } },
    ]);
    expect(awarded).toBe(1);
    await github.control.setToken({ token: 'another' });
    expect((await read()).repositories).toMatchObject([
      { reading: { kind: 'refused', reason: expect.stringContaining('GITHUB_TOKEN') } },
    ]);
    await github.control.setToken({ token: github.token });
    const description = await community.client.workflow.getHandle(contributionsId(guildId)).fetchHistory();
    expect(JSON.stringify(description)).not.toContain(github.token);
  });
});
