/** What members should have got by the configuration, and how often they have got it. */

import type { APIMessage } from 'discord-api-types/v10';
import type { MemberId } from '../../domain/ids.ts';
import { type OnboardingSettings, type Stay, stopButtonId } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { carriesMarker } from '../../views/marked-message.ts';
import { directMessages, messagesIn } from '../support/community.ts';

/** Something that a stay in the guild brings. Names are those of the configuration. */
export type Piece =
  | { readonly kind: 'message'; readonly channel: string; readonly times: number }
  | { readonly kind: 'role'; readonly role: string; readonly times: 1 }
  | { readonly kind: 'tip'; readonly step: string; readonly times: 1 };

/** How often a member has got a piece. */
export interface Count {
  readonly piece: Piece;
  readonly times: number;
  /** When they got it last, in ms since 1970. Discord does not say it of a role. */
  readonly lastAt?: number;
}

/** What a member has got in a stay. */
export interface Received {
  readonly stay: Stay;
  readonly counts: readonly Count[];
}

/** What the onboarding brings. Who is named in a message, alone or among others, has got it. */
export function expectedPieces({ steps }: OnboardingSettings): Piece[] {
  const channels = steps.flatMap((step) => (step.to === 'channel' ? [step.channel] : []));
  const roles = steps.flatMap(({ role }) => role ?? []);
  const tips = steps.flatMap(({ to, name }) => (to === 'dm' ? [name] : []));
  return [
    ...[...new Set(channels)].map((channel) => ({
      kind: 'message' as const,
      channel,
      times: channels.filter((name) => name === channel).length,
    })),
    ...[...new Set(roles)].map((role) => ({ kind: 'role' as const, role, times: 1 as const })),
    ...tips.map((step) => ({ kind: 'tip' as const, step, times: 1 as const })),
  ];
}

/** A piece as a person reads it. */
export function nameOf(piece: Piece): string {
  if (piece.kind === 'message') return `named in #${piece.channel}`;
  return piece.kind === 'role' ? `role ${piece.role}` : `tip "${piece.step}"`;
}

/** Counts, on Discord's side, what came of each of `stays`. */
export async function countReceived(
  discord: LocalDiscord,
  pieces: readonly Piece[],
  stays: readonly Stay[],
): Promise<Received[]> {
  const { guild, members } = await discord.control.getState();
  const roleIds = new Map(guild.roles.map(({ name, id }) => [name, id]));
  const rolesOf = new Map(members.map(({ member }) => [member.user.id, member.roles]));
  const channels = pieces.flatMap((piece) => (piece.kind === 'message' ? [piece.channel] : []));
  const messages = new Map<string, APIMessage[]>();
  for (const channel of channels) messages.set(channel, await messagesIn({ discord }, channel));

  return Promise.all(stays.map(async (stay) => ({ stay, counts: await countFor(stay) })));

  async function countFor(stay: Stay): Promise<Count[]> {
    const tips = await directMessages({ discord }, stay.memberId);
    return pieces.map((piece) => count(piece, stay, tips));
  }

  function count(piece: Piece, { memberId, joinedAt }: Stay, tips: readonly APIMessage[]): Count {
    switch (piece.kind) {
      case 'message': {
        const ofChannel = messages.get(piece.channel) ?? [];
        return countMessages(
          piece,
          ofChannel.filter((message) => names(message, memberId)),
        );
      }
      case 'role':
        return { piece, times: rolesOf.get(memberId)?.includes(roleIds.get(piece.role) ?? '') ? 1 : 0 };
      case 'tip': {
        const marker = stopButtonId(joinedAt, piece.step);
        return countMessages(
          piece,
          tips.filter((message) => carriesMarker(message, marker)),
        );
      }
    }
  }
}

function countMessages(piece: Piece, messages: readonly APIMessage[]): Count {
  const last = messages.at(-1);
  return {
    piece,
    times: messages.length,
    ...(last !== undefined && { lastAt: Date.parse(last.timestamp) }),
  };
}

function names({ content, embeds }: APIMessage, memberId: MemberId): boolean {
  return [content, ...embeds.map(({ description }) => description ?? '')].some((text) =>
    new RegExp(`<@!?${memberId}>`).test(text),
  );
}
