import type { BurstSettings, RaidSettings } from '../domain/burst.ts';
import type { MemberId } from '../domain/ids.ts';
import { markedEmbed } from './embed.ts';
import type { MarkedMessage } from './marked-message.ts';
import { fill, mention, type TextContext } from './text.ts';

/** The welcome of several members. It can mention those and nobody else. */
export function gatheredWelcome(
  { text, embed }: BurstSettings,
  members: readonly MemberId[],
  mark: string,
  context: TextContext,
): MarkedMessage {
  const naming = { ...context, values: { members: members.map(mention).join(', ') } };
  return {
    marker: mark,
    body: {
      content: fill(text, naming),
      embeds: [markedEmbed(embed, mark, naming)],
      allowed_mentions: { parse: [], users: [...members] },
    },
  };
}

/** What staff are told of a raid, when it begins, and in the same message when it is over. */
export function raidNotice(
  { title, link, began, over }: RaidSettings,
  raid: { readonly isOver: boolean; readonly joins: number },
  mark: string,
  context: TextContext,
): MarkedMessage {
  const counting = { ...context, values: { joins: String(raid.joins) } };
  const template = {
    title,
    link,
    description: raid.isOver ? over : began,
    color: raid.isOver ? 'green' : 'red',
    fields: [],
  } as const;
  return {
    marker: mark,
    body: { embeds: [markedEmbed(template, mark, counting)], allowed_mentions: { parse: [] } },
  };
}
