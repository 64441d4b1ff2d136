import type { ChannelId, MemberId } from '../domain/ids.ts';
import { fillTemplate, type Placeholder, placeholdersIn } from '../domain/template.ts';

/** What stands for the placeholders in a text. */
export interface TextContext {
  /** The addresses that texts can name. */
  readonly links: Readonly<Record<string, string>>;
  /** The channels that texts name, as far as the guild has them. */
  readonly channels: ReadonlyMap<string, ChannelId>;
  /** Other values: `member`, `members`, … */
  readonly values?: Readonly<Record<string, string>>;
}

/** `text` with its placeholders filled in. A channel that the guild lacks stays readable. */
export function fill(text: string, context: TextContext): string {
  return fillTemplate(text, (placeholder) => replacementFor(placeholder, context));
}

/** The names of the channels that any text in a part of the configuration mentions. */
export function channelsMentioned(part: unknown): string[] {
  if (typeof part === 'string') {
    return placeholdersIn(part)
      .filter(({ kind }) => kind === 'channel')
      .map(({ name }) => name);
  }
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(channelsMentioned) : [];
}

/**
 * What a member has written, so that it is shown as it was written: without it, a link could say that it leads elsewhere.
 * Addresses stay as they are.
 */
export function asWritten(text: string): string {
  return text.replace(/https?:\/\/[^\s()[\]<>|*`]+|[\\[\]<*_~`|]|^[#>-]/gm, (part) =>
    part.length > 1 ? part : `\\${part}`,
  );
}

/** How a member is mentioned. */
export function mention(memberId: MemberId): string {
  return `<@${memberId}>`;
}

/**
 * A time (ms since 1970) that everybody reads in their own time zone and language.
 *
 * @param style by its letter in Discord's reference ("Timestamp Styles"): the day in figures or in words, the time, the day and the time
 *   (with the weekday, if the letter is large), or how long it is ago
 */
export function timestamp(at: number, style: 'd' | 'D' | 't' | 'f' | 'F' | 'R'): string {
  return `<t:${Math.floor(at / 1_000)}:${style}>`;
}

/** `text`, cut where it is longer than Discord takes: what it is made of may be long. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/** So many of something: `1 post`, `3 posts`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** The day of a moment (ms since 1970) where Discord does not show it in everybody's own time zone: `3 Nov 2026`. */
export function dayOf(milliseconds: number, timeZone: string): string {
  const parts = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone }).format(milliseconds);
}

function replacementFor(placeholder: Placeholder, { links, channels, values }: TextContext): string {
  if (placeholder.kind === 'value') return values?.[placeholder.name] ?? links[placeholder.name] ?? '';
  const id = channels.get(placeholder.name);
  return id === undefined ? `#${placeholder.name}` : `<#${id}>`;
}
