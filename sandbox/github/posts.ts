/** Publishing in a repository, by which API ever: discussions, issues and releases. */

import { NotValid } from './answers.ts';
import type { Caller } from './caller.ts';
import type { LocalGithubServices } from './services.ts';
import { nextNumber, type Post, type Repository } from './state.ts';
import { toTime } from './time.ts';

const LONGEST_TITLE = 256;
const LONGEST_BODY = 65_536;
const LONGEST_RELEASE = 125_000;

/** How GitHub calls each kind in its errors, and the field with its title. */
const RESOURCES = {
  discussion: { resource: 'Discussion', title: 'title' },
  issue: { resource: 'Issue', title: 'title' },
  release: { resource: 'Release', title: 'name' },
} as const;

/** What somebody wants to publish. */
export interface Draft {
  readonly as: Post['as'];
  readonly title: string;
  readonly body: string;
  readonly category?: string;
  readonly labels?: string[];
  readonly tagName?: string;
}

/** @throws NotValid */
export function createPost(
  { state, now }: LocalGithubServices,
  repository: Repository,
  { user }: Caller,
  draft: Draft,
): Post {
  checkWords(draft);
  if (draft.as === 'release') checkTag(draft.tagName ?? '', repository);
  const time = toTime(now());
  const post: Post = {
    ...{ as: draft.as, title: draft.title, body: draft.body },
    id: state.newId(),
    number: draft.as === 'release' ? null : nextNumber(repository),
    authorId: user?.id ?? null,
    createdAt: time,
    updatedAt: time,
    edits: 0,
    category: draft.category ?? '',
    labels: draft.labels ?? [],
    tagName: draft.tagName ?? '',
  };
  repository.posts.push(post);
  state.save();
  return post;
}

/** Changes title and body; what is left out stays. @throws NotValid */
export function changePost(
  { state, now }: LocalGithubServices,
  post: Post,
  change: { readonly title?: string | undefined; readonly body?: string | undefined },
): Post {
  const { title = post.title, body = post.body } = change;
  checkWords({ as: post.as, title, body });
  Object.assign(post, { title, body, updatedAt: toTime(now()), edits: post.edits + 1 });
  state.save();
  return post;
}

/** The posts of one kind, the newest first. */
export function postsOf({ posts }: Repository, as: Post['as']): Post[] {
  return posts.filter((post) => post.as === as).reverse();
}

/** Where people read it. */
export function pathOf({ fullName }: Repository, { as, number, tagName }: Post): string {
  const place = as === 'release' ? `releases/tag/${encodeURIComponent(tagName)}` : `${as}s/${number}`;
  return `/${fullName}/${place}`;
}

function checkWords({ as, title, body }: Pick<Draft, 'as' | 'title' | 'body'>): void {
  const { resource, title: field } = RESOURCES[as];
  if (title.trim() === '' && as !== 'release')
    throw new NotValid({ resource, field, code: 'missing_field', message: "Title can't be blank" });
  if (title.length > LONGEST_TITLE) throw tooLong(resource, field, LONGEST_TITLE);
  const longest = as === 'release' ? LONGEST_RELEASE : LONGEST_BODY;
  if (body.length > longest) throw tooLong(resource, 'body', longest);
  if (as === 'discussion' && body.trim() === '')
    throw new NotValid({ resource, field: 'body', code: 'missing_field', message: "Body can't be blank" });
}

function checkTag(tagName: string, { posts }: Repository): void {
  const error = { resource: 'Release', field: 'tag_name' } as const;
  if (tagName === '') throw new NotValid({ ...error, code: 'missing_field' });
  if (/[\s~^:?*[\\]|\.\.|^[./-]|[./]$/.test(tagName))
    throw new NotValid({ ...error, code: 'custom', message: 'tag_name is not a valid tag' });
  if (posts.some((post) => post.as === 'release' && post.tagName === tagName))
    throw new NotValid({ ...error, code: 'already_exists' });
}

function tooLong(resource: string, field: string, most: number): NotValid {
  const message = `${field} is too long (maximum is ${most} characters)`;
  return new NotValid({ resource, field, code: 'custom', message });
}
