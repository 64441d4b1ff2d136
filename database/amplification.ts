/** Which posts do much better than usual: each reading is compared with those of other posts, once. */

import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type AmplificationEvidence,
  type PlatformEvidence,
  type Weighing,
  weigh,
} from '../domain/amplification.ts';
import { toMilliseconds } from '../domain/duration.ts';
import {
  type EngagementSettings,
  type Figures,
  INTERACTIONS,
  METRICS,
  type ReadingRef,
  type ScoreSettings,
} from '../domain/engagement.ts';
import type { GuildId } from '../domain/ids.ts';
import type { Platform } from '../domain/platforms.ts';
import type { PostId, PostRef, PostState } from '../domain/posts.ts';
import { comparisonOf, takenInTime } from './comparable-readings.ts';
import { putIntoOutbox } from './outbox.ts';

/** So many readings are weighed in one transaction: it is short also where there are thousands to compare with. */
const BATCH = 50;

/** By what readings are weighed. */
export type WeighingSettings = Pick<EngagementSettings, 'score' | 'amplification'>;

/** How many readings were weighed, and how many posts are to be amplified since. */
export interface WeighReport {
  readonly weighed: number;
  readonly amplified: number;
}

/**
 * Compares readings that were taken, and not weighed yet, with those of other posts on the same platform at the same age, and orders
 * once a post what follows where it does much better. Several may do this at once: each takes readings that no other holds.
 *
 * @param at by the workflow's time, in ms since 1970: when it is decided
 */
export async function weighReadings(
  em: EntityManager,
  guildId: GuildId,
  at: number,
  settings: WeighingSettings,
): Promise<WeighReport> {
  const report = { weighed: 0, amplified: 0 };
  for (;;) {
    const batch = await em
      .fork()
      .transactional((transaction) => weighBatch(transaction, guildId, at, settings));
    report.weighed += batch.weighed;
    report.amplified += batch.amplified;
    if (batch.weighed < BATCH) return report;
  }
}

async function weighBatch(
  transaction: EntityManager,
  guildId: GuildId,
  at: number,
  { score, amplification }: WeighingSettings,
): Promise<WeighReport> {
  const taken = await takeUnweighed(transaction, guildId);
  if (taken.length === 0) return { weighed: 0, amplified: 0 };
  const weighed = await weighAll(transaction, guildId, taken, score);
  await recordScores(transaction, guildId, weighed);
  const outstanding = weighed.filter(({ weighing }) => scoreIn(weighing) > amplification.above);
  let amplified = 0;
  // In one order, so that two who come upon the same posts do not wait for each other.
  for (const postId of [...new Set(outstanding.map((reading) => reading.postId))].sort()) {
    const evidence = await evidenceOf(transaction, { guildId, postId }, score);
    // A reading that was taken late is not the last word on a post.
    if ((evidence[0]?.score ?? 0) <= amplification.above) continue;
    if (await amplify(transaction, { guildId, postId }, evidence, at)) amplified += 1;
  }
  return { weighed: weighed.length, amplified };
}

/** A reading by its key in a guild. */
type ReadingKey = Pick<ReadingRef, 'postId' | 'platform' | 'ageMs'>;

/** A reading, and what comparing it has given. */
type WeighedReading = ReadingKey & { readonly weighing: Weighing };

function scoreIn(weighing: Weighing): number {
  return weighing.kind === 'weighed' ? weighing.evidence.score : 0;
}

const KEY = `post_id as "postId", platform, age_ms::float8 as "ageMs"`;

/** Nobody else weighs them before the transaction is over. */
async function takeUnweighed(transaction: EntityManager, guildId: GuildId): Promise<ReadingKey[]> {
  return transaction.execute(
    `select ${KEY} from post_readings
     where guild_id = ? and state = 'taken' and not is_weighed
     order by taken_at limit ${BATCH} for update skip locked`,
    [guildId],
  );
}

type ComparedRow = ReadingKey &
  Figures & { readonly isInTime: boolean; readonly comparedWith: number; readonly usual: number | null };

/**
 * Compares readings with those of other posts at the same age that were taken up to then: by the metrics that the platform has given of
 * it, and so with those alone of which it has given the same. What was taken too late is not compared, and nothing is compared with it.
 */
async function weighAll(
  em: EntityManager,
  guildId: GuildId,
  readings: readonly ReadingKey[],
  score: ScoreSettings,
): Promise<WeighedReading[]> {
  const { condition, sum, weights } = comparisonOf(score);
  const figures = METRICS.map((name) => `reading.${name}::float8 as ${name}`).join(', ');
  const rows: ComparedRow[] = await em.execute(
    `select reading.post_id as "postId", reading.platform, reading.age_ms::float8 as "ageMs", ${figures},
       ${takenInTime('reading')} as "isInTime", others."comparedWith", others.usual
     from jsonb_to_recordset(?::jsonb) as wanted ("postId" text, platform text, "ageMs" bigint)
     join post_readings as reading on reading.guild_id = ? and reading.post_id = wanted."postId"
       and reading.platform = wanted.platform and reading.age_ms = wanted."ageMs"
     cross join lateral (
       select count(*)::integer as "comparedWith", percentile_cont(0.5) within group (order by ${sum}) as usual
       from post_readings as other
       where other.guild_id = reading.guild_id and other.platform = reading.platform
         and other.age_ms = reading.age_ms and other.state = 'taken' and ${takenInTime('other')}
         and other.taken_at > reading.taken_at - ? * interval '1 millisecond' and other.taken_at <= reading.taken_at
         and other.post_id <> reading.post_id and ${condition}
     ) as others`,
    [JSON.stringify(readings), guildId, ...weights, toMilliseconds(score.within)],
  );
  return rows.map(({ postId, platform, ageMs, isInTime, comparedWith, usual, ...figures }) => ({
    ...{ postId, platform, ageMs },
    weighing: isInTime
      ? weigh({ platform, ageMs, figures }, { comparedWith, usual }, score)
      : { kind: 'taken too late' },
  }));
}

