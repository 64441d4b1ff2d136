/** Whether members have got what they should. */

import type { Stay } from '../../domain/onboarding.ts';
import type { Count, Received } from './tally.ts';

/** A stay, and when it ended, in ms since 1970. */
export interface Visit {
  readonly stay: Stay;
  readonly leftAt?: number;
}

/** Somebody who has joined: more than once if they left and came back. */
export type Resident = readonly [Visit, ...Visit[]];

/** A step of a stay. */
export interface Finding extends Count {
  readonly stay: Stay;
}

/** The steps of all stays. */
export interface Verdict {
  /** How many steps were to be done, for those who have never left. */
  readonly due: number;
  readonly once: readonly Finding[];
  readonly lost: readonly Finding[];
  /** Of anybody. */
  readonly twice: readonly Finding[];
  /** Done when a member had long left. */
  readonly late: readonly Finding[];
}

/**
 * What was under way when a member left may still be done: by an activity that is waited for when its worker has died, or because
 * nobody saw them leave before the bot was there again.
 */
const LEAVING_TAKES_MS = 60_000;

/** Judges what was received. Those who have left may have missed steps, but must have none twice. */
export function verdictOf(residents: readonly Resident[], received: readonly Received[]): Verdict {
  const residentOf = new Map(residents.map((resident) => [resident[0].stay.memberId, resident]));
  const findings = received.flatMap(({ stay, counts }) => {
    const visits = residentOf.get(stay.memberId) ?? [];
    return counts.map((count) => ({ ...count, stay, visits }));
  });
  const due = findings.filter(({ visits }) => visits.every(({ leftAt }) => leftAt === undefined));
  return {
    due: due.length,
    once: due.filter(({ piece, times }) => times === piece.times),
    lost: due.filter(({ piece, times }) => times < piece.times),
    twice: findings.filter(({ piece, times, visits }) => times > piece.times * mostOf(piece, visits)),
    late: findings.filter((finding) => isLate(finding, finding.visits)),
  };
}

/** Whether each step that was due was done, and nothing else. */
export function isExactlyOnce({ lost, twice, late }: Verdict): boolean {
  return [...lost, ...twice, ...late].length === 0;
}

/** A message names the member but not the stay: whoever came back may be named once for each. */
function mostOf({ kind }: Count['piece'], visits: readonly Visit[]): number {
  return kind === 'message' ? visits.length : 1;
}

function isLate({ piece, stay, lastAt }: Finding, visits: readonly Visit[]): boolean {
  const leftAt = visits.find((visit) => visit.stay.joinedAt === stay.joinedAt)?.leftAt;
  if (leftAt === undefined || lastAt === undefined) return false;
  const isOfThisStay = piece.kind !== 'message' || visits.length === 1;
  return isOfThisStay && lastAt > leftAt + LEAVING_TAKES_MS;
}
