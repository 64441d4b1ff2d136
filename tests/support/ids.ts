import { type GuildId, toGuildId } from '../../domain/ids.ts';

let guilds = 1_150_000_000_000_000_000n;

/** A guild in which nothing has happened yet, in this test's database. */
export function newGuildId(): GuildId {
  guilds += 1n;
  return toGuildId(String(guilds));
}
