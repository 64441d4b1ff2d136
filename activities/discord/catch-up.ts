import { type APIGuildMember, RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import { applyDifferences, presentStays, watchGuild } from '../../database/stays.ts';
import { compareMembers, type Differences, type PresentMember } from '../../domain/catch-up.ts';
import { type GuildId, type MemberId, toMemberId } from '../../domain/ids.ts';
import type { DiscordContext } from './context.ts';
import { ask } from './errors.ts';

const PAGE = 1_000;

/** How many differences a comparison found. */
export interface Found {
  readonly welcomed: number;
  readonly left: number;
}

/** How the database is kept in step with the guild. */
export function catchUpOnDiscord(context: DiscordContext) {
  return {
    /** Compares the whole guild, and orders what follows. `now` in ms since 1970. */
    async compareGuild(guildId: GuildId, now: number): Promise<Found> {
      const watchedSince = await watchGuild(context.database.em.fork(), guildId, now);
      // What we know is read first: whoever joins or leaves in between is then a difference, and harmless as one.
      const known = await presentStays(context.database.em.fork(), guildId);
      const present = await listMembers(guildId);
      return apply(guildId, compareMembers(present, known, watchedSince), now);
    },

    /** Compares some members, and orders what follows. `now` in ms since 1970. */
    async compareMembers(guildId: GuildId, members: readonly MemberId[], now: number): Promise<Found> {
      const watchedSince = await watchGuild(context.database.em.fork(), guildId, now);
      const known = await presentStays(context.database.em.fork(), guildId, members);
      const present: PresentMember[] = [];
      for (const memberId of members) present.push(...(await readMember(guildId, memberId)));
      return apply(guildId, compareMembers(present, known, watchedSince), now);
    },
  };

  async function apply(guildId: GuildId, differences: Differences, now: number): Promise<Found> {
    await applyDifferences(context.database.em.fork(), guildId, differences, now);
    return { welcomed: differences.toWelcome.length, left: differences.toEnd.length };
  }

  async function listMembers(guildId: GuildId): Promise<PresentMember[]> {
    const members: PresentMember[] = [];
    for (let after = '0'; ; after = members.at(-1)?.memberId ?? after) {
      const query = new URLSearchParams({ limit: String(PAGE), after });
      const page = await expect(
        () => context.rest.get(Routes.guildMembers(guildId), { query }) as Promise<APIGuildMember[]>,
      );
      members.push(...page.map(toPresentMember));
      if (page.length < PAGE) return members;
    }
  }

  async function readMember(guildId: GuildId, memberId: MemberId): Promise<PresentMember[]> {
    const result = await ask(
      () => context.rest.get(Routes.guildMember(guildId, memberId)) as Promise<APIGuildMember>,
    );
    if ('answer' in result) return [toPresentMember(result.answer)];
    const { code, reason } = result.refusal;
    if (code === RESTJSONErrorCodes.UnknownMember || code === RESTJSONErrorCodes.UnknownUser) return [];
    throw new Error(`member ${memberId} cannot be read: ${reason}`);
  }

  async function expect<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    const result = await ask(request);
    if ('refusal' in result) throw new Error(`the members cannot be read: ${result.refusal.reason}`);
    return result.answer;
  }
}

function toPresentMember({ user, joined_at }: APIGuildMember): PresentMember {
  return {
    memberId: toMemberId(user.id),
    joinedAt: joined_at === null ? 0 : Date.parse(joined_at),
    isBot: user.bot ?? false,
  };
}
