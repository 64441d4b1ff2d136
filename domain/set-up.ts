/** What a guild is given by us before anything happens in it, beside what operators make by hand. */

import type { GuildId } from './ids.ts';

/** What became of the slash commands in a guild. */
export type CommandRegistration =
  | { readonly kind: 'registered' | 'unchanged'; readonly commands: readonly string[] }
  /** Discord will not take them: this is why, and what to do. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The id of the workflow that sets up a guild (design: "Identity"). */
export function setUpId(guildId: GuildId): string {
  return `set-up/${guildId}`;
}
