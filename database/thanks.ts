/** Thanks: which of them count, and what is awarded for those. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemberId } from '../domain/ids.ts';
import { ACTION } from '../domain/recognition.ts';
import type { Thanks, ThanksOutcome } from '../domain/thanks.ts';
import { award, type Ledger } from './points.ts';
import { lockMembers } from './recognised-members.ts';
import { inMs } from './sql.ts';

/**
 * Lets one member thank another, and awards it if it counts, in the transaction that `transaction` is in. The receiver's row is
 * held until that ends: so few count in a day, however many thank at the same time. Whoever repeats it gets the same outcome.
 */
export async function thank(
  transaction: EntityManager,
  ledger: Ledger,
  thanks: Thanks,
): Promise<ThanksOutcome> {
  const { giverId, receiverId, cause, at } = thanks;
  if (giverId === receiverId) return 'oneself';
  const inserted: unknown[] = await transaction.execute(
    `insert into thanks (guild_id, cause, giver_member_id, receiver_member_id, at) values (?, ?, ?, ?, ?)
     on conflict (guild_id, cause) do nothing returning cause`,
    [ledger.guildId, cause, giverId, receiverId, new Date(at)],
  );
  const counts =
    inserted.length === 0
      ? await hasCounted(transaction, ledger, cause)
      : (await settle(transaction, ledger, [thanks])).length > 0;
  return counts ? 'thanked' : 'limit reached';
}

async function hasCounted(transaction: EntityManager, { guildId }: Ledger, cause: string): Promise<boolean> {
  const counted: unknown[] = await transaction.execute(
    `select 1 from thanks where guild_id = ? and cause = ? and counted`,
    [guildId, cause],
  );
  return counted.length > 0;
}

/**
 * Settles up to `limit` reactions to messages that are settled themselves. Nobody gets anything for thanking themselves, nor
 * for a message that is not known: of a bot, or from before we were here. One transaction; several may do this at once.
 *
 * @returns how many were settled
 */
export async function settleThanks(em: EntityManager, ledger: Ledger, limit: number): Promise<number> {
  return em.fork().transactional(async (transaction) => {
    const waiting: (Thanks & { readonly receiverId: MemberId | null })[] = await transaction.execute(
      `select cause, giver_member_id as "giverId", message.member_id as "receiverId", ${inMs('thanks.at', 'at')}
       from thanks join message_settlements using (guild_id)
         left join messages as message on message.id = message_id and message.guild_id = thanks.guild_id
       where thanks.guild_id = ? and counted is null and message_id <= settled_to
       order by thanks.at, message_id, giver_member_id limit ? for update of thanks skip locked`,
      [ledger.guildId, limit],
    );
    const possible = waiting.filter(
      ({ giverId, receiverId }) => receiverId !== null && receiverId !== giverId,
    );
    const counted = await settle(transaction, ledger, possible);
    const isCounted = new Set(counted.map(({ cause }) => cause));
    const refused = waiting.filter(({ cause }) => !isCounted.has(cause));
    await note(transaction, ledger, refused, false);
    return waiting.length;
  });
}

/** Forgets thanks from before `time` (ms since 1970). What they brought stays in the ledger. */
export async function dropThanksBefore(em: EntityManager, { guildId }: Ledger, time: number): Promise<void> {
  await em.execute(`delete from thanks where guild_id = ? and at < ? and counted is not null`, [
    guildId,
    new Date(time),
  ]);
}

/** Decides, notes and awards. Gives those that count. */
async function settle(
  transaction: EntityManager,
  ledger: Ledger,
  thanks: readonly Thanks[],
): Promise<readonly Thanks[]> {
  if (thanks.length === 0) return [];
  await lockMembers(
    transaction,
    ledger.guildId,
    thanks.map(({ receiverId }) => receiverId),
  );
  const counted = await withinDailyLimit(transaction, ledger, thanks);
  await note(transaction, ledger, thanks, false);
  await note(transaction, ledger, counted, true);
  await award(
    transaction,
    ledger,
    counted.map(({ receiverId, cause, at }) => ({
      ...{ memberId: receiverId, action: ACTION.helpfulAnswer, cause, at },
    })),
  );
  return counted;
}

/** As many of each pair as may still count on their day, the first ones. */
async function withinDailyLimit(
  transaction: EntityManager,
  { guildId, settings: { timeZone, thanks: rule } }: Ledger,
  thanks: readonly Thanks[],
): Promise<Thanks[]> {
  const day = (column: string) => `(${column} at time zone ?)::date`;
  const allowed: { cause: string }[] = await transaction.execute(
    `with new_one as (
       select cause, "giverId", "receiverId", ${day('to_timestamp(at / 1000.0)')} as day, ordinality,
         row_number() over (partition by "giverId", "receiverId", ${day('to_timestamp(at / 1000.0)')} order by ordinality) as place
       from rows from (jsonb_to_recordset(?::jsonb) as
         (cause text, "giverId" text, "receiverId" text, at float8)) with ordinality
     )
     select cause from new_one where place + (
       select count(*) from thanks where guild_id = ? and giver_member_id = "giverId" and receiver_member_id = "receiverId"
         and counted and ${day('thanks.at')} = day
     ) <= ?`,
    [timeZone, timeZone, JSON.stringify(thanks), guildId, timeZone, rule.dailyLimit],
  );
  const isAllowed = new Set(allowed.map(({ cause }) => cause));
  return thanks.filter(({ cause }) => isAllowed.has(cause));
}

async function note(
  transaction: EntityManager,
  { guildId }: Ledger,
  thanks: readonly { readonly cause: string; readonly receiverId: MemberId | null }[],
  counted: boolean,
): Promise<void> {
  if (thanks.length === 0) return;
  await transaction.execute(
    `update thanks set counted = ?, receiver_member_id = "receiverId"
     from jsonb_to_recordset(?::jsonb) as settled (cause text, "receiverId" text)
     where guild_id = ? and thanks.cause = settled.cause`,
    [counted, JSON.stringify(thanks), guildId],
  );
}