async function recordScores(
  transaction: EntityManager,
  guildId: GuildId,
  weighed: readonly WeighedReading[],
): Promise<void> {
  const scores = weighed.map(({ weighing, ...key }) => ({
    ...key,
    score: weighing.kind === 'weighed' ? weighing.evidence.score : null,
  }));
  await transaction.execute(
    `update post_readings as reading set score = weighed.score, is_weighed = true
     from jsonb_to_recordset(?::jsonb) as weighed ("postId" text, platform text, "ageMs" bigint, score float8)
     where reading.guild_id = ? and reading.post_id = weighed."postId"
       and reading.platform = weighed.platform and reading.age_ms = weighed."ageMs"`,
    [JSON.stringify(scores), guildId],
  );
}

/** What there is to say of a post: its latest reading on each platform, as far as that has a score; the highest first. */
async function evidenceOf(
  em: EntityManager,
  { guildId, postId }: PostRef,
  score: ScoreSettings,
): Promise<PlatformEvidence[]> {
  const latest: ReadingKey[] = await em.execute(
    `select distinct on (platform) ${KEY} from post_readings
     where guild_id = ? and post_id = ? and state = 'taken' and score is not null
     order by platform, age_ms desc`,
    [guildId, postId],
  );
  return (await weighAll(em, guildId, latest, score))
    .flatMap(({ weighing }) => (weighing.kind === 'weighed' ? [weighing.evidence] : []))
    .toSorted((one, other) => other.score - one.score);
}

/** Writes down that a post does much better than usual, and orders what follows. False: that was done before. */
async function amplify(
  transaction: EntityManager,
  { guildId, postId }: PostRef,
  evidence: AmplificationEvidence,
  at: number,
): Promise<boolean> {
  const [best] = evidence;
  if (best === undefined) return false;
  const inserted: { postId: PostId }[] = await transaction.execute(
    `insert into post_amplifications (guild_id, post_id, platform, age_ms, score, evidence, decided_at)
     values (?, ?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing returning post_id as "postId"`,
    [guildId, postId, best.platform, best.ageMs, best.score, JSON.stringify(evidence), new Date(at)],
  );
  if (inserted.length === 0) return false;
  putIntoOutbox(transaction, [{ kind: 'amplify post', post: { guildId, postId } }]);
  return true;
}

/** What is known of a post that does much better than usual. */
export interface Amplification {
  readonly title: string;
  readonly score: number;
  readonly evidence: AmplificationEvidence;
  /** Where it can be seen. */
  readonly urls: Readonly<Partial<Record<Platform, string>>>;
  /** The platforms on which there was too little to compare it with, or it was read too late. */
  readonly unscored: readonly Platform[];
  /** Those that give no interaction that counts. */
  readonly uncounted: readonly Platform[];
  /** Of the post that follows it up; null: there is none. */
  readonly followUpState: PostState | null;
}

/** What staff are shown of a post that does well. Undefined if it does not, or is not there any more. */
export async function findAmplification(
  em: EntityManager,
  { guildId, postId }: PostRef,
  { weights }: Pick<ScoreSettings, 'weights'>,
): Promise<Amplification | undefined> {
  const counted = INTERACTIONS.filter((name) => weights[name] > 0).map((name) => `reading.${name}`);
  const unscored = (isCounted: boolean) => `
    select coalesce(jsonb_agg(platform order by platform), '[]') from (
      select platform from post_readings as reading
      where reading.guild_id = posts.guild_id and reading.post_id = posts.id and is_weighed
      group by platform
      having max(score) is null and bool_or(num_nonnulls(${counted.join(', ')}) > 0) = ${isCounted}
    ) as platforms`;
  const [row]: Amplification[] = await em.execute(
    `select title, score, evidence,
       (select coalesce(jsonb_object_agg(platform, url), '{}') from post_deliveries as delivery
        where delivery.guild_id = posts.guild_id and delivery.post_id = posts.id
          and delivery.state = 'published' and url is not null) as urls,
       (${unscored(true)}) as unscored, (${unscored(false)}) as uncounted,
       (select state from posts as follow
        where follow.guild_id = posts.guild_id and follow.id = follow_up_id) as "followUpState"
     from post_amplifications
     join posts on posts.guild_id = post_amplifications.guild_id and posts.id = post_id
     where posts.guild_id = ? and posts.id = ?`,
    [guildId, postId],
  );
  return row;
}
