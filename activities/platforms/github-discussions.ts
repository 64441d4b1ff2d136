import type { GithubPlace } from '../../domain/distribution.ts';
import type { Rejected } from '../../domain/platforms.ts';
import {
  type GithubClient,
  markerOf,
  type PlaceOnGithub,
  rejected,
  repositoryOf,
  toPublished,
} from './github-place.ts';

/** A repository's categories: GitHub allows 25. */
const CATEGORIES = `query ($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    id
    hasDiscussionsEnabled
    discussionCategories(first: 25) { nodes { id name } }
  }
}`;

const CREATE = `mutation ($repositoryId: ID!, $categoryId: ID!, $title: String!, $body: String!) {
  createDiscussion(input: { repositoryId: $repositoryId, categoryId: $categoryId, title: $title, body: $body }) {
    discussion { id url }
  }
}`;

const LATEST = `query ($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    discussions(first: 50, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { id url body createdAt }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const UPDATE = `mutation ($id: ID!, $title: String!, $body: String!) {
  updateDiscussion(input: { discussionId: $id, title: $title, body: $body }) { discussion { id } }
}`;

interface Categories {
  readonly repository: {
    readonly id: string;
    readonly hasDiscussionsEnabled: boolean;
    readonly discussionCategories: {
      readonly nodes: readonly { readonly id: string; readonly name: string }[];
    };
  };
}

/** Where discussions are made, as GraphQL names it. */
interface Category {
  readonly kind: 'category';
  readonly repositoryId: string;
  readonly categoryId: string;
}

interface Discussion {
  readonly id: string;
  readonly url: string;
}

interface Latest {
  readonly repository: {
    readonly discussions: {
      readonly nodes: readonly (Discussion & { readonly body: string; readonly createdAt: string })[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** Posts as discussions in a category. There is no REST API for them. */
export function githubDiscussions(
  github: GithubClient,
  place: GithubPlace & { as: 'discussion' },
): PlaceOnGithub {
  const repository = repositoryOf(place);
  return {
    async check() {
      const category = await readCategory();
      return category.kind === 'rejected' ? category : undefined;
    },

    async prepare({ title, body }) {
      const category = await readCategory();
      if (category.kind === 'rejected') return category;
      const { repositoryId, categoryId } = category;
      return {
        kind: 'ready',
        async publish() {
          const { createDiscussion } = await github.graphql<{
            readonly createDiscussion: { readonly discussion: Discussion };
          }>(CREATE, { repositoryId, categoryId, title, body });
          return toPublished(createDiscussion.discussion.id, createDiscussion.discussion.url);
        },
      };
    },

    async find(mark, since) {
      for (let after: string | null = null; ; ) {
        const latest: Latest = await github.graphql<Latest>(LATEST, { ...repository, after });
        const { nodes, pageInfo } = latest.repository.discussions;
        const found = nodes.find(({ body }) => body.includes(markerOf(mark)));
        if (found !== undefined) return toPublished(found.id, found.url);
        const isOlder = nodes.some(({ createdAt }) => Date.parse(createdAt) < since);
        if (isOlder || !pageInfo.hasNextPage) return undefined;
        after = pageInfo.endCursor;
      }
    },

    async change(id, { title, body }) {
      await github.graphql(UPDATE, { id, title, body });
    },
  };

  async function readCategory(): Promise<Rejected | Category> {
    const { id, hasDiscussionsEnabled, discussionCategories } = (
      await github.graphql<Categories>(CATEGORIES, repository)
    ).repository;
    const category = discussionCategories.nodes.find(({ name }) => name === place.category);
    if (!hasDiscussionsEnabled) return rejected(`Discussions are switched off in ${place.repository}.`);
    if (category !== undefined) return { kind: 'category', repositoryId: id, categoryId: category.id };
    const names = discussionCategories.nodes.map(({ name }) => name).join(', ');
    return rejected(`${place.repository} has no category "${place.category}", but: ${names}.`);
  }
}
