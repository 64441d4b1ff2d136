/** Where on GitHub a post goes: to the discussions, issues or releases of a repository. */

import type { GithubPlace } from '../../domain/distribution.ts';
import {
  type PlatformPostId,
  type Published,
  type Rejected,
  toPlatformPostId,
  type Unknown,
} from '../../domain/platforms.ts';
import type { createGithubClient } from '../../runtime/github.ts';

export type GithubClient = ReturnType<typeof createGithubClient>;

/** What is written there. */
export interface GithubText {
  readonly title: string;
  /** With the mark at its end. */
  readonly body: string;
  readonly mark: string;
}

/** What can be done in such a place. Each throws what Octokit throws. */
export interface PlaceOnGithub {
  /** Looks whether the place is there, before anything is published anywhere. Undefined: it is. */
  check(): Promise<Rejected | undefined>;
  /** Reads what has to be known, so that publishing itself is one request. */
  prepare(text: GithubText): Promise<Rejected | Ready>;
  /** Looks for `mark` among what was made since `since` (ms since 1970). */
  find(mark: string, since: number): Promise<Published | undefined>;
  change(id: PlatformPostId, text: GithubText): Promise<void>;
}

/** All is known: `publish` publishes. */
export interface Ready {
  readonly kind: 'ready';
  publish(): Promise<Published | Unknown>;
}

/** The end of a body by which it is found again. Readers do not see it. */
export function markerOf(mark: string): string {
  return `<!-- tixl-post:${mark} -->`;
}

/** @throws Error if GitHub's answer was cut off, so that nobody knows where it is */
export function toPublished(id: unknown, url: unknown): Published {
  if (url === undefined || id === undefined) throw new Error('GitHub did not say where it is');
  return { kind: 'published', id: toPlatformPostId(String(id)), url: String(url) };
}

export function rejected(reason: string): Rejected {
  return { kind: 'rejected', reason };
}

/** Owner and name, as Octokit takes them. */
export function repositoryOf({ repository }: GithubPlace): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}
