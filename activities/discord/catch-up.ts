import { type APIGuildMember, Routes } from 'discord-api-types/v10';
import {
  applyDifferences,
  asKnownBefore,
  type MemberRange,
  presentStays,
  watchGuild,
} from '../../database/stays.ts';
import { compareMembers, type PresentMember } from '../../domain/catch-up.ts';
import { type GuildId, type MemberId, toMemberId } from '../../domain/ids.ts';
import type { DiscordContext } from './context.ts';
import { ask } from './errors.ts';
import { findMember } from './members.ts';

const PAGE = 1_000;

/** What a comparison found. */
export interface Found {
  readonly welcomed: number;
  readonly left: number;
}

/** How the database is kept in step with the guild. Each request is an activity, so that a limit holds up only itself. */
export function catchUpOnDiscord(context: DiscordContext) {
  return {
    /**
     * Compares the thousand members after `after`, and orders what follows.
     *
     * @param now in ms since 1970
     * @param seenSince when this guild was first watched, if it is new to us; in ms since 1970
     * @returns what was found, and after whom to go on if that were not all
     */
    async comparePage(
      guildId: GuildId,
      after: string,
      now: number,
      seenSince: number,
    ): Promise<Found & { readonly next?: MemberId }> {
      const query = new URLSearchParams({ limit: String(PAGE), after });
      const found = await compare(
        guildId,
        async () => {
          const members = await read(() => context.rest.get(Routes.guildMembers(guildId), { query }));
          return { members, range: { after, upTo: nextAfter(members) } };
        },
        now,
        seenSince,
      );
      const next = nextAfter(found.members);
      return { ...found.counts, ...(next !== undefined && { next }) };
    },

    /** Compares one member, and orders what follows. Times in ms since 1970. */
    async compareOne(guildId: GuildId, memberId: MemberId, now: number, seenSince: number): Promise<Found> {
      const range = { only: memberId };
      const ask = async () => {
        const member = await findMember(context, guildId, memberId);
        return { members: member === undefined ? [] : [member], range };
      };
      return (await compare(guildId, ask, now, seenSince)).counts;
    },
  };

  async function compare(
    guildId: GuildId,
    ask: () => Promise<{ members: readonly APIGuildMember[]; range: MemberRange }>,
    now: number,
    seenSince: number,
  ): Promise<{ counts: Found; members: readonly APIGuildMember[] }> {
    const em = context.database.em.fork();
    const watchedSince = await watchGuild(em, guildId, seenSince);
    // Whoever joins or leaves while Discord is asked must not look as if they had left or were unknown.
    const { members, known } = await asKnownBefore(em, ask, async (before, { members, range }) => ({
      members,
      known: await presentStays(before, guildId, range),
    }));
    const differences = compareMembers(members.map(toPresentMember), known, watchedSince);
    await applyDifferences(em, guildId, differences, now);
    return { counts: { welcomed: differences.toWelcome.length, left: differences.toEnd.length }, members };
  }

  async function read(request: () => Promise<unknown>): Promise<APIGuildMember[]> {
    const result = await ask(request as () => Promise<APIGuildMember[]>);
    if ('refusal' in result) throw new Error(`the members cannot be read: ${result.refusal.reason}`);
    return result.answer;
  }
}

/** After whom to go on, if a page is not the last one. Discord orders members by their ids. */
function nextAfter(page: readonly APIGuildMember[]): MemberId | undefined {
  const last = page.length < PAGE ? undefined : page.at(-1);
  return last && toMemberId(last.user.id);
}

function toPresentMember({ user, joined_at, pending }: APIGuildMember): PresentMember {
  return {
    memberId: toMemberId(user.id),
    joinedAt: joined_at === null ? 0 : Date.parse(joined_at),
    isBot: user.bot ?? false,
    awaitsScreening: pending ?? false,
  };
}
