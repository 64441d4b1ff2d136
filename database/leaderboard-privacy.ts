import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId, MemberId } from '../domain/ids.ts';
import { changeVisibility } from './recognised-members.ts';

/** Takes a member off the leaderboards of all times, or puts them back. Doing it again changes nothing. */
export async function setLeaderboardPrivacy(
  em: EntityManager,
  { guildId, memberId }: { readonly guildId: GuildId; readonly memberId: MemberId },
  optedOut: boolean,
): Promise<void> {
  await em
    .fork()
    .transactional((transaction) => changeVisibility(transaction, guildId, [memberId], { optedOut }));
}
