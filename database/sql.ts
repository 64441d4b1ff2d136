/** Pieces of SQL that several queries need. */

/** A column of times as milliseconds since 1970, under its own name or another. */
export function inMs(column: string, name = column): string {
  return `(extract(epoch from ${column}) * 1000)::float8 as ${name}`;
}
