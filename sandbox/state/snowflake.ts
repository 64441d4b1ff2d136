/** Ids as Discord makes them: milliseconds since 2015 in the upper bits, so that ids sort by time. */

import type { Snowflake } from 'discord-api-types/v10';

const discordEpoch = 1_420_070_400_000;

/** Milliseconds since 1970. Tests may pass their own. */
export type Clock = () => number;

/** A maker of ids: each one greater than the one before, also within a millisecond. */
export function createSnowflakes(now: Clock): () => Snowflake {
  let lastTime = 0;
  let counter = 0n;
  return () => {
    const time = Math.max(now(), lastTime);
    counter = time === lastTime ? counter + 1n : 0n;
    lastTime = time;
    // 22 bits are free below the time; after them the id simply runs on into the next millisecond.
    return ((BigInt(time - discordEpoch) << 22n) + counter).toString();
  };
}

/** The id of a thing that was there from the start: the same on every start, so that nobody's references break. */
export function fixedSnowflake(createdAt: number, index: number): Snowflake {
  return (BigInt(createdAt + index * 1000 - discordEpoch) << 22n).toString();
}

/** When the thing with this id was made, in milliseconds since 1970. */
export function snowflakeTime(id: Snowflake): number {
  return Number(BigInt(id) >> 22n) + discordEpoch;
}

/** Negative, zero or positive, as `a` is older than, equal to or newer than `b`. */
export function compareIds(a: Snowflake, b: Snowflake): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether the text has the form of an id. */
export function isSnowflake(text: string): boolean {
  return /^\d{1,19}$/.test(text) || (/^\d{20}$/.test(text) && text <= '18446744073709551615');
}
