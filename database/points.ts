import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId, MemberId } from '../domain/ids.ts';

/** Points for a member. */
export interface Award {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  /** What they are for (`message/<id>`, `event/<id>/<member>`): the same cause never pays twice in a guild. */
  readonly cause: string;
  /** How many, exact to one decimal; negative when points are taken back. */
  readonly points: number;
  /** When what caused them happened. */
  readonly at: Date;
}

/**
 * Writes `award` into the ledger unless its cause is there already. Works in the transaction that `em` is in.
 *
 * @throws RangeError if the points are not a number with at most one decimal, or none at all
 */
export async function award(em: EntityManager, award: Award): Promise<'awarded' | 'already awarded'> {
  const tenths = Math.round(award.points * 10);
  if (tenths === 0 || !Number.isSafeInteger(tenths) || Math.abs(tenths / 10 - award.points) > 1e-9) {
    throw new RangeError(
      `${award.points} points for ${award.cause}: expected a number other than 0 with at most one decimal`,
    );
  }
  const inserted: unknown[] = await em.execute(
    `insert into points_ledger (guild_id, member_id, cause, tenths, at) values (?, ?, ?, ?, ?)
     on conflict (guild_id, cause) do nothing returning id`,
    [award.guildId, award.memberId, award.cause, tenths, award.at],
  );
  return inserted.length === 1 ? 'awarded' : 'already awarded';
}
