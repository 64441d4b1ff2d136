/** A time (ms since 1970) as the Temporal UI's details show it: `2026-11-23 18:00 UTC`. */
export function toTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
