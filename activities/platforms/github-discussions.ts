import type { GithubPlace } from '../../domain/distribution.ts';
import type { Rejected } from '../../domain/platforms.ts';
import {
  type GithubClient,
  markerOf,
  type PlaceOnGithub,
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
    async prepare({ title, body }) {
      const found = (await github.graphql<Categories>(CATEGORIES, repository)).repository;
      const names = found.discussionCategories.nodes.map(({ name }) => name);
      const category = found.discussionCategories.nodes.find(({ name }) => name === place.category);
      if (!found.hasDiscussionsEnabled)
        return rejected(`Discussions are switched off in ${place.repository}.`);
      if (category === undefined)
        return rejected(`${place.repository} has no category "${place.category}", but: ${names.join(', ')}.`);
      const variables = { repositoryId: found.id, categoryId: category.id, title, body };
      return {
        kind: 'ready',
        async publish() {
          const { createDiscussion } = await github.graphql<{
            readonly createDiscussion: { readonly discussion: Discussion };
          }>(CREATE, variables);
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
}

function rejected(reason: string): Rejected {
  return { kind: 'rejected', reason };
}
