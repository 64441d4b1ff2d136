import type { GithubPlace } from '../../domain/distribution.ts';
import { isOctokitError } from '../github/errors.ts';
import {
  type GithubClient,
  type PlaceOnGithub,
  rejected,
  repositoryOf,
  toPublished,
} from './github-place.ts';

const NOT_FOUND = 404;
const UNPROCESSABLE = 422;

/** Posts as releases. The tag has the mark in it, and GitHub makes one release a tag. */
export function githubReleases(github: GithubClient, place: GithubPlace & { as: 'release' }): PlaceOnGithub {
  const repository = repositoryOf(place);
  const tagOf = (mark: string) => `${place.tagPrefix}${mark}`;
  return {
    async check() {
      const { data } = await github.repos.get(repository);
      if (data.permissions?.push ?? true) return undefined;
      return rejected(`The account may not write in ${place.repository}, which releases need.`);
    },

    async prepare({ title, body, mark }) {
      return {
        kind: 'ready',
        async publish() {
          const release = { ...repository, tag_name: tagOf(mark), name: title, body };
          try {
            const { data } = await github.repos.createRelease(release);
            return toPublished(data.id, data.html_url);
          } catch (error) {
            if (!isTaken(error)) throw error;
            // Nobody else makes this tag: a former attempt of ours was carried out.
            return { kind: 'unknown', reason: `There is a release with the tag ${tagOf(mark)} already.` };
          }
        },
      };
    },

    async find(mark) {
      try {
        const { data } = await github.repos.getReleaseByTag({ ...repository, tag: tagOf(mark) });
        return toPublished(data.id, data.html_url);
      } catch (error) {
        if (isOctokitError(error) && error.status === NOT_FOUND) return undefined;
        throw error;
      }
    },

    async change(id, { title, body }) {
      await github.repos.updateRelease({ ...repository, release_id: Number(id), name: title, body });
    },
  };
}

function isTaken(error: unknown): boolean {
  if (!isOctokitError(error) || error.status !== UNPROCESSABLE) return false;
  const data = (error.response?.data ?? {}) as { readonly errors?: readonly { readonly code?: string }[] };
  return data.errors?.some(({ code }) => code === 'already_exists') ?? false;
}
