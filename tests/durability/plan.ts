/** What happens in a run of chaos, and when: drawn from a seed, so that the same can be tried again. */

import type { FaultKind, FaultMatch, FaultRule } from '../../sandbox/control/observed.ts';
import { type Random, seededRandom } from '../../sandbox/state/random.ts';
import { VICTIMS, type Victim } from './product.ts';

/** A seed is a whole number below this. */
export const SEEDS = 2 ** 31;

/** How much is to happen. */
export interface ChaosSize {
  readonly joins: number;
  /** Within which time all join. */
  readonly seconds: number;
  /** How many times something is killed: less often if that is more than a part can take. */
  readonly kills: number;
}

/** So many milliseconds after the beginning these are killed. */
export interface Kill {
  readonly atMs: number;
  readonly do: 'kill';
  readonly victims: readonly Victim[];
}

/** Something that happens, so many milliseconds after the beginning. Members are numbered in the order of their joining. */
export type ChaosEvent = { readonly atMs: number } & (
  | { readonly do: 'join' | 'leave' | 'return'; readonly member: number }
  | Pick<Kill, 'do' | 'victims'>
  /** From now on Discord treats requests like this, and no longer as before. */
  | { readonly do: 'disturb'; readonly faults: readonly FaultRule[] }
);

/** A tenth of all members joins in one moment. */
const RUSH_SHARE = 0.1;
/** One of so many leaves in the middle, and every other one of those comes back. */
const LEAVERS_ONE_OF = 10;
const LEAVE_AFTER_MS = { from: 500, to: 12_000 };
const RETURN_AFTER_MS = { from: 200, to: 8_000 };
const MINUTE_MS = 60_000;
/**
 * A part that has died five times within a minute is given up, and a PostgreSQL that was killed may die once more as it starts,
 * when what it has left behind has not gone yet.
 */
const DEATHS_PER_MINUTE = 2;
/** One of so many times it is not one part that is killed, but all. */
const POWER_FAILURE_ONE_OF = 8;
const DISTURB_EVERY_MS = 1_000;
/** Steps go on after the last has joined, and so do the faults. */
const DISTURB_AFTER_JOINS_MS = 10_000;

/** The requests of an onboarding, and the search for what may have been sent already. */
const ROUTES: readonly FaultMatch[] = [
  { method: 'POST', route: '/channels/:channelId/messages' },
  { method: 'GET', route: '/channels/:channelId/messages' },
  { method: 'POST', route: '/users/@me/channels' },
  { method: 'PUT', route: '/guilds/:guildId/members/:userId/roles/:roleId' },
];

/** What may go wrong with a request. What is named twice happens twice as often. */
const FAULTS: readonly [FaultKind, ...FaultKind[]] = [
  { kind: 'drop-before' },
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'drop-after' },
  { kind: 'delay', ms: 300 },
  { kind: 'delay', ms: 2_000 },
  { kind: 'error', status: 500 },
  { kind: 'error', status: 503 },
  { kind: 'error', status: 429 },
];

/** Draws what happens, in the order in which it does. The same seed and size give the same. */
export function planChaos(seed: number, size: ChaosSize): ChaosEvent[] {
  const random = seededRandom(seed);
  const joins = planJoins(random, size);
  const events = [
    ...joins,
    ...planDepartures(random, joins),
    ...planKills(random, size),
    ...planFaults(random, size),
  ];
  return events.sort((a, b) => a.atMs - b.atMs);
}

function planJoins(random: Random, { joins, seconds }: ChaosSize): ChaosEvent[] {
  const spreadMs = seconds * 1_000;
  const rushAt = random.fraction() * spreadMs;
  const moments = Array.from({ length: joins }, (_, index) =>
    index < joins * RUSH_SHARE ? rushAt : random.fraction() * spreadMs,
  );
  return moments.sort((a, b) => a - b).map((atMs, member) => ({ atMs, do: 'join', member }));
}

function planDepartures(random: Random, joins: readonly ChaosEvent[]): ChaosEvent[] {
  return joins.flatMap(({ atMs }, member): ChaosEvent[] => {
    if (random.below(LEAVERS_ONE_OF) !== 0) return [];
    const leaveAt = atMs + between(random, LEAVE_AFTER_MS);
    const returnAt = leaveAt + between(random, RETURN_AFTER_MS);
    const returns = random.below(2) === 0;
    return [
      { atMs: leaveAt, do: 'leave', member },
      ...(returns ? [{ atMs: returnAt, do: 'return' as const, member }] : []),
    ];
  });
}

/** Draws when which of `victims` is killed, evenly over the time. */
export function planKills(
  random: Random,
  { kills, seconds }: Pick<ChaosSize, 'kills' | 'seconds'>,
  victims: readonly Victim[] = VICTIMS,
): Kill[] {
  const everyMs = (seconds * 1_000) / kills;
  const deaths: { victim: Victim; atMs: number }[] = [];
  return Array.from({ length: kills }, (_, index): Kill => {
    const atMs = (index + between(random, { from: 0.25, to: 0.75 })) * everyMs;
    const drawn = drawVictims(random, victims, deaths, atMs);
    deaths.push(...drawn.map((victim) => ({ victim, atMs })));
    return { atMs, do: 'kill', victims: drawn };
  }).filter(({ victims }) => victims.length > 0);
}

/** The part that was killed least often, or all; but none that has been killed too often in the minute before. */
function drawVictims(
  random: Random,
  victims: readonly Victim[],
  deaths: readonly { victim: Victim; atMs: number }[],
  atMs: number,
): Victim[] {
  const deathsOf = (victim: Victim, since = 0) =>
    deaths.filter((death) => death.victim === victim && death.atMs >= since).length;
  const mayDie = shuffled(random, victims).filter(
    (victim) => deathsOf(victim, atMs - MINUTE_MS) < DEATHS_PER_MINUTE,
  );
  if (random.below(POWER_FAILURE_ONE_OF) === 0) return mayDie;
  return mayDie.sort((a, b) => deathsOf(a) - deathsOf(b)).slice(0, 1);
}

function planFaults(random: Random, { seconds }: ChaosSize): ChaosEvent[] {
  const endMs = seconds * 1_000 + DISTURB_AFTER_JOINS_MS;
  const spells = Array.from({ length: endMs / DISTURB_EVERY_MS }, (_, index) => ({
    atMs: index * DISTURB_EVERY_MS,
    do: 'disturb' as const,
    faults: ROUTES.filter(() => random.below(2) === 0).map((match) => ({
      match,
      times: 1,
      fault: random.pick(FAULTS),
    })),
  }));
  return [...spells, { atMs: endMs, do: 'disturb', faults: [] }];
}

function between(random: Random, { from, to }: { from: number; to: number }): number {
  return from + random.fraction() * (to - from);
}

/** The values in an order that is drawn (Fisher and Yates). */
function shuffled<Value>(random: Random, values: readonly Value[]): Value[] {
  const rest = [...values];
  return values.flatMap(() => rest.splice(random.below(rest.length), 1));
}
