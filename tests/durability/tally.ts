/** What members should have got by the configuration, and how often they have got it. */

import { type APIMessage, ComponentType } from 'discord-api-types/v10';
import type { MemberId } from '../../domain/ids.ts';
import { type OnboardingSettings, parseStopButtonId } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { directMessages, messagesIn } from '../support/on-discord.ts';

/** Something that an onboarding brings. Names are those of the configuration. */
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

/** What a member has got. */
export interface Received {
  readonly member: MemberId;
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

/** Counts, on Discord's side, what each of `memberIds` has got, in however many stays. */
export async function countReceived(
  discord: LocalDiscord,
  pieces: readonly Piece[],
  memberIds: readonly MemberId[],
): Promise<Received[]> {
  const { guild, members } = await discord.control.getState();
  const roleIds = new Map(guild.roles.map(({ name, id }) => [name, id]));
  const rolesOf = new Map(members.map(({ member }) => [member.user.id, member.roles]));
  const channels = pieces.flatMap((piece) => (piece.kind === 'message' ? [piece.channel] : []));
  const messages = new Map<string, APIMessage[]>();
  for (const channel of channels) messages.set(channel, await messagesIn({ discord }, channel));

  return Promise.all(memberIds.map(async (member) => ({ member, counts: await countFor(member) })));

  async function countFor(member: MemberId): Promise<Count[]> {
    const tips = await directMessages({ discord }, member);
    return pieces.map((piece) => count(piece, member, tips));
  }

  function count(piece: Piece, member: MemberId, tips: readonly APIMessage[]): Count {
    switch (piece.kind) {
      case 'message': {
        const ofChannel = messages.get(piece.channel) ?? [];
        const naming = ofChannel.filter((message) => names(message, member));
        return countMessages(piece, naming);
      }
      case 'role':
        return { piece, times: rolesOf.get(member)?.includes(roleIds.get(piece.role) ?? '') ? 1 : 0 };
      case 'tip': {
        const ofStep = tips.filter((message) => stepsOf(message).includes(piece.step));
        return countMessages(piece, ofStep);
      }
    }
  }
}

/** The steps that the buttons under a message name. */
function stepsOf({ components }: APIMessage): string[] {
  return (components ?? [])
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((component) => ('custom_id' in component ? [component.custom_id] : []))
    .flatMap((customId) => parseStopButtonId(customId)?.step ?? []);
}

function countMessages(piece: Piece, messages: readonly APIMessage[]): Count {
  const last = messages.at(-1);
  return {
    piece,
    times: messages.length,
    ...(last !== undefined && { lastAt: Date.parse(last.timestamp) }),
  };
}

function names({ content, embeds }: APIMessage, member: MemberId): boolean {
  return [content, ...embeds.map(({ description }) => description ?? '')].some((text) =>
    new RegExp(`<@!?${member}>`).test(text),
  );
}
