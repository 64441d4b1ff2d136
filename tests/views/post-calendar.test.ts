import { describe, expect, test } from '@jest/globals';
import { ComponentType } from 'discord-api-types/v10';
import { toDay } from '../../domain/calendar.ts';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import { type CalendarEntry, type Month, monthOf } from '../../domain/post-calendar.ts';
import { toPostId } from '../../domain/posts.ts';
import {
  noSuchMonth,
  postCalendarDescription,
  postCalendarMessage,
  toPostCalendarPicture,
} from '../../views/post-calendar.ts';

const NOVEMBER = monthOf(toDay('2026-11-01'));
const entry = (changes: Partial<CalendarEntry> = {}): CalendarEntry => ({
  ...{ postId: toPostId('1'), title: 'TiXL *4*', at: 0, day: toDay('2026-11-23'), time: '18:30' },
  ...{ state: 'published', platforms: ['x', 'discord'] },
  ...changes,
});
const calendarOf = (entries: readonly CalendarEntry[], month: Month = NOVEMBER) => ({
  ...{ month, entries, today: toDay('2026-11-23'), timeZone: 'Europe/Berlin' },
});
const buttonsIn = (month: Month) =>
  postCalendarMessage(calendarOf([], month)).components?.flatMap((row) =>
    row.type === ComponentType.ActionRow
      ? row.components.map((button) => ('custom_id' in button ? button.custom_id : ''))
      : [],
  );

describe('a calendar', () => {
  test('has its posts in words, with how each stands and where it goes', () => {
    const planned = entry({ day: toDay('2026-11-28'), time: '09:00', state: 'planned', title: 'Next' });
    const [embed] = postCalendarMessage(calendarOf([entry(), planned])).embeds ?? [];
    expect(embed).toMatchObject({
      title: 'Posts in November 2026',
      image: { url: 'attachment://calendar.png' },
    });
    expect(embed?.description?.split('\n')).toEqual([
      '✅ Mon 23 Nov (today) 18:30 · **TiXL \\*4\\*** · published · Discord, X',
      '🕒 Sat 28 Nov 09:00 · **Next** · planned · Discord, X',
    ]);
    expect(embed?.footer?.text).toMatch(/^Times: Europe\/Berlin\./);
    expect(toPostCalendarPicture(calendarOf([entry(), planned])).basis).toBe('1 planned · 1 published');
  });

  test('says that there is nothing', () => {
    const [embed] = postCalendarMessage(calendarOf([])).embeds ?? [];
    expect(embed?.description).toBe('Nothing is planned, and nothing was published.');
    expect(toPostCalendarPicture(calendarOf([])).basis).toBe('no posts');
  });

  test('has no more in words than Discord takes, and says how many more there are', () => {
    const full = calendarOf(Array.from({ length: 400 }, () => entry({ title: '*'.repeat(100) })));
    const text = postCalendarMessage(full).embeds?.[0]?.description ?? '';
    expect(text.length).toBeLessThanOrEqual(DISCORD_LIMITS.embedDescription);
    const lines = text.split('\n');
    expect(lines.at(-1)).toBe(`and ${400 - lines.length + 1} more: \`/post list\` has them all.`);
    const description = postCalendarDescription(full);
    expect(description.length).toBeLessThanOrEqual(DISCORD_LIMITS.fileDescription);
    expect(description).toMatch(
      /^November 2026: 400 published\nMon 23 Nov 18:30: \*+…, published, Discord, X\n/,
    );
    expect(description).toMatch(/and 39\d more: `\/post list` has them all\.$/);
  });

  test('leads to the months beside it', () => {
    expect(buttonsIn(NOVEMBER)).toEqual(['post-calendar:2026-10', 'post-calendar:2026-12']);
    expect(buttonsIn(monthOf(toDay('2000-01-01')))).toEqual(['post-calendar:2000-02']);
  });

  test('of what is no month is refused, with what to write', () => {
    expect(noSuchMonth('@every*one*')).toBe(
      '“@every\\*one\\*” is no month. Write it like `2026-11`, `november` or `nov 2026`.',
    );
  });
});
