import type { EntityManager } from '@mikro-orm/postgresql';
import type { BurstRules, Greeting } from '../domain/burst.ts';
import {
  type Claim,
  type OnboardingOutcome,
  type Stay,
  type StepReport,
  stepKey,
} from '../domain/onboarding.ts';
import { greetNext, lockBurst } from './bursts.ts';
import { putIntoOutbox } from './outbox.ts';
import { noteWhoIsThere } from './recognised-members.ts';
import { inMs } from './sql.ts';

/** A claim that comes this long after the join may come after a leaving that nobody could note, since the stay was unknown. */
const LATE_MS = 30_000;

/** What a claim is made with. Times in ms since 1970, and spans in ms. */
export interface ClaimRequest {
  readonly stay: Stay;
  readonly variant: string;
  readonly run: string;
  readonly now: number;
  readonly returnsWithinMs: number;
  /** How long the onboarding waits for the member to complete it. */
  readonly completesWithinMs: number;
  readonly rules: BurstRules;
}

/** Times in ms since 1970. */
interface ClaimedRow {
  readonly onboarding_run: string;
  readonly left: boolean;
  readonly visit_began: number | null;
  readonly greeting: Greeting | null;
}

/** What is known of other stays of the member. */
interface OtherStay {
  readonly visit_began: number;
  /** Null for one who was to be gathered and had left by then: they are still to be greeted. */
  readonly greeting: Greeting | null;
  readonly tips_stopped: boolean;
}

/**
 * Claims the onboarding of a stay for the workflow run that asks. Only the first run that asks gets it, for good; the
 * same run gets the same answer however often it asks. The claims of a guild wait for each other, so that joins are
 * counted, and stays of one member seen, in one order.
 *
 * A late claim orders a comparison of the member: it finds the stay and, if the member has left before, ends it.
 */
export function claimOnboarding(em: EntityManager, request: ClaimRequest): Promise<Claim> {
  const { stay, run, variant, now } = request;
  return em.fork().transactional(async (transaction) => {
    const burst = await lockBurst(transaction, stay.guildId);
    const claimed = await insertClaim(transaction, stay, run);
    if (claimed.onboarding_run !== run) return { kind: 'already run' };
    await noteWhoIsThere(transaction, stay.guildId, [stay]);
    if (claimed.left || (await hasJoinedAgain(transaction, stay))) return { kind: 'left' };

    const earlier = await earlierStay(transaction, request);
    const visitBegan = claimed.visit_began ?? earlier?.visit_began ?? stay.joinedAt;
    const greeting =
      claimed.greeting ?? earlier?.greeting ?? (await greetNext(transaction, burst, visitBegan, request));
    const stoppedBefore = earlier?.tips_stopped ?? false;
    await transaction.execute(
      `update member_stays set visit_began = ?, variant = ?, greeting = ?, onboarding_deadline = ?,
         awaits_screening = false, tips_stopped = tips_stopped or ?
       where guild_id = ? and member_id = ? and joined_at = ?`,
      [
        ...[new Date(visitBegan), variant, greeting, new Date(now + request.completesWithinMs)],
        ...[stoppedBefore, ...keyOf(stay)],
      ],
    );
    if (now - stay.joinedAt > LATE_MS) putIntoOutbox(transaction, [{ kind: 'compare member', stay }]);
    return {
      kind: 'mine',
      visitBegan,
      greeting,
      done: earlier === undefined ? [] : await stepsSent(transaction, stay, visitBegan),
      stoppedBefore,
    };
  });
}

/** Writes down that the member wants no further tips in this visit, also if nobody has claimed the stay yet. */
export async function recordTipsStopped(em: EntityManager, stay: Stay): Promise<void> {
  await em.execute(
    `insert into member_stays (guild_id, member_id, joined_at, tips_stopped) values (?, ?, ?, true)
     on conflict (guild_id, member_id, joined_at) do update set tips_stopped = true`,
    keyOf(stay),
  );
}

/**
 * Writes down how the onboarding of `stay` ended, with what became of its steps. The first outcome stands. Where the member has
 * left the stay ends with it, whoever noticed: a gathered welcome that is still to come does not name them.
 */
export async function recordOutcome(
  em: EntityManager,
  stay: Stay,
  { outcome, steps, endedAt }: { outcome: OnboardingOutcome; steps: readonly StepReport[]; endedAt: Date },
): Promise<void> {
  await em.fork().transactional(async (transaction) => {
    await transaction.execute(
      `update member_stays set onboarding_outcome = ?, onboarding_steps = ?::jsonb, onboarding_ended_at = ?,
         left_at = coalesce(left_at, ?)
       where guild_id = ? and member_id = ? and joined_at = ? and onboarding_outcome is null`,
      [outcome, JSON.stringify(steps), endedAt, outcome === 'left' ? endedAt : null, ...keyOf(stay)],
    );
    if (outcome === 'left') await noteWhoIsThere(transaction, stay.guildId, [stay]);
  });
}

async function insertClaim(em: EntityManager, stay: Stay, run: string): Promise<ClaimedRow> {
  const [row]: ClaimedRow[] = await em.execute(
    `insert into member_stays as stay (guild_id, member_id, joined_at, onboarding_run) values (?, ?, ?, ?)
     on conflict (guild_id, member_id, joined_at)
       do update set onboarding_run = coalesce(stay.onboarding_run, excluded.onboarding_run)
     returning onboarding_run, left_at is not null as left, ${inMs('visit_began')}, greeting`,
    [...keyOf(stay), run],
  );
  if (row === undefined) throw new Error('the stay was not written');
  return row;
}

/** Whoever has joined again has left: that was not noticed, or will be in a moment. */
async function hasJoinedAgain(em: EntityManager, stay: Stay): Promise<boolean> {
  const later: unknown[] = await em.execute(
    `select 1 from member_stays where guild_id = ? and member_id = ? and joined_at > ? limit 1`,
    keyOf(stay),
  );
  return later.length > 0;
}

/** The last stay before this one, if the member was away for no longer than that counts as one visit. */
async function earlierStay(
  em: EntityManager,
  { stay, returnsWithinMs }: ClaimRequest,
): Promise<OtherStay | undefined> {
  const [row]: OtherStay[] = await em.execute(
    `select ${inMs('visit_began')}, tips_stopped,
       case when greeting = 'alone' or exists (
         select 1 from gathered_members as gathered
         where gathered.guild_id = stay.guild_id and gathered.member_id = stay.member_id
           and gathered.visit_began = stay.visit_began
       ) then greeting end as greeting
     from member_stays as stay
     where guild_id = ? and member_id = ? and joined_at < ?
       and visit_began is not null and greeting is not null and (left_at is null or left_at >= ?)
     order by joined_at desc limit 1`,
    [...keyOf(stay), new Date(stay.joinedAt - returnsWithinMs)],
  );
  return row;
}

/** The names of the steps whose messages were sent in this visit. */
async function stepsSent(em: EntityManager, stay: Stay, visitBegan: number): Promise<string[]> {
  const prefix = stepKey({ ...stay, visitBegan }, '');
  const rows: { key: string }[] = await em.execute(
    `select key from sent_messages where guild_id = ? and member_id = ? and starts_with(key, ?)
       and message_id is not null`,
    [stay.guildId, stay.memberId, prefix],
  );
  return rows.map(({ key }) => key.slice(prefix.length)).filter((name) => !name.includes('/'));
}

function keyOf({ guildId, memberId, joinedAt }: Stay): [string, string, Date] {
  return [guildId, memberId, new Date(joinedAt)];
}
