import {
  earliestLink,
  findReadMark,
  moveReadMark,
  type ReadMark,
  recordMerged,
} from '../../database/contributions.ts';
import {
  contributionsId,
  countsFromTime,
  type MergedPullRequest,
  type RepositoryName,
  type RepositoryReading,
} from '../../domain/contributions.ts';
import { type GuildId, toGithubUserId } from '../../domain/ids.ts';
import { createGithubClient } from '../../runtime/github.ts';
import type { GithubContext } from './context.ts';
import { askGithub, type GithubRefusal, NOT_MODIFIED } from './errors.ts';

const PAGE = 100;
/** So much is read again: GitHub's lists may be behind for a moment. */
const OVERLAP_MS = 600_000;

/** What counting code contributions does on GitHub. */
export function contributionsOnGithub({ access, database, config, logger }: GithubContext) {
  return {
    /**
     * Reads the pull requests of a repository that were closed, those first that were updated last, back to where it was read
     * before, and writes down those that were merged. `now` in ms since 1970.
     */
    async readPullRequests(
      guildId: GuildId,
      repository: RepositoryName,
      now: number,
    ): Promise<RepositoryReading> {
      if (access === undefined) return { kind: 'off' };
      const em = database.em.fork();
      const from =
        countsFromTime(config.recognition.contributions) ?? (await earliestLink(em, guildId)) ?? now;
      const known = await findReadMark(em, guildId, repository);
      // A mark that does not reach back far enough is of no use: all is read again.
      const mark = known !== undefined && known.from <= from ? known : undefined;
      const backTo = mark === undefined ? from : mark.until - OVERLAP_MS;
      const list = listOf(repository, createGithubClient(access, access.token));
      let newest: Pick<ReadMark, 'until' | 'etag'> | undefined;
      let merged = 0;
      for (let page = 1; ; page += 1) {
        const result = await askGithub(() => list(page, mark?.etag));
        if ('refusal' in result) return refused(guildId, repository, result.refusal);
        const { data, headers } = result.answer;
        newest ??= {
          until: Date.parse(data[0]?.updated_at ?? '') || (mark?.until ?? from),
          etag: headers.etag,
        };
        const found = data.flatMap(toMerged);
        await recordMerged(em, guildId, found);
        merged += found.length;
        const isLast = !(headers.link ?? '').includes('rel="next"');
        if (isLast || data.some(({ updated_at }) => Date.parse(updated_at) < backTo)) break;
      }
      await moveReadMark(em, guildId, repository, { from: mark?.from ?? from, ...newest });
      return { kind: 'read', merged };
    },
  };

  function refused(
    guildId: GuildId,
    repository: RepositoryName,
    { status, reason }: GithubRefusal,
  ): RepositoryReading {
    if (status === NOT_MODIFIED) return { kind: 'unchanged' };
    logger.warn(
      { workflowId: contributionsId(guildId), repository, status },
      `${repository} could not be read on GitHub: ${reason}`,
    );
    return { kind: 'refused', reason };
  }
}

type GithubClient = ReturnType<typeof createGithubClient>;
type ListedPullRequest = Awaited<ReturnType<GithubClient['pulls']['list']>>['data'][number];

/** Gives the pages of a repository's pull requests; the first one only if its `etag` is another one by now. */
function listOf(repository: RepositoryName, github: GithubClient) {
  const [owner = '', repo = ''] = repository.split('/');
  return (page: number, etag: string | undefined) =>
    github.pulls.list({
      ...{ owner, repo, state: 'closed', sort: 'updated', direction: 'desc', per_page: PAGE, page },
      headers: page === 1 && etag !== undefined ? { 'if-none-match': etag } : {},
    });
}

/** A pull request, if it was merged and its author's account is still there. */
function toMerged({ base, number, user, merged_at }: ListedPullRequest): MergedPullRequest[] {
  if (merged_at === null || user === null) return [];
  const authorId = toGithubUserId(user.id);
  return [{ repositoryId: base.repo.id, number, authorId, mergedAt: Date.parse(merged_at) }];
}
