/** Issues and releases → GitHub's shapes. */

import type { RestEndpointMethodTypes } from '@octokit/rest';
import { pathOf } from './posts.ts';
import type { Post, Repository, User } from './state.ts';
import { type Addresses, applicationUser, simpleUser } from './views.ts';

export type IssueView = RestEndpointMethodTypes['issues']['create']['response']['data'];
export type ReleaseView = RestEndpointMethodTypes['repos']['createRelease']['response']['data'];

/** An issue, as it stands in a list and by itself. */
export function issueView(
  post: Post,
  repository: Repository,
  author: User | undefined,
  addresses: Addresses,
): IssueView {
  const repositoryUrl = `${addresses.api}/repos/${repository.fullName}`;
  const url = `${repositoryUrl}/issues/${post.number}`;
  return {
    id: post.id,
    node_id: `I_${post.id}`,
    url,
    repository_url: repositoryUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${addresses.pages}${pathOf(repository, post)}`,
    number: post.number ?? 0,
    state: 'open',
    state_reason: null,
    title: post.title,
    body: post.body,
    user: authorView(author, addresses),
    labels: post.labels.map((name) => ({ name, color: 'ededed', default: false, description: null })),
    assignee: null,
    assignees: [],
    milestone: null,
    locked: false,
    active_lock_reason: null,
    comments: 0,
    closed_at: null,
    created_at: post.createdAt,
    updated_at: post.updatedAt,
    author_association: 'MEMBER',
  };
}

/** A release, as it stands in a list and by itself. */
export function releaseView(
  post: Post,
  repository: Repository,
  author: User | undefined,
  addresses: Addresses,
): ReleaseView {
  const repositoryUrl = `${addresses.api}/repos/${repository.fullName}`;
  const url = `${repositoryUrl}/releases/${post.id}`;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${addresses.pages}${pathOf(repository, post)}`,
    id: post.id,
    node_id: `RE_${post.id}`,
    author: authorView(author, addresses),
    tag_name: post.tagName,
    target_commitish: 'main',
    name: post.title,
    draft: false,
    prerelease: false,
    created_at: post.createdAt,
    published_at: post.createdAt,
    assets: [],
    tarball_url: `${repositoryUrl}/tarball/${post.tagName}`,
    zipball_url: `${repositoryUrl}/zipball/${post.tagName}`,
    body: post.body,
  };
}

function authorView(author: User | undefined, addresses: Addresses) {
  return author === undefined ? applicationUser(addresses) : simpleUser(author, addresses);
}
