/** Records → GitHub's shapes. The types are those of its official description: what is missing does not compile. */

import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { PullRequest, Repository, User } from './state.ts';

export type PullRequestView = RestEndpointMethodTypes['pulls']['list']['response']['data'][number];
export type UserView = RestEndpointMethodTypes['users']['getAuthenticated']['response']['data'];
type SimpleUserView = NonNullable<PullRequestView['user']>;
type FullRepositoryView = RestEndpointMethodTypes['repos']['get']['response']['data'];
type RepositoryView = PullRequestView['base']['repo'];

/** Where the API and the pages are. */
export interface Addresses {
  /** `http://127.0.0.1:PORT/api/v3` */
  api: string;
  /** `http://127.0.0.1:PORT` */
  pages: string;
}

const LONG_AGO = '2020-01-01T00:00:00Z';

/** A user as it stands beside other things. */
export function simpleUser({ id, login }: User, { api, pages }: Addresses): SimpleUserView {
  const url = `${api}/users/${login}`;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${pages}/avatars/${id}`,
    gravatar_id: '',
    url,
    html_url: `${pages}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'User',
    site_admin: false,
  };
}

/** The application to which the token of the service belongs, as the author of something. */
export function applicationUser(addresses: Addresses): SimpleUserView {
  return { ...simpleUser({ id: 1_000, login: 'local-github[bot]' }, addresses), type: 'Bot' };
}

/** What `GET /user` answers with a token that may see nothing but what is public. */
export function publicUser(user: User, addresses: Addresses): UserView {
  return {
    ...simpleUser(user, addresses),
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
  };
}

/** A pull request as it stands in a list. */
export function pullRequest(
  pull: PullRequest,
  repository: Repository,
  author: User | undefined,
  addresses: Addresses,
): PullRequestView {
  const repo = repositoryView(repository, addresses);
  const url = `${repo.url}/pulls/${pull.number}`;
  const issueUrl = `${repo.url}/issues/${pull.number}`;
  const htmlUrl = `${repo.html_url}/pull/${pull.number}`;
  const sha = String(pull.number).padStart(40, '0');
  const urls = {
    commits: `${url}/commits`,
    review_comments: `${url}/comments`,
    review_comment: `${repo.url}/pulls/comments{/number}`,
    comments: `${issueUrl}/comments`,
    statuses: `${repo.url}/statuses/${sha}`,
  };
  const user = author === undefined ? null : simpleUser(author, addresses);
  return {
    url,
    id: repository.id * 100_000 + pull.number,
    node_id: `PR_${repository.id}_${pull.number}`,
    html_url: htmlUrl,
    diff_url: `${htmlUrl}.diff`,
    patch_url: `${htmlUrl}.patch`,
    issue_url: issueUrl,
    commits_url: urls.commits,
    review_comments_url: urls.review_comments,
    review_comment_url: urls.review_comment,
    comments_url: urls.comments,
    statuses_url: urls.statuses,
    number: pull.number,
    state: pull.closedAt === null ? 'open' : 'closed',
    locked: false,
    title: pull.title,
    user,
    body: null,
    labels: [],
    milestone: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergedAt === null ? null : sha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    draft: false,
    head: {
      label: `${user?.login ?? 'unknown'}:change-${pull.number}`,
      ref: `change-${pull.number}`,
      repo,
      sha,
      user,
    },
    base: { label: `${repo.owner.login}:main`, ref: 'main', repo, sha, user: repo.owner },
    _links: {
      self: { href: url },
      html: { href: htmlUrl },
      issue: { href: issueUrl },
      comments: { href: urls.comments },
      review_comments: { href: urls.review_comments },
      review_comment: { href: urls.review_comment },
      commits: { href: urls.commits },
      statuses: { href: urls.statuses },
    },
    author_association: 'CONTRIBUTOR',
    auto_merge: null,
  };
}

/** A repository by itself, and what the one who asks may do there. */
export function fullRepository(
  repository: Repository,
  mayWrite: boolean,
  addresses: Addresses,
): FullRepositoryView {
  return {
    ...repositoryView(repository, addresses),
    permissions: { admin: false, maintain: false, push: mayWrite, triage: mayWrite, pull: true },
    network_count: 0,
    subscribers_count: 0,
  };
}

function repositoryView(
  { id, fullName, pulls, hasIssues, hasDiscussions }: Repository,
  addresses: Addresses,
) {
  const [ownerLogin = '', name = ''] = fullName.split('/');
  const url = `${addresses.api}/repos/${fullName}`;
  const htmlUrl = `${addresses.pages}/${fullName}`;
  const open = pulls.filter(({ closedAt }) => closedAt === null).length;
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: fullName,
    // An owner is an account of its own, which nobody here logs in with.
    owner: { ...simpleUser({ id: id + 1_000_000, login: ownerLogin }, addresses), type: 'Organization' },
    private: false,
    html_url: htmlUrl,
    description: null,
    fork: false,
    url,
    ...repositoryUrls(url),
    git_url: `git:${htmlUrl.replace(/^http:/, '')}.git`,
    ssh_url: `git@localhost:${fullName}.git`,
    clone_url: `${htmlUrl}.git`,
    svn_url: htmlUrl,
    mirror_url: null,
    homepage: null,
    language: 'C#',
    license: null,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 0,
    default_branch: 'main',
    open_issues: open,
    open_issues_count: open,
    has_issues: hasIssues,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: hasDiscussions,
    has_downloads: false,
    archived: false,
    disabled: false,
    pushed_at: LONG_AGO,
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
  } satisfies RepositoryView;
}

/** Where the parts of a repository are, whose address is `url`. Nothing answers there. */
function repositoryUrls(url: string) {
  return {
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
  };
}
