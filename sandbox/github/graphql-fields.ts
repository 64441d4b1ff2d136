/** The fields of the GraphQL API: what each gives, and does. */

import { z } from 'zod';
import type { Caller } from './caller.ts';
import { figuresOf } from './figures.ts';
import { GraphqlProblem, GraphqlRefusal } from './graphql-errors.ts';
import { changePost, createPost, pathOf, postsOf } from './posts.ts';
import type { LocalGithubServices } from './services.ts';
import type { Post, Repository } from './state.ts';

type Arguments = Readonly<Record<string, unknown>>;
type Resolver = (args: Arguments) => unknown;

const LARGEST_PAGE = 100;
const MOST_IDS = 100;

const REPOSITORY = z.object({ owner: z.string(), name: z.string() });
const PAGE = z.object({
  first: z.int().min(1).max(LARGEST_PAGE),
  after: z.string().nullish(),
  orderBy: z
    .object({ field: z.enum(['CREATED_AT', 'UPDATED_AT']), direction: z.enum(['ASC', 'DESC']) })
    .default({ field: 'UPDATED_AT', direction: 'DESC' }),
});
const NODES = z.object({ ids: z.array(z.string()) });
const BY_NUMBER = z.object({ number: z.int() });
const CREATE = z.object({
  input: z.object({ repositoryId: z.string(), categoryId: z.string(), title: z.string(), body: z.string() }),
});
const UPDATE = z.object({
  input: z.object({ discussionId: z.string(), title: z.string().nullish(), body: z.string().nullish() }),
});

/** The fields with which operations begin, in the name of who asks. */
export function graphqlFields(
  services: LocalGithubServices,
  caller: Caller,
): Record<'query' | 'mutation', Readonly<Record<string, Resolver>>> {
  const { state } = services;
  return {
    query: {
      repository: (args) => {
        const { owner, name } = read(REPOSITORY, args);
        const repository = state.repository(`${owner}/${name}`);
        if (repository !== undefined) return repositoryView(repository);
        const problem = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
        throw new GraphqlRefusal('NOT_FOUND', problem);
      },
      nodes: (args) => {
        const { ids } = read(NODES, args);
        const problem = `You may not provide more than ${MOST_IDS} node ids; you provided ${ids.length}.`;
        if (ids.length > MOST_IDS) throw new GraphqlRefusal('ARGUMENT_LIMIT', problem);
        return ids.map((id) => nodeWith(id) ?? notFound(id));
      },
    },
    mutation: {
      createDiscussion: (args) => {
        const { repositoryId, categoryId, title, body } = read(CREATE, args).input;
        mayWrite(caller);
        const repository = withId(state.repositories, repositoryId, repositoryNode);
        if (!repository.hasDiscussions)
          throw new GraphqlRefusal('UNPROCESSABLE', 'Discussions are disabled for this repository.');
        const category = repository.categories.find((one) => categoryNode(repository, one) === categoryId);
        if (category === undefined) throw notFound(categoryId);
        const post = createPost(services, repository, caller, { as: 'discussion', title, body, category });
        return { discussion: discussionView(post, repository) };
      },
      updateDiscussion: (args) => {
        const { discussionId, title, body } = read(UPDATE, args).input;
        mayWrite(caller);
        const all = state.repositories.flatMap((repository) => postsOf(repository, 'discussion'));
        const post = withId(all, discussionId, discussionNode);
        changePost(services, post, { title: title ?? undefined, body: body ?? undefined });
        const repository = state.repositories.find(({ posts }) => posts.includes(post));
        return { discussion: repository && discussionView(post, repository) };
      },
    },
  };

  function repositoryView(repository: Repository): object {
    const { hasDiscussions, categories } = repository;
    const shown = hasDiscussions ? categories : [];
    return {
      id: repositoryNode(repository),
      nameWithOwner: repository.fullName,
      hasDiscussionsEnabled: hasDiscussions,
      discussionCategories: (args: Arguments) =>
        connection(
          shown.map((name) => ({ id: categoryNode(repository, name), name })),
          args,
        ),
      discussions: (args: Arguments) => connection(ordered(repository, args), args),
      issue: (args: Arguments) => {
        const wanted = read(BY_NUMBER, args).number;
        const post = postsOf(repository, 'issue').find(({ number }) => number === wanted);
        if (post !== undefined) return issueView(post);
        throw new GraphqlRefusal('NOT_FOUND', `Could not resolve to an Issue with the number of ${wanted}.`);
      },
      releases: (args: Arguments) => connection(postsOf(repository, 'release').map(releaseView), args),
    };
  }

  /** Of all that has an id in GraphQL, discussions are found by it here. */
  function nodeWith(id: string): object | undefined {
    for (const repository of state.repositories) {
      const post = postsOf(repository, 'discussion').find((one) => discussionNode(one) === id);
      if (post !== undefined) return discussionView(post, repository);
    }
    return undefined;
  }

  function ordered(repository: Repository, args: Arguments): object[] {
    const { field, direction } = read(PAGE, args).orderBy;
    const key = field === 'CREATED_AT' ? 'createdAt' : 'updatedAt';
    const found = repository.hasDiscussions ? postsOf(repository, 'discussion') : [];
    found.sort((one, other) => other[key].localeCompare(one[key]));
    if (direction === 'ASC') found.reverse();
    return found.map((post) => discussionView(post, repository));
  }

  function discussionView(post: Post, repository: Repository): object {
    const login = state.user(post.authorId)?.login;
    const { upvotes, reactions, comments, replies } = figuresOf(post, services.now());
    // All replies stand under the first comment.
    const discussed = Array.from({ length: comments }, (_, index) => ({
      replies: { totalCount: index === 0 ? replies : 0 },
    }));
    return {
      __typename: 'Discussion',
      id: discussionNode(post),
      number: post.number,
      url: `${services.addresses.pages}${pathOf(repository, post)}`,
      title: post.title,
      body: post.body,
      createdAt: post.createdAt,
      updatedAt: post.updatedAt,
      author: login === undefined ? null : { login },
      category: { id: categoryNode(repository, post.category), name: post.category },
      // Who opens a discussion upvotes it thereby.
      upvoteCount: upvotes + 1,
      viewerHasUpvoted: post.authorId === (caller.user?.id ?? null),
      reactions: { totalCount: reactions },
      comments: (args: Arguments) => connection(discussed, args),
    };
  }

  function issueView(post: Post): object {
    const { reactions, comments } = figuresOf(post, services.now());
    return {
      __typename: 'Issue',
      number: post.number,
      title: post.title,
      reactions: { totalCount: reactions },
      comments: { totalCount: comments },
    };
  }

  function releaseView(post: Post): object {
    const { reactions } = figuresOf(post, services.now());
    return {
      ...{ __typename: 'Release', databaseId: post.id, tagName: post.tagName, createdAt: post.createdAt },
      reactions: { totalCount: reactions },
    };
  }
}

