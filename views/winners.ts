import { periodText } from '../domain/leaderboards.ts';
import type { Winner, WinnersSettings } from '../domain/winners.ts';
import { markedEmbed } from './embed.ts';
import type { MarkedMessage } from './marked-message.ts';
import { mention, type TextContext } from './text.ts';

/** The texts of the configuration have room for as many members. */
const NAMED = 50;

/** What the community is told of those who have won a period, as the tables call it. It names them, and notifies nobody. */
export function congratulation(
  { title, text }: Pick<WinnersSettings, 'title' | 'text'>,
  { period, winners, link }: { period: string; winners: readonly Winner[]; link: string },
  mark: string,
  context: TextContext,
): MarkedMessage {
  const naming = { ...context, values: { members: membersText(winners) } };
  const template = { color: 'gold', title, link, description: text, fields: [] } as const;
  const embed = { ...markedEmbed(template, mark, naming), footer: { text: periodText(period) } };
  return { marker: mark, body: { embeds: [embed], allowed_mentions: { parse: [] } } };
}

/** `A, B, and C`; of very many, the rest as a number. */
function membersText(winners: readonly Winner[]): string {
  const few = winners
    .slice(0, winners.length > NAMED ? NAMED - 1 : NAMED)
    .map(({ memberId }) => mention(memberId));
  const more = winners.length - few.length;
  const all = more > 0 ? [...few, `${more} others`] : few;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(all);
}
