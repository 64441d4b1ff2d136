/** Pieces of SQL that several queries need. */

/** A column of times as milliseconds since 1970, under its own name. */
export function inMs(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::float8 as ${column}`;
}
