import type { GithubContext } from './context.ts';
import { contributionsOnGithub } from './contributions.ts';
import { githubLinkOnGithub } from './github-link.ts';

/** Every activity that talks to GitHub. */
export function createGithubActivities(context: GithubContext) {
  return {
    ...githubLinkOnGithub(context),
    ...contributionsOnGithub(context),
  };
}

export type GithubActivities = ReturnType<typeof createGithubActivities>;
