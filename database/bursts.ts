import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type BurstRules,
  type BurstState,
  type BurstWindow,
  countJoin,
  type Greeting,
  MEMBERS_PER_WELCOME,
  NO_BURST,
  type Raid,
} from '../domain/burst.ts';
import type { GuildId, MemberId } from '../domain/ids.ts';
import type { Stay } from '../domain/onboarding.ts';
import type { OutboxOrder } from '../domain/outbox.ts';
import { putIntoOutbox } from './outbox.ts';
import { inMs } from './sql.ts';

/** Times are in ms since 1970: a plain query does not give dates. */
interface BurstRow {
  readonly window_number: number;
  readonly window_ends: number;
  readonly window_closed: boolean;
  readonly joins: number;
  readonly raid_number: number;
  readonly raid_joins: number;
  readonly tips_held_until: number | null;
}

const COLUMNS = `window_number, ${inMs('window_ends')}, window_closed, joins, raid_number, raid_joins,
  ${inMs('tips_held_until')}`;

/** Takes the row of a guild for the transaction: whoever else wants to count a join waits until it is over. */
export async function lockBurst(transaction: EntityManager, guildId: GuildId): Promise<BurstState> {
  const { window } = NO_BURST;
  const [row]: BurstRow[] = await transaction.execute(
    `insert into bursts (guild_id, window_number, window_ends, window_closed, joins, raid_number, raid_joins)
     values (?, ?, ?, true, 0, 0, 0)
     on conflict (guild_id) do update set guild_id = excluded.guild_id
     returning ${COLUMNS}`,
    [guildId, window.number, new Date(window.endsAt)],
  );
  if (row === undefined) throw new Error('the row of the guild was not written');
  return toState(row);
}

/**
 * Says how a member is greeted who joins now, and orders what follows from it, in the transaction that holds the guild's
 * row: see `countJoin` in `domain/burst.ts`.
 */
export async function greetNext(
  transaction: EntityManager,
  burst: BurstState,
  visitBegan: number,
  { stay, now, rules }: { readonly stay: Stay; readonly now: number; readonly rules: BurstRules },
): Promise<Greeting> {
  const { guildId, memberId } = stay;
  const { state, greeting, beginsGathering, beginsRaid } = countJoin(
    burst,
    { now, joinedAt: stay.joinedAt },
    rules,
  );
  await storeState(transaction, guildId, state);
  if (greeting === 'gathered') {
    await transaction.execute(
      `insert into gathered_members (guild_id, member_id, visit_began, window_number) values (?, ?, ?, ?)`,
      [guildId, memberId, new Date(visitBegan), state.window.number],
    );
  }
  const orders: OutboxOrder[] = [];
  if (beginsGathering) {
    const window = { guildId, number: state.window.number };
    orders.push({ kind: 'gather welcomes', window, endsAt: state.window.endsAt });
  }
  if (beginsRaid) orders.push({ kind: 'watch raid', raid: { guildId, number: state.raid.number } });
  putIntoOutbox(transaction, orders);
  return greeting;
}

/**
 * Closes a window: from now on nobody is added to it, and whoever has left by now is taken out, to be greeted when they come back.
 * Gives the number of welcomes that it takes to name all.
 */
export function closeWindow(em: EntityManager, { guildId, number }: BurstWindow): Promise<number> {
  return em.transactional(async (transaction) => {
    // Whoever comes back at this moment is seen either here, or there as one who was taken out.
    await lockBurst(transaction, guildId);
    await transaction.execute(
      `update bursts set window_closed = true where guild_id = ? and window_number = ?`,
      [guildId, number],
    );
    await transaction.execute(
      `delete from gathered_members as gathered
       where guild_id = ? and window_number = ? and not exists (
         select 1 from member_stays as stay
         where stay.guild_id = gathered.guild_id and stay.member_id = gathered.member_id and left_at is null
       )`,
      [guildId, number],
    );
    const [row]: { members: number }[] = await transaction.execute(
      `select count(*)::int as members from gathered_members where guild_id = ? and window_number = ?`,
      [guildId, number],
    );
    return Math.ceil((row?.members ?? 0) / MEMBERS_PER_WELCOME);
  });
}

/**
 * The members whom a welcome of a closed window names. Who belongs to which welcome stays the same, also if they leave before it
 * is sent: they count as greeted.
 *
 * @param part which welcome of the window, from 0
 */
export async function gatheredMembers(
  em: EntityManager,
  { guildId, number }: BurstWindow,
  part: number,
): Promise<MemberId[]> {
  const rows: { member_id: MemberId }[] = await em.execute(
    `select member_id from gathered_members where guild_id = ? and window_number = ?
     order by member_id limit ? offset ?`,
    [guildId, number, MEMBERS_PER_WELCOME, part * MEMBERS_PER_WELCOME],
  );
  return rows.map(({ member_id }) => member_id);
}

/** Until when tips wait in a guild, in ms since 1970; long ago if they do not. */
export async function tipsHeldUntil(em: EntityManager, guildId: GuildId): Promise<number> {
  return (await readState(em, guildId)).tipsHeldUntil;
}

/** How a raid stands: until when it holds back tips (ms since 1970), and how many have joined. */
export async function readRaid(
  em: EntityManager,
  { guildId, number }: Raid,
): Promise<{ until: number; joins: number } | 'over'> {
  const { raid, tipsHeldUntil } = await readState(em, guildId);
  return raid.number === number ? { until: tipsHeldUntil, joins: raid.joins } : 'over';
}

async function readState(em: EntityManager, guildId: GuildId): Promise<BurstState> {
  const [row]: BurstRow[] = await em.execute(`select ${COLUMNS} from bursts where guild_id = ?`, [guildId]);
  return row === undefined ? NO_BURST : toState(row);
}

async function storeState(
  em: EntityManager,
  guildId: GuildId,
  { window, joins, raid, tipsHeldUntil }: BurstState,
): Promise<void> {
  await em.execute(
    `update bursts set window_number = ?, window_ends = ?, window_closed = ?, joins = ?, raid_number = ?,
       raid_joins = ?, tips_held_until = ?
     where guild_id = ?`,
    [
      ...[window.number, new Date(window.endsAt), window.isClosed, joins, raid.number, raid.joins],
      ...[new Date(tipsHeldUntil), guildId],
    ],
  );
}

function toState(row: BurstRow): BurstState {
  return {
    window: { number: row.window_number, endsAt: row.window_ends, isClosed: row.window_closed },
    joins: row.joins,
    raid: { number: row.raid_number, joins: row.raid_joins },
    tipsHeldUntil: row.tips_held_until ?? 0,
  };
}
