/** What a member has got points for, page by page. */

import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { GuildId } from '../domain/ids.ts';
import { ACTION, pointsText, type RecognitionSettings } from '../domain/recognition.ts';
import { type HistoryEntry, type HistoryPage, historyButtonId } from '../domain/standing.ts';
import { COLORS } from './colors.ts';
import { pageButtons } from './page-buttons.ts';
import { mention, timestamp } from './text.ts';

/** A page of a member's history, with buttons to the pages beside it. */
export function historyMessage(
  history: HistoryPage,
  settings: RecognitionSettings,
): Pick<RESTPostAPIChannelMessageJSONBody, 'embeds' | 'components'> {
  const { memberId, page, pages, entries } = history;
  const lines = entries.map((entry) => entryLine(entry, history.guildId, settings));
  const description = [mention(memberId), '', ...(lines.length === 0 ? ['No points yet.'] : lines)].join(
    '\n',
  );
  return {
    embeds: [
      {
        title: 'Points: what for',
        color: COLORS.gold,
        description,
        footer: { text: `Page ${page} of ${pages}` },
      },
    ],
    components: pageButtons(history, { before: 'Newer', after: 'Older' }, (to) =>
      historyButtonId(memberId, to),
    ),
  };
}

function entryLine(entry: HistoryEntry, guildId: GuildId, settings: RecognitionSettings): string {
  const { id, tenths, at, byStaff, reversed } = entry;
  const sign = tenths > 0 ? '+' : '';
  const notes = [...(byStaff ? ['by staff'] : []), ...(reversed ? ['taken back since'] : [])];
  const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return `\`#${id}\` **${sign}${pointsText(tenths)}** ${linked(whatFor(entry, settings), entry, guildId)}${note} · ${timestamp(at, 'f')}`;
}

/** With the way to the message that it is for, in Discord's own addresses. */
function linked(text: string, { channelId, messageId }: HistoryEntry, guildId: GuildId): string {
  if (channelId === null || messageId === null) return text;
  return `[${text}](https://discord.com/channels/${guildId}/${channelId}/${messageId})`;
}

/** What an entry is for, in words. */
export function whatFor(
  { action, cause, reverses }: Pick<HistoryEntry, 'action' | 'cause' | 'reverses'>,
  { achievements }: RecognitionSettings,
): string {
  if (reverses !== null) return `takes back \`#${reverses}\``;
  if (action === ACTION.byStaff) return 'points';
  const readable = action.replaceAll('-', ' ');
  if (action !== ACTION.achievement) return readable;
  const [, name] = cause.split('/');
  return `${readable}: ${achievements.find((one) => one.name === name)?.label ?? name}`;
}
