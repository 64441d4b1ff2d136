/** Code contributions: merged pull requests of members who have linked their GitHub account. */

import type { Duration } from './duration.ts';
import type { LinkSettings } from './github-link.ts';
import type { GithubUserId, GuildId } from './ids.ts';

/** A repository on GitHub: `owner/name`. */
export type RepositoryName = `${string}/${string}`;

/** The configuration's section `recognition.contributions`. */
export interface ContributionSettings {
  /** How often the repositories are read. */
  readonly every: Duration;
  readonly repositories: readonly RepositoryName[];
  /**
   * A day (`2026-01-31`, UTC): what was merged from then on counts, whenever its author links. Without it, only what is
   * merged after the author has linked.
   */
  readonly countsFrom?: string | undefined;
  readonly linking: LinkSettings;
}

/** A pull request that was merged. */
export interface MergedPullRequest {
  /** The number by which GitHub knows the repository, whatever it is called at the moment. */
  readonly repositoryId: number;
  readonly number: number;
  readonly authorId: GithubUserId;
  /** In ms since 1970. */
  readonly mergedAt: number;
}

/** What became of reading a repository. */
export type RepositoryReading =
  | { readonly kind: 'read'; readonly merged: number }
  /** Nothing has changed since it was read last. */
  | { readonly kind: 'unchanged' }
  /** GitHub does not let us read it: this is why, and what to do. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** GitHub is not set up. */
  | { readonly kind: 'off' };

/** What makes the points of a pull request, and only that. */
export function contributionCause(pull: Pick<MergedPullRequest, 'repositoryId' | 'number'>): string {
  return `pull-request/${pull.repositoryId}/${pull.number}`;
}

/** The id of the schedule that has the repositories read, and what the ids of its workflows begin with. */
export function contributionsId(guildId: GuildId): string {
  return `contributions/${guildId}`;
}

/** From when on what was merged counts whenever its author links, in ms since 1970; undefined if there is no such day. */
export function countsFromTime({ countsFrom }: Pick<ContributionSettings, 'countsFrom'>): number | undefined {
  return countsFrom === undefined ? undefined : Date.parse(countsFrom);
}
