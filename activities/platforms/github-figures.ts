/** The figures of posts on GitHub. */

import type { GithubPlace } from '../../domain/distribution.ts';
import {
  type Figures,
  type FiguresOutcome,
  NO_FIGURES,
  type PostFigures,
  type ReadOrder,
} from '../../domain/engagement.ts';
import { inBatches, readBatches, unread } from './figures.ts';
import { isGraphqlError, nothingDone } from './github-failure.ts';
import { type GithubClient, repositoryOf } from './github-place.ts';
import { readReleases } from './github-release-figures.ts';
import type { ReadTools } from './publisher.ts';

/** GitHub takes so many ids in a request (its error `ARGUMENT_LIMIT`); as many issues cost about as much. */
const MOST_IDS = 100;

/** Answers to comments are counted under the first 50 comments. */
const DISCUSSIONS = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Discussion {
      upvoteCount
      viewerHasUpvoted
      reactions { totalCount }
      comments(first: 50) { totalCount nodes { replies { totalCount } } }
    }
  }
}`;

interface Count {
  readonly totalCount: number;
}

/** What is asked of a discussion. */
interface Discussion {
  readonly upvoteCount: number;
  readonly viewerHasUpvoted: boolean;
  readonly reactions: Count;
  readonly comments: Count & { readonly nodes: readonly { readonly replies: Count }[] };
}

/** What is asked of an issue. */
interface Issue {
  readonly reactions: Count;
  readonly comments: Count;
}

/** What a query gave, and which fields it leaves null because there is no such thing: their paths, as `nodes/3`. */
interface Answer<Data> {
  readonly data: Data;
  readonly notFound: ReadonlySet<string>;
}

/**
 * Reads the figures of discussions, issues or releases: reactions of all kinds are likes, and so are the upvotes of a discussion but the
 * account's own, which GitHub gives it with the discussion. Nothing can be said under a release. How often something is seen, shared or
 * clicked is told nobody.
 */
export function readGithubFigures(
  github: GithubClient,
  place: GithubPlace,
  orders: readonly ReadOrder[],
  tools: ReadTools,
): Promise<FiguresOutcome> {
  const isNumbered = ({ publishedId }: ReadOrder) => /^\d+$/.test(publishedId);
  const discussions = orders.filter((order) => !isNumbered(order));
  const readings = [
    ...inBatches(discussions, MOST_IDS).map((batch) => () => readDiscussions(github, batch)),
    ...readingsByNumber(github, place, orders.filter(isNumbered)),
  ];
  return readBatches(readings, tools, (reading) =>
    reading().catch((error) => unread(nothingDone(error, tools))),
  );
}

/** Only the configuration says whether a number is that of an issue or of a release. */
function readingsByNumber(
  github: GithubClient,
  place: GithubPlace,
  orders: readonly ReadOrder[],
): (() => Promise<FiguresOutcome>)[] {
  if (orders.length === 0) return [];
  switch (place.as) {
    case 'issue':
      return inBatches(orders, MOST_IDS).map((batch) => () => readIssues(github, place, batch));
    case 'release':
      return [() => readReleases(github, place, orders)];
    case 'discussion':
      return [async () => ({ kind: 'not allowed', reason: OTHER_PLACE })];
  }
}

const OTHER_PLACE =
  'It was published as an issue or a release, and posts go to discussions now: nobody knows which of them it was.';

async function readDiscussions(github: GithubClient, orders: readonly ReadOrder[]): Promise<FiguresOutcome> {
  const ids = orders.map(({ publishedId }) => publishedId);
  const { data, notFound } = await ask<{ readonly nodes: readonly (Discussion | null)[] }>(
    github,
    DISCUSSIONS,
    { ids },
  );
  return told(orders, (order, index): PostFigures | undefined => {
    const found = data.nodes[index];
    if (found != null) return { kind: 'figures', order, figures: ofDiscussion(found) };
    return notFound.has(`nodes/${index}`) ? { kind: 'gone', order } : undefined;
  });
}

async function readIssues(
  github: GithubClient,
  place: GithubPlace,
  orders: readonly ReadOrder[],
): Promise<FiguresOutcome> {
  const fields = orders.map(
    ({ publishedId }) =>
      `issue${publishedId}: issue(number: ${publishedId}) { reactions { totalCount } comments { totalCount } }`,
  );
  const query = `query ($owner: String!, $repo: String!) {
    repository(owner: $owner, name: $repo) { ${fields.join('\n')} }
  }`;
  const { data, notFound } = await ask<{ readonly repository: Readonly<Record<string, Issue | null>> }>(
    github,
    query,
    repositoryOf(place),
  );
  return told(orders, (order): PostFigures | undefined => {
    const name = `issue${order.publishedId}`;
    const found = data.repository[name];
    if (found != null) return { kind: 'figures', order, figures: ofIssue(found) };
    return notFound.has(`repository/${name}`) ? { kind: 'gone', order } : undefined;
  });
}

/** What GitHub has answered of each post; of one that it has failed to answer nothing is said, so that it is asked for again. */
function told(
  orders: readonly ReadOrder[],
  tell: (order: ReadOrder, index: number) => PostFigures | undefined,
): FiguresOutcome {
  const posts = orders.map(tell).filter((post) => post !== undefined);
  if (posts.length === 0)
    return { kind: 'unavailable', reason: 'GitHub has answered for none of the posts.' };
  return { kind: 'read', posts, requests: 1 };
}

/** Asks for many things at once, of which some may not be there. @throws what Octokit throws where nothing at all was answered */
async function ask<Data>(
  github: GithubClient,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answer<Data>> {
  try {
    return { data: await github.graphql<Data>(query, variables), notFound: new Set() };
  } catch (error) {
    if (!isGraphqlError(error) || Object.values(error.data ?? {}).every((field) => field === null))
      throw error;
    const notFound = error.errors.filter(({ type }) => type === 'NOT_FOUND');
    return {
      data: error.data as Data,
      notFound: new Set(notFound.map(({ path }) => (path ?? []).join('/'))),
    };
  }
}

function ofDiscussion({ upvoteCount, viewerHasUpvoted, reactions, comments }: Discussion): Figures {
  const answers = comments.nodes.reduce((sum, { replies }) => sum + replies.totalCount, 0);
  return {
    ...NO_FIGURES,
    likes: upvoteCount - (viewerHasUpvoted ? 1 : 0) + reactions.totalCount,
    comments: comments.totalCount + answers,
  };
}

function ofIssue({ reactions, comments }: Issue): Figures {
  return { ...NO_FIGURES, likes: reactions.totalCount, comments: comments.totalCount };
}
