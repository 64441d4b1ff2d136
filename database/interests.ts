import type { EntityManager } from '@mikro-orm/postgresql';
import type { InterestShown } from '../domain/topics.ts';

/** Writes down that a topic interests a member. Doing it again changes nothing. */
export async function recordInterest(
  em: EntityManager,
  { guildId, memberId, topic }: InterestShown,
): Promise<void> {
  await em.execute(
    `insert into interests (guild_id, member_id, topic) values (?, ?, ?) on conflict do nothing`,
    [guildId, memberId, topic],
  );
}
