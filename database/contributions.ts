import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type ContributionSettings,
  contributionCause,
  countsFromTime,
  type MergedPullRequest,
  type RepositoryName,
} from '../domain/contributions.ts';
import type { GuildId, MemberId } from '../domain/ids.ts';
import { ACTION } from '../domain/recognition.ts';
import { GithubRepository } from './entities/github-repository.ts';
import { award, type Ledger } from './points.ts';
import { inMs } from './sql.ts';

/** How far a repository was read. Times in ms since 1970, by GitHub's clock. */
export interface ReadMark {
  readonly from: number;
  readonly until: number;
  /** Of the first page, if GitHub gave one. */
  readonly etag: string | undefined;
}

/** How far a repository was read; undefined if it never was. */
export async function findReadMark(
  em: EntityManager,
  guildId: GuildId,
  repository: RepositoryName,
): Promise<ReadMark | undefined> {
  const known = await em.fork().findOne(GithubRepository, { guildId, name: repository.toLowerCase() });
  if (known === null) return undefined;
  const { readFrom, readUntil, etag } = known;
  return { from: readFrom.getTime(), until: readUntil.getTime(), etag: etag ?? undefined };
}

/** Writes down how far a repository was read: when everything that was found is written, and not before. */
export async function moveReadMark(
  em: EntityManager,
  guildId: GuildId,
  repository: RepositoryName,
  { from, until, etag }: ReadMark,
): Promise<void> {
  await em.execute(
    `insert into github_repositories (guild_id, name, read_from, read_until, etag) values (?, ?, ?, ?, ?)
     on conflict (guild_id, name) do update
       set read_from = excluded.read_from, read_until = excluded.read_until, etag = excluded.etag`,
    [guildId, repository.toLowerCase(), new Date(from), new Date(until), etag ?? null],
  );
}

/** Since when the first of the present links is there, in ms since 1970; undefined if there is none. */
export async function earliestLink(em: EntityManager, guildId: GuildId): Promise<number | undefined> {
  const [row]: { since: number | null }[] = await em.execute(
    `select ${inMs('min(since)', 'since')} from github_links where guild_id = ?`,
    [guildId],
  );
  return row?.since ?? undefined;
}

/** Writes down pull requests, whoever made them: those who did may link their account later. Doing it again changes nothing. */
export async function recordMerged(
  em: EntityManager,
  guildId: GuildId,
  pulls: readonly MergedPullRequest[],
): Promise<void> {
  const rows = pulls.map(({ repositoryId, number, authorId, mergedAt }) => ({
    repository_id: repositoryId,
    number,
    author_id: authorId,
    merged_at: new Date(mergedAt).toISOString(),
  }));
  await em.execute(
    `insert into pull_requests (guild_id, repository_id, number, author_id, merged_at)
     select ?, repository_id, number, author_id, merged_at
     from jsonb_to_recordset(?::jsonb)
       as merged (repository_id bigint, number integer, author_id text, merged_at timestamptz)
     on conflict do nothing`,
    [guildId, JSON.stringify(rows)],
  );
}

interface DueRow {
  readonly repository_id: string;
  readonly number: number;
  readonly member_id: MemberId;
  readonly merged_at: number;
}

/**
 * Awards every pull request that counts and was not awarded, to the member who has linked its author's account and has not
 * left. GitHub says to the second when something was merged. Gives how many that were.
 */
export async function awardContributions(
  em: EntityManager,
  ledger: Ledger,
  settings: Pick<ContributionSettings, 'countsFrom'>,
): Promise<number> {
  const { guildId } = ledger;
  const countsFrom = countsFromTime(settings);
  return em.fork().transactional(async (transaction) => {
    const due: DueRow[] = await transaction.execute(
      `select pull.repository_id, pull.number, link.member_id, ${inMs('pull.merged_at', 'merged_at')}
       from pull_requests pull
       join github_links link on link.guild_id = pull.guild_id and link.github_user_id = pull.author_id
       left join points_ledger entry on entry.guild_id = pull.guild_id
         and entry.cause = 'pull-request/' || pull.repository_id || '/' || pull.number
       where pull.guild_id = ? and entry.id is null and pull.merged_at >= least(date_trunc('second', link.since), ?::timestamptz)
         and not coalesce((
           select bool_and(stay.left_at is not null) from member_stays stay
           where stay.guild_id = link.guild_id and stay.member_id = link.member_id), false)
       order by pull.merged_at`,
      [guildId, countsFrom === undefined ? null : new Date(countsFrom)],
    );
    const awards = due.map((row) => ({
      guildId,
      memberId: row.member_id,
      action: ACTION.codeContribution,
      cause: contributionCause({ repositoryId: Number(row.repository_id), number: row.number }),
      at: row.merged_at,
    }));
    return (await award(transaction, ledger, awards)).length;
  });
}
