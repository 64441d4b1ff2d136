/** Whether members have got what they should. */

import type { MemberId } from '../../domain/ids.ts';
import type { Count, Received } from './tally.ts';

/** Somebody who has joined. */
export interface Resident {
  readonly member: MemberId;
  /** When they left, in ms since 1970, if they ever did. */
  readonly leftAt?: number;
  /** Whether they have come back. Then they get what they have not had yet, and nothing again. */
  readonly isBack?: boolean;
}

/** A step of a member. */
export interface Finding extends Count {
  readonly member: MemberId;
}

/** The steps of all members. */
export interface Verdict {
  /** How many steps were to be done, for those who are there. */
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
  const residentOf = new Map(residents.map((resident) => [resident.member, resident]));
  const findings = received.flatMap(({ member, counts }) =>
    counts.map((count) => ({ ...count, member, resident: residentOf.get(member) })),
  );
  const due = findings.filter(({ resident }) => resident !== undefined && isThere(resident));
  return {
    due: due.length,
    once: due.filter(({ piece, times }) => times === piece.times),
    lost: due.filter(({ piece, times }) => times < piece.times),
    twice: findings.filter(({ piece, times }) => times > piece.times),
    late: findings.filter(({ lastAt, resident }) => isLate(lastAt, resident)),
  };
}

/** Whether each step that was due was done, and nothing else. */
export function isExactlyOnce({ lost, twice, late }: Verdict): boolean {
  return [...lost, ...twice, ...late].length === 0;
}

/** Whether a member is in the guild. */
export function isThere({ leftAt, isBack = false }: Resident): boolean {
  return leftAt === undefined || isBack;
}

function isLate(lastAt: number | undefined, resident: Resident | undefined): boolean {
  if (lastAt === undefined || resident?.leftAt === undefined || isThere(resident)) return false;
  return lastAt > resident.leftAt + LEAVING_TAKES_MS;
}
