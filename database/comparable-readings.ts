/** Which readings may be compared with each other, in SQL: scores and insights go by the same. */

import { LATE_LEAST_MS, LATE_PART } from '../domain/engagement.ts';

/** Whether a reading was taken soon enough after it was due, see `isTakenInTime`. `reading`: what it is called in the statement. */
export function takenInTime(reading: string): string {
  const late = `greatest(${LATE_LEAST_MS}, ${reading}.age_ms * ${LATE_PART}) * interval '1 millisecond'`;
  return `${reading}.taken_at <= ${reading}.due_at + ${late}`;
}
