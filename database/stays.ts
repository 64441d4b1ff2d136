import { type EntityManager, IsolationLevel } from '@mikro-orm/postgresql';
import type { Differences, KnownStay, PresentMember } from '../domain/catch-up.ts';
import type { GuildId, MemberId } from '../domain/ids.ts';
import type { Stay } from '../domain/onboarding.ts';
import { Guild } from './entities/guild.ts';
import { MemberStay } from './entities/member-stay.ts';
import { putIntoOutbox } from './outbox.ts';
import { type ComingOrGoing, noteWhoIsThere } from './recognised-members.ts';
import { inMs } from './sql.ts';

/** Since when we watch this guild: `now` if it is new to us. In ms since 1970. */
export async function watchGuild(em: EntityManager, guildId: GuildId, now: number): Promise<number> {
  await em.execute(`insert into guilds (id, watched_since) values (?, ?) on conflict (id) do nothing`, [
    guildId,
    new Date(now),
  ]);
  const guild = await em.fork().findOneOrFail(Guild, { id: guildId });
  return guild.watchedSince.getTime();
}

/** Which members are meant: one, or those whose ids lie between two (the first excluded, the last included). */
export type MemberRange =
  | { readonly only: MemberId }
  | { readonly after: string; readonly upTo: string | undefined };

/**
 * Reads with `ask`, which may take a while, and then what we know as it was before that: nothing that began meanwhile is in it.
 */
export function asKnownBefore<Answer, Result>(
  em: EntityManager,
  ask: () => Promise<Answer>,
  read: (em: EntityManager, answer: Answer) => Promise<Result>,
): Promise<Result> {
  return em.fork().transactional(
    async (transaction) => {
      // The first query takes the snapshot that all later ones of this transaction see.
      await transaction.execute('select 1');
      return read(transaction, await ask());
    },
    { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
  );
}

/** The stays in a guild that we hold as not ended. */
export async function presentStays(
  em: EntityManager,
  guildId: GuildId,
  range: MemberRange,
): Promise<KnownStay[]> {
  const stays = await em
    .createQueryBuilder(MemberStay)
    .where({ guildId, leftAt: null })
    .andWhere(...condition(range))
    .getResultList();
  return stays.map((stay) => ({
    memberId: stay.memberId,
    joinedAt: stay.joinedAt.getTime(),
    onboarding: stay.onboardingRun == null ? 'none' : 'begun',
    awaitsScreening: stay.awaitsScreening,
  }));
}

/** Ids are text in the tables, but Discord orders members by their ids as numbers. */
function condition(range: MemberRange): [string, string[]] {
  if ('only' in range) return ['member_id = ?', [range.only]];
  if (range.upTo === undefined) return ['member_id::numeric > ?::numeric', [range.after]];
  return ['member_id::numeric > ?::numeric and member_id::numeric <= ?::numeric', [range.after, range.upTo]];
}

/**
 * Writes down what a comparison with the guild found, and orders what follows from it, in one transaction. Doing
 * it twice changes nothing more.
 *
 * @param now when the comparison was made, in ms since 1970
 */
export async function applyDifferences(
  em: EntityManager,
  guildId: GuildId,
  differences: Differences,
  now: number,
): Promise<void> {
  await em.fork().transactional(async (transaction) => {
    const present = [...differences.toRecord, ...differences.toWelcome];
    await storePresent(transaction, guildId, present, now);
    const toTell = await endStays(transaction, guildId, differences.toEnd, now);
    await noteWhoIsThere(transaction, guildId, oncePerMember([...present, ...differences.toEnd]));
    putIntoOutbox(transaction, [
      ...differences.toWelcome.map((member) => ({ kind: 'welcome', stay: toStay(guildId, member) }) as const),
      ...toTell.map((stay) => ({ kind: 'member left', stay }) as const),
    ]);
  });
}

/** Whoever is there has not left: a stay that an earlier comparison has ended goes on. What a later one found stands. */
async function storePresent(
  transaction: EntityManager,
  guildId: GuildId,
  members: readonly PresentMember[],
  now: number,
): Promise<void> {
  await transaction.execute(
    `insert into member_stays as known (guild_id, member_id, joined_at, awaits_screening)
     select ?, stay.member_id, stay.joined_at, stay.awaits_screening
     from jsonb_to_recordset(?::jsonb) as stay (member_id text, joined_at timestamptz, awaits_screening boolean)
     on conflict (guild_id, member_id, joined_at) do update set left_at = null where known.left_at < ?`,
    [guildId, JSON.stringify(members.map(toNewRow)), new Date(now)],
  );
}

/**
 * Gives the stays whose onboardings are to hear of it: those under way by now, whatever was known when Discord was asked.
 * A claim that is made at the same time has either been seen here, or sees that the member has left.
 */
async function endStays(
  transaction: EntityManager,
  guildId: GuildId,
  stays: readonly KnownStay[],
  now: number,
): Promise<Stay[]> {
  const ended: { member_id: MemberId; joined_at: number; is_open: boolean }[] = await transaction.execute(
    `update member_stays as stay set left_at = ?
     from jsonb_to_recordset(?::jsonb) as gone (member_id text, joined_at timestamptz)
     where stay.guild_id = ? and stay.member_id = gone.member_id
       and stay.joined_at = gone.joined_at and left_at is null
     returning stay.member_id, ${inMs('stay.joined_at', 'joined_at')},
       onboarding_run is not null and onboarding_outcome is null as is_open`,
    [new Date(now), JSON.stringify(stays.map(toRow)), guildId],
  );
  return ended
    .filter(({ is_open }) => is_open)
    .map(({ member_id, joined_at }) => ({ guildId, memberId: member_id, joinedAt: joined_at }));
}

/** Of several stays of a member, the latest. */
function oncePerMember(stays: readonly ComingOrGoing[]): ComingOrGoing[] {
  const inOrder = stays.toSorted((one, other) => one.joinedAt - other.joinedAt);
  return [...new Map(inOrder.map((stay) => [stay.memberId, stay])).values()];
}

function toRow({ memberId, joinedAt }: { memberId: MemberId; joinedAt: number }) {
  return { member_id: memberId, joined_at: new Date(joinedAt).toISOString() };
}

function toNewRow(member: PresentMember) {
  return { ...toRow(member), awaits_screening: member.awaitsScreening };
}

function toStay(guildId: GuildId, { memberId, joinedAt }: { memberId: MemberId; joinedAt: number }): Stay {
  return { guildId, memberId, joinedAt };
}
