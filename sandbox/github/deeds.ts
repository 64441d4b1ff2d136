/** What people do on the local GitHub: on its pages, and by the control API. */

import type { LocalGithubServices } from './services.ts';
import {
  emptyRepository,
  nextNumber,
  type Post,
  type PostFigures,
  type PullRequest,
  type Repository,
  type User,
} from './state.ts';
import { toTime } from './time.ts';

/** Something cannot be done, with a sentence for the one who tried. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible';
}

export type Decision = 'approve' | 'deny';

/** The deeds, each of which is kept when it is done. */
export class Deeds {
  readonly #services: LocalGithubServices;

  constructor(services: LocalGithubServices) {
    this.#services = services;
  }

  createUser(login: string): User {
    if (this.#state.user(login) !== undefined) throw new NotPossible(`There is a user ${login} already.`);
    return this.#kept(this.#state.addUser(login));
  }

  createRepository(fullName: string): Repository {
    if (!/^[\w.-]+\/[\w.-]+$/.test(fullName)) throw new NotPossible(`${fullName} is not owner/name.`);
    if (this.#state.repository(fullName) !== undefined)
      throw new NotPossible(`There is a repository ${fullName} already.`);
    const repository = emptyRepository(this.#state.newId(), fullName);
    this.#state.repositories.push(repository);
    return this.#kept(repository);
  }

  deleteRepository(fullName: string): void {
    const { repositories } = this.#state;
    repositories.splice(repositories.indexOf(this.#repository(fullName)), 1);
    this.#state.save();
  }

  /** @param author a login; null for an account that is gone */
  openPull(fullName: string, author: string | null, title: string, at = this.#services.now()): PullRequest {
    const repository = this.#repository(fullName);
    const time = toTime(at);
    const pull = {
      number: nextNumber(repository),
      title,
      authorId: author === null ? null : this.#user(author).id,
      createdAt: time,
      updatedAt: time,
      closedAt: null,
      mergedAt: null,
    };
    repository.pulls.push(pull);
    return this.#kept(pull);
  }

  mergePull(fullName: string, number: number, at = this.#services.now()): PullRequest {
    const pull = this.closePull(fullName, number, at);
    pull.mergedAt = pull.closedAt;
    return this.#kept(pull);
  }

  closePull(fullName: string, number: number, at = this.#services.now()): PullRequest {
    const pull = this.#pull(fullName, number);
    if (pull.closedAt !== null) throw new NotPossible(`#${number} is closed already.`);
    return this.#kept(Object.assign(pull, { closedAt: toTime(at), updatedAt: toTime(at) }));
  }

  /** Somebody comments on it, or does something else that changes nothing but when it was updated. */
  touchPull(fullName: string, number: number, at = this.#services.now()): PullRequest {
    return this.#kept(Object.assign(this.#pull(fullName, number), { updatedAt: toTime(at) }));
  }

  /** Somebody enters a code, logged in as `login`, and approves or denies. */
  decide(userCode: string, login: string, decision: Decision): void {
    const flow = this.#state.flows.find((one) => one.userCode === userCode.trim().toUpperCase());
    if (flow === undefined || flow.expiresAt <= this.#services.now() || flow.decision !== 'pending')
      throw new NotPossible('This code is not valid, or was used already. Ask for a new one.');
    flow.decision = decision === 'deny' ? 'denied' : { userId: this.#user(login).id };
    this.#state.save();
  }

  /** Lets time run out for a code. */
  expire(userCode: string): void {
    for (const flow of this.#state.flows)
      if (flow.userCode === userCode) flow.expiresAt = this.#services.now();
    this.#state.save();
  }

  /** Takes back every token that the device flow gave. */
  revokeTokens(): void {
    for (const token of Object.keys(this.#state.tokens)) {
      delete this.#state.tokens[token];
      delete this.#state.scopes[token];
    }
    this.#state.save();
  }

  /** Switches issues and discussions of a repository on or off. What is left out stays. */
  switchFeatures(
    fullName: string,
    features: { issues?: boolean | undefined; discussions?: boolean | undefined },
  ): void {
    const repository = this.#repository(fullName);
    repository.hasIssues = features.issues ?? repository.hasIssues;
    repository.hasDiscussions = features.discussions ?? repository.hasDiscussions;
    this.#state.save();
  }

  /** Deletes what was published. */
  deletePost(id: number): void {
    const post = this.#post(id);
    for (const { posts } of this.#state.repositories)
      if (posts.includes(post)) posts.splice(posts.indexOf(post), 1);
    this.#state.save();
  }

  /** Says what people have done with something published. What is left out stays. */
  setFigures(id: number, figures: Partial<PostFigures>): void {
    const post = this.#post(id);
    post.figures = { ...post.figures, ...figures };
    this.#state.save();
  }

  get #state() {
    return this.#services.state;
  }

  #kept<Result>(result: Result): Result {
    this.#state.save();
    return result;
  }

  #user(login: string): User {
    const user = this.#state.user(login);
    if (user === undefined) throw new NotPossible(`There is no user ${login}.`);
    return user;
  }

  #repository(fullName: string): Repository {
    const repository = this.#state.repository(fullName);
    if (repository === undefined) throw new NotPossible(`There is no repository ${fullName}.`);
    return repository;
  }

  #post(id: number): Post {
    const post = this.#state.repositories.flatMap(({ posts }) => posts).find((one) => one.id === id);
    if (post === undefined) throw new NotPossible(`There is no post ${id}.`);
    return post;
  }

  #pull(fullName: string, number: number): PullRequest {
    const pull = this.#repository(fullName).pulls.find((one) => one.number === number);
    if (pull === undefined) throw new NotPossible(`${fullName} has no pull request #${number}.`);
    return pull;
  }
}
