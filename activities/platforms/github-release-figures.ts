/** The figures of releases on GitHub. */

import type { GithubPlace } from '../../domain/distribution.ts';
import {
  type FiguresOutcome,
  NO_FIGURES,
  type PostFigures,
  type ReadOrder,
} from '../../domain/engagement.ts';
import { type GithubClient, repositoryOf } from './github-place.ts';

/** GraphQL finds releases by their tags alone, and what is known of a post is the id that the REST API gives. */
const RELEASES = `query ($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    releases(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { databaseId reactions { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Release {
  readonly databaseId: number;
  readonly reactions: { readonly totalCount: number };
}

interface Releases {
  readonly repository: {
    readonly releases: {
      readonly nodes: readonly Release[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/**
 * Goes through the repository's releases, the latest first, a hundred a request, until it has met all that are asked for. Those that
 * are not among them are gone.
 *
 * @throws what Octokit throws
 */
export async function readReleases(
  github: GithubClient,
  place: GithubPlace,
  orders: readonly ReadOrder[],
): Promise<FiguresOutcome> {
  const wanted = new Map(orders.map((order) => [String(order.publishedId), order]));
  const posts: PostFigures[] = [];
  let requests = 0;
  for await (const releases of pagesOf(github, place)) {
    requests += 1;
    for (const { databaseId, reactions } of releases) {
      const order = wanted.get(String(databaseId));
      if (order === undefined) continue;
      wanted.delete(order.publishedId);
      posts.push({ kind: 'figures', order, figures: { ...NO_FIGURES, likes: reactions.totalCount } });
    }
    if (wanted.size === 0) break;
  }
  const gone = [...wanted.values()].map((order) => ({ kind: 'gone', order }) as const);
  return { kind: 'read', posts: [...posts, ...gone], requests };
}

async function* pagesOf(github: GithubClient, place: GithubPlace): AsyncGenerator<readonly Release[]> {
  for (let after: string | null = null; ; ) {
    const page: Releases = await github.graphql<Releases>(RELEASES, { ...repositoryOf(place), after });
    const { nodes, pageInfo } = page.repository.releases;
    yield nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}
