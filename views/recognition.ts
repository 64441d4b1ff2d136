import type { Achievement, AnnouncementSettings, Badge, Recognised } from '../domain/recognition.ts';
import { markedEmbed } from './embed.ts';
import type { MarkedMessage } from './marked-message.ts';
import { fill, mention, type TextContext } from './text.ts';

/** What the community is told of a badge or an achievement. It names the member, and notifies nobody. */
export function recognitionAnnouncement(
  { badge, achievement, link }: AnnouncementSettings,
  { what, memberId }: Recognised,
  { label, emoji, description }: Badge | Achievement,
  mark: string,
  context: TextContext,
): MarkedMessage {
  const naming = { ...context, values: { member: mention(memberId), name: label, description } };
  const template = {
    color: 'gold',
    title: `${emoji} ${label}`,
    link,
    description: fill(what === 'achievement' ? achievement : badge, naming),
    fields: [],
  } as const;
  return {
    marker: mark,
    body: { embeds: [markedEmbed(template, mark, naming)], allowed_mentions: { parse: [] } },
  };
}
