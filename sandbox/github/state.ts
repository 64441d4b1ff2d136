/** What there is on the local GitHub, kept in a file when asked for. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';

export interface User {
  id: number;
  login: string;
}

/** Times are ISO 8601 without fractions of a second, as GitHub gives them. */
export interface PullRequest {
  number: number;
  title: string;
  /** Null: the account is gone. */
  authorId: number | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
}

/** What people have done with something published: by themselves, without its author. */
export interface PostFigures {
  /** Of a discussion. */
  upvotes: number;
  reactions: number;
  /** Of a discussion or an issue. */
  comments: number;
  /** Answers to the comments of a discussion. */
  replies: number;
}

/** What was published in a repository. Its body is Markdown, as it was sent. */
export interface Post {
  as: 'discussion' | 'issue' | 'release';
  id: number;
  /** Of a discussion or an issue, which pull requests count with them; null: a release. */
  number: number | null;
  title: string;
  body: string;
  /** Null: the application to which `services.token` belongs. */
  authorId: number | null;
  createdAt: string;
  updatedAt: string;
  /** How often it was changed. */
  edits: number;
  /** Of a discussion: the name of its category. */
  category: string;
  /** Of an issue. */
  labels: string[];
  /** Of a release. */
  tagName: string;
  /** As far as somebody has set them; `figures.ts` has the rest. */
  figures?: Partial<PostFigures>;
}

export interface Repository {
  id: number;
  /** `owner/name` */
  fullName: string;
  pulls: PullRequest[];
  posts: Post[];
  /** Of its discussions. */
  categories: string[];
  hasIssues: boolean;
  hasDiscussions: boolean;
}

/** A repository in which nothing has happened. */
export function emptyRepository(id: number, fullName: string): Repository {
  const categories = ['Announcements', 'General', 'Ideas', 'Q&A', 'Show and tell'];
  return { id, fullName, pulls: [], posts: [], categories, hasIssues: true, hasDiscussions: true };
}

/** The number of the next pull request, issue or discussion: one sequence for all of them. */
export function nextNumber({ pulls, posts }: Repository): number {
  return Math.max(0, ...pulls.map(({ number }) => number), ...posts.map(({ number }) => number ?? 0)) + 1;
}

/** Somebody was asked for their account: what has become of it. */
export interface DeviceFlow {
  deviceCode: string;
  userCode: string;
  /** Seconds that have to pass between two requests for the token. */
  interval: number;
  /** In ms since 1970, as all times in this record. */
  expiresAt: number;
  lastAskedAt: number | null;
  /** What the program wants to do in that name, as it has asked; separated by blanks. */
  scope: string;
  decision: 'pending' | 'denied' | { userId: number };
}

/** All of it, as it stands in the file. */
interface Contents {
  users: User[];
  repositories: Repository[];
  flows: DeviceFlow[];
  /** Whose account each token opens. */
  tokens: Record<string, number>;
  /** What each of them may do beside reading what is public. */
  scopes: Record<string, string>;
  nextId: number;
}

/** Who is there at the first start, and what they have done. */
function firstContents(): Contents {
  return {
    users: ['octavia', 'mona', 'hubert'].map((login, index) => ({ id: 1_001 + index, login })),
    repositories: [emptyRepository(2_001, 'tixl3d/tixl')],
    flows: [],
    tokens: {},
    scopes: {},
    nextId: 10_001,
  };
}

export class GithubState {
  readonly #file: string | undefined;
  readonly #contents: Contents;

  /** @param file where it is kept; in memory alone when absent */
  constructor(file: string | undefined) {
    this.#file = file;
    this.#contents = (file !== undefined && readContents(file)) || firstContents();
  }

  get users(): readonly User[] {
    return this.#contents.users;
  }

  get repositories(): Repository[] {
    return this.#contents.repositories;
  }

  get flows(): DeviceFlow[] {
    return this.#contents.flows;
  }

  get tokens(): Record<string, number> {
    return this.#contents.tokens;
  }

  get scopes(): Record<string, string> {
    return this.#contents.scopes;
  }

  /** An id that nothing else has. */
  newId(): number {
    return this.#contents.nextId++;
  }

  addUser(login: string): User {
    const user = { id: this.newId(), login };
    this.#contents.users.push(user);
    return user;
  }

  /** The user with this id or login, whose case does not matter. */
  user(which: number | string | null): User | undefined {
    return this.users.find(({ id, login }) =>
      typeof which === 'string' ? login.toLowerCase() === which.toLowerCase() : id === which,
    );
  }

  /** The repository with this name, whose case does not matter. */
  repository(fullName: string): Repository | undefined {
    return this.repositories.find((one) => one.fullName.toLowerCase() === fullName.toLowerCase());
  }

  /** Writes what has changed. */
  save(): void {
    if (this.#file === undefined) return;
    // Renamed when it is whole: whoever is killed in between leaves the former one.
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#contents));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function readContents(file: string): Contents | undefined {
  try {
    return withWhatIsNew(JSON.parse(readFileSync(file, 'utf8')) as Contents);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} is no state of the local GitHub: ${(error as Error).message}`);
  }
}

/** A file that was written before there were posts. */
function withWhatIsNew(contents: Contents): Contents {
  const repositories = contents.repositories.map((one) => ({
    ...emptyRepository(one.id, one.fullName),
    ...one,
  }));
  return { ...contents, repositories, scopes: contents.scopes ?? {} };
}
