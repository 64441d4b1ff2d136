import type { GithubPlace } from '../../domain/distribution.ts';
import {
  type GithubClient,
  markerOf,
  type PlaceOnGithub,
  rejected,
  repositoryOf,
  toPublished,
} from './github-place.ts';

const PAGE = 100;

/** Posts as issues. Their id is their number. */
export function githubIssues(github: GithubClient, place: GithubPlace & { as: 'issue' }): PlaceOnGithub {
  const repository = repositoryOf(place);
  return {
    async check() {
      const { data } = await github.repos.get(repository);
      return data.has_issues ? undefined : rejected(`Issues are switched off in ${place.repository}.`);
    },

    async prepare({ title, body }) {
      const labels = [...place.labels];
      return {
        kind: 'ready',
        async publish() {
          const { data } = await github.issues.create({ ...repository, title, body, labels });
          return toPublished(data.number, data.html_url);
        },
      };
    },

    async find(mark, since) {
      const pages = github.paginate.iterator(github.issues.listForRepo, {
        ...{ ...repository, state: 'all', sort: 'created', direction: 'desc', per_page: PAGE },
        since: new Date(since).toISOString(),
      });
      for await (const { data } of pages) {
        const found = data.find(({ body }) => body?.includes(markerOf(mark)));
        if (found !== undefined) return toPublished(found.number, found.html_url);
      }
      return undefined;
    },

    async change(id, { title, body }) {
      await github.issues.update({ ...repository, issue_number: Number(id), title, body });
    },
  };
}
