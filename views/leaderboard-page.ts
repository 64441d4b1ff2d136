/** A page of a leaderboard for one member: as a picture with the names of members, or as a text with mentions. */

import type { APIEmbed, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { MemberId } from '../domain/ids.ts';
import {
  amountText,
  type Leaderboard,
  type LeaderboardReading,
  leaderboardButtonId,
  periodText,
  type Standing,
} from '../domain/leaderboards.ts';
import { amountInWords, leaderboardEmbed } from './leaderboards.ts';
import { pageButtons } from './page-buttons.ts';
import type { LeaderboardPage, LeaderboardRow } from './pictures/leaderboard.ts';
import { cut } from './text.ts';

/** What the picture is called under the message. */
export const PICTURE_NAME = 'leaderboard.png';
const PAGE_LABELS = { before: 'Up', after: 'Down' };

const NOT_ON_IT =
  'You do not stand on it: there is nothing of yours in this time, or you are hidden (`/points privacy`).';

/** Who looks at a page, and how members are called in the guild, as far as they are known. */
export interface Onlooker {
  readonly memberId: MemberId;
  readonly names: ReadonlyMap<MemberId, string>;
}

/** To whoever asks for a leaderboard that there is not. */
export function noSuchLeaderboard(boards: readonly Leaderboard[]): string {
  return `There is no such leaderboard. There are: ${boards.map(({ name }) => `\`${name}\``).join(', ')}.`;
}

/** A page with one's own place below, and buttons to the pages beside it. With a picture, the picture has the lines. */
export function leaderboardPageMessage(
  board: Leaderboard,
  reading: LeaderboardReading,
  hasPicture: boolean,
): Pick<RESTPostAPIChannelMessageJSONBody, 'embeds' | 'components'> {
  const { description: lines, ...embed } = leaderboardEmbed({
    board,
    period: reading.period,
    top: reading.top,
  });
  const own = ownLine(board, reading);
  const shown: APIEmbed = hasPicture
    ? { ...embed, description: own, image: { url: `attachment://${PICTURE_NAME}` } }
    : { ...embed, description: `${lines}\n\n${own}` };
  return {
    embeds: [{ ...shown, footer: { text: whenText(reading) } }],
    components: pageButtons(reading, PAGE_LABELS, (page) => leaderboardButtonId(board.name, page)),
  };
}

/** What the picture of a page shows. Whose name is not known is called by a number. */
export function toPicture(
  board: Leaderboard,
  reading: LeaderboardReading,
  onlooker: Onlooker,
): LeaderboardPage {
  const toRow = ({ memberId, place, amount }: Standing): LeaderboardRow => ({
    ...{ place, memberId, amount: amountText(board.measure, amount) },
    name: onlooker.names.get(memberId) ?? `Member ${memberId}`,
    isSelf: memberId === onlooker.memberId,
  });
  const rows = reading.top.map(toRow);
  const { own } = reading;
  const isOnPage = own === undefined || rows.some(({ isSelf }) => isSelf);
  return {
    title: board.title,
    period: whenText(reading),
    rows,
    ...(!isOnPage && { ownRow: toRow({ memberId: onlooker.memberId, ...own }) }),
  };
}

/** A picture in words, for who cannot see it. */
export function pictureDescription({ title, period, rows }: LeaderboardPage): string {
  const lines = rows.map(({ place, name, amount }) => `${place}. ${name}: ${amount}`);
  return cut([`${title}, ${period}`, ...lines].join('\n'), DISCORD_LIMITS.fileDescription);
}

function ownLine({ measure }: Leaderboard, { own }: LeaderboardReading): string {
  if (own === undefined) return NOT_ON_IT;
  return `You: place **${own.place}** of ${own.of} · ${amountInWords(measure, own.amount)}`;
}

function whenText({ period, page, pages }: LeaderboardReading): string {
  return pages === 1 ? periodText(period) : `${periodText(period)} · page ${page} of ${pages}`;
}
