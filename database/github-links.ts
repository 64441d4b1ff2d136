/** Who members are on GitHub. The bot uses this too: to show a link, to remove it, and to show the code that makes one. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { LinkOutcome, LinkRequest } from '../domain/github-link.ts';
import type { GuildId, MemberId } from '../domain/ids.ts';
import { GithubDeviceFlow } from './entities/github-device-flow.ts';
import { GithubLink } from './entities/github-link.ts';

/** Whose link is meant. */
type Linked = Pick<LinkRequest, 'guildId' | 'memberId'>;

/** The account that a member has linked, if there is one. */
export async function findGithubLink(
  em: EntityManager,
  { guildId, memberId }: Linked,
): Promise<GithubLink | undefined> {
  return (await em.fork().findOne(GithubLink, { guildId, memberId })) ?? undefined;
}

/** What a member enters on GitHub, and where. Only they may see it: who enters it says whose account it is. */
export async function findUserCode(
  em: EntityManager,
  { interactionId }: Pick<LinkRequest, 'interactionId'>,
): Promise<Pick<GithubDeviceFlow, 'userCode' | 'verificationUri'> | undefined> {
  return (await em.fork().findOne(GithubDeviceFlow, { interactionId })) ?? undefined;
}

/**
 * Links the account that approved a linking to the member who asked for it, since `now`, unless they have left. Doing it again
 * changes nothing. A unique key sees to it that an account has one member, and the primary key that a member has one account.
 */
export async function storeGithubLink(
  em: EntityManager,
  { guildId, memberId, interactionId }: LinkRequest,
  now: Date,
): Promise<LinkOutcome> {
  const flow = await em.fork().findOne(GithubDeviceFlow, { interactionId });
  if (flow?.githubUserId == null || flow.login == null) return 'expired';
  if (await hasLeft(em, guildId, memberId)) return 'left';
  await em.execute(
    `insert into github_links (guild_id, member_id, github_user_id, login, since) values (?, ?, ?, ?, ?)
     on conflict do nothing`,
    [guildId, memberId, flow.githubUserId, flow.login, now],
  );
  const own = await findGithubLink(em, { guildId, memberId });
  if (own === undefined) return 'taken';
  return own.githubUserId === flow.githubUserId ? 'linked' : 'already linked';
}

/** Takes a member's link back. Gives what it was, if there was one. */
export async function removeGithubLink(
  em: EntityManager,
  { guildId, memberId }: Linked,
): Promise<{ login: string } | undefined> {
  const removed: { login: string }[] = await em.execute(
    `delete from github_links where guild_id = ? and member_id = ? returning login`,
    [guildId, memberId],
  );
  return removed[0];
}

/** Whether we know that the member was there and is no more. */
async function hasLeft(em: EntityManager, guildId: GuildId, memberId: MemberId): Promise<boolean> {
  const [stays]: { left: boolean | null }[] = await em.execute(
    `select bool_and(left_at is not null) as left from member_stays where guild_id = ? and member_id = ?`,
    [guildId, memberId],
  );
  return stays?.left === true;
}
