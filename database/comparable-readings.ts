/** Which readings may be compared with each other, in SQL: scores and insights go by the same. */

import { INTERACTIONS, LATE_LEAST_MS, LATE_PART, type ScoreSettings } from '../domain/engagement.ts';

/** Whether a reading was taken soon enough after it was due, see `isTakenInTime`. `reading`: what it is called in the statement. */
export function takenInTime(reading: string): string {
  const late = `greatest(${LATE_LEAST_MS}, ${reading}.age_ms * ${LATE_PART}) * interval '1 millisecond'`;
  return `${reading}.taken_at <= ${reading}.due_at + ${late}`;
}

/**
 * How `reading` is compared with `other`: by what is given of it, and so with those alone of which the same is given. `sum`: what the
 * other comes to, with `weights` as its values; see `weightedInteractions`.
 */
export function comparisonOf({ weights }: Pick<ScoreSettings, 'weights'>) {
  const counted = INTERACTIONS.filter((name) => weights[name] > 0);
  return {
    sum: counted
      .map((name) => `case when reading.${name} is null then 0 else other.${name} * ?::float8 end`)
      .join(' + '),
    weights: counted.map((name) => weights[name]),
    condition: counted.map((name) => `(reading.${name} is null or other.${name} is not null)`).join(' and '),
  };
}