/** One page of what there is, as GraphQL lists things. */
function connection(all: readonly object[], args: Arguments): object {
  const { first, after } = read(PAGE, args);
  const from = after == null ? 0 : Number(Buffer.from(after, 'base64').toString());
  if (!Number.isInteger(from)) throw new GraphqlProblem(`\`${after}\` does not appear to be a valid cursor.`);
  const nodes = all.slice(from, from + first);
  const until = from + nodes.length;
  const endCursor = nodes.length === 0 ? null : Buffer.from(String(until)).toString('base64');
  return { nodes, totalCount: all.length, pageInfo: { hasNextPage: until < all.length, endCursor } };
}

const repositoryNode = ({ id }: Repository) => `R_${id}`;
const discussionNode = ({ id }: Post) => `D_${id}`;
const categoryNode = ({ id, categories }: Repository, name: string) =>
  `DIC_${id}_${categories.indexOf(name)}`;

/** @throws GraphqlRefusal */
function withId<Thing>(things: readonly Thing[], id: string, idOf: (thing: Thing) => string): Thing {
  const found = things.find((thing) => idOf(thing) === id);
  if (found === undefined) throw notFound(id);
  return found;
}

/** @throws GraphqlRefusal */
function mayWrite(caller: Caller): void {
  if (caller.mayWrite) return;
  const problem = 'Your token has not been granted the required scopes to execute this query.';
  throw new GraphqlRefusal('INSUFFICIENT_SCOPES', problem);
}

function notFound(id: string): GraphqlRefusal {
  return new GraphqlRefusal('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
}

/** @throws GraphqlProblem */
function read<Schema extends z.ZodType>(schema: Schema, args: Arguments): z.output<Schema> {
  const parsed = schema.safeParse(args);
  if (!parsed.success) throw new GraphqlProblem(z.prettifyError(parsed.error));
  return parsed.data;
}
