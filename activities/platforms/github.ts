/** GitHub as a platform: a discussion, an issue or a release in a repository. */

import type { GithubPlace, PlatformSettings } from '../../domain/distribution.ts';
import { createGithubClient } from '../../runtime/github.ts';
import { githubDiscussions } from './github-discussions.ts';
import { failureOf, nothingDone } from './github-failure.ts';
import { readGithubFigures } from './github-figures.ts';
import { githubIssues } from './github-issues.ts';
import { type GithubClient, type GithubText, markerOf, type PlaceOnGithub } from './github-place.ts';
import { githubReleases } from './github-releases.ts';
import type { CheckTools, ConnectPublisher, PublishOrder } from './publisher.ts';

/** GitHub's clock and ours may differ by so much. */
const CLOCKS_DIFFER_MS = 600_000;

/**
 * GitHub has no key that makes a request happen once. So each post ends with a mark that readers do not see, and what was made since
 * the first attempt is looked through for it: in the lists, since GitHub's search is minutes behind.
 */
export function connectGithub(apiUrl: string, settings: PlatformSettings['github']): ConnectPublisher {
  return ({ accessToken }) => {
    const place = ({ signal }: CheckTools) =>
      placeOn(createGithubClient({ apiUrl }, accessToken, signal), settings.place);
    return {
      platform: 'github',

      async check(tools) {
        return place(tools)
          .check()
          .catch((error) => nothingDone(error, tools));
      },

      async publish(order, tools) {
        const prepared = await place(tools)
          .prepare(textOf(order))
          .catch((error) => nothingDone(error, tools));
        if (prepared.kind !== 'ready') return prepared;
        return prepared.publish().catch((error) => failureOf(error, tools.now()));
      },

      async lookUp({ mark, firstTriedAt }, tools) {
        try {
          const found = await place(tools).find(mark, firstTriedAt - CLOCKS_DIFFER_MS);
          return found ?? { kind: 'not there' };
        } catch (error) {
          const failure = nothingDone(error, tools);
          return failure.kind === 'rejected' ? { ...failure, kind: 'cannot tell' } : failure;
        }
      },

      async edit(order, { id }, tools) {
        try {
          await place(tools).change(id, textOf(order));
          return { kind: 'edited' };
        } catch (error) {
          return nothingDone(error, tools);
        }
      },

      readFigures: (orders, tools) =>
        readGithubFigures(
          createGithubClient({ apiUrl }, accessToken, tools.signal),
          settings.place,
          orders,
          tools,
        ),
    };
  };
}

function placeOn(github: GithubClient, place: GithubPlace): PlaceOnGithub {
  switch (place.as) {
    case 'discussion':
      return githubDiscussions(github, place);
    case 'issue':
      return githubIssues(github, place);
    case 'release':
      return githubReleases(github, place);
  }
}

function textOf({ post: { title, text }, mark }: PublishOrder): GithubText {
  return { title, body: `${text}\n\n${markerOf(mark)}`, mark };
}
