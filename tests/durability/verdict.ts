/** Whether members have got what they should. */

import type { Stay } from '../../domain/onboarding.ts';
import type { Count, Received } from './tally.ts';

/** Somebody who has joined. */
export interface Resident {
  /** More than one if they left and came back. */
  readonly stays: readonly [Stay, ...Stay[]];
  /** Whether they have left at all: then nothing more is due to them, and what they had may have been cut short. */
  readonly hasLeft: boolean;
}

/** A step of a stay. */
export interface Finding extends Count {
  readonly stay: Stay;
}

/** The steps of all stays. */
export interface Verdict {
  /** How many were to be done, for those who stayed. */
  readonly expected: number;
  readonly once: readonly Finding[];
  readonly lost: readonly Finding[];
  readonly twice: readonly Finding[];
}

/** Judges what was received. Those who have left may have missed steps, but must have none twice. */
export function verdictOf(residents: readonly Resident[], received: readonly Received[]): Verdict {
  const residentOf = new Map(residents.map((resident) => [resident.stays[0].memberId, resident]));
  const findings = received.flatMap(({ stay, counts }) =>
    counts.map((count) => ({ ...count, stay, resident: residentOf.get(stay.memberId) })),
  );
  const due = findings.filter(({ resident }) => resident?.hasLeft === false);
  return {
    expected: due.length,
    once: due.filter(({ piece, times }) => times === piece.times),
    lost: due.filter(({ piece, times }) => times < piece.times),
    twice: findings.filter(({ piece, times, resident }) => times > piece.times * greetings(piece, resident)),
  };
}

/** Whether each step was done, and none twice. */
export function isExactlyOnce({ lost, twice }: Verdict): boolean {
  return lost.length === 0 && twice.length === 0;
}

/** A message names the member but not the stay: whoever came back may be named once for each. */
function greetings({ kind }: Count['piece'], resident: Resident | undefined): number {
  return kind === 'message' ? (resident?.stays.length ?? 1) : 1;
}
