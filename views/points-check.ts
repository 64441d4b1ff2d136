import { differenceText, type PointsCheck, wrongStepsLines } from '../domain/points-check.ts';
import { markedEmbed } from './embed.ts';
import type { MarkedMessage } from './marked-message.ts';
import type { TextContext } from './text.ts';

/** What staff are told of totals that are not what the ledger says: numbers and ids, and what to do. It mentions nobody. */
export function pointsCheckMessage(
  check: PointsCheck,
  link: string,
  mark: string,
  context: TextContext,
): MarkedMessage {
  const { wrongTotals, hasMore } = check;
  const lines = [
    ...wrongTotals.map((difference) => `\`${differenceText(difference)}\``),
    ...(hasMore ? ['and more'] : []),
    ...wrongStepsLines(check),
    '',
    'Points are given in tenths. The ledger is what counts: an operator makes the totals anew with `npm run points -- rebuild`.',
  ];
  const template = {
    ...{ color: 'red' as const, title: 'Totals that are not what the ledger says', link },
    ...{ description: lines.join('\n'), fields: [] },
  };
  return {
    marker: mark,
    body: { embeds: [markedEmbed(template, mark, context)], allowed_mentions: { parse: [] } },
  };
}
