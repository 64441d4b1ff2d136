import { beforeAll, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toChannelId, toGuildId, toMemberId, toMessageId } from '../../domain/ids.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import type { HistoryEntry, MemberStanding } from '../../domain/standing.ts';
import { historyMessage } from '../../views/points-history.ts';
import { badgesMessage, pointsMessage, rankMessage } from '../../views/standing.ts';

const guildId = toGuildId('1300000000000000001');
const memberId = toMemberId('1300000000000000002');
const standing: MemberStanding = {
  memberId,
  points: {
    all: { tenths: 5_005, place: { place: 3, of: 40 } },
    month: { tenths: -20 },
    week: { tenths: 0 },
  },
  badges: [
    { name: 'expert', at: 1_000 },
    { name: 'taken-out', at: 1_000 },
  ],
  achievements: [],
};
let settings: RecognitionSettings;

beforeAll(async () => {
  settings = (await loadConfig([COMMUNITY_FILE])).recognition;
});

const linesOf = ({ embeds }: ReturnType<typeof pointsMessage>) => embeds[0]?.description?.split('\n') ?? [];

test('points are said with the place where there is one', () => {
  expect(linesOf(pointsMessage(standing))).toEqual([
    `<@${memberId}>: **500.5** points`,
    '',
    'All time: **500.5** · place **3** of 40',
    'This month: **-2** · no place',
    'This week: **0** · no place',
  ]);
});

test('a rank says what comes next, and that nothing does', () => {
  expect(linesOf(rankMessage(standing, settings)).slice(2, 5)).toEqual([
    '',
    '▱▱▱▱▱▱▱▱▱▱',
    '499.5 points to 🎓 **Mentor** (1000)',
  ]);
  const all = { tenths: 25_000 };
  const highest = rankMessage({ ...standing, points: { ...standing.points, all } }, settings);
  expect(linesOf(highest)).toContain('The highest badge for points is reached.');
});

test('badges that the configuration does not know any more are left out, and too many are cut', () => {
  expect(linesOf(badgesMessage(standing, settings))[0]).toBe(`<@${memberId}> has 1 of 6`);
  const [badge] = settings.badges;
  if (badge === undefined) throw new Error('there is no badge');
  const many = Array.from({ length: 100 }, (_, number) => ({ ...badge, name: `badge-${number}` }));
  const message = badgesMessage(standing, { ...settings, badges: many });
  expect(message.embeds[0]?.description).toHaveLength(4_096);
});

test('a history says what each entry is for, and leads to the pages beside it', () => {
  const entry = (id: string, rest: Partial<HistoryEntry>): HistoryEntry => ({
    ...{ id, action: 'message', cause: `message/${id}`, tenths: 10, at: 60_000 },
    ...{ byStaff: false, messageId: null, channelId: null, reverses: null, reversed: false, ...rest },
  });
  const entries = [
    entry('4', { reverses: '2', tenths: -250, action: 'tutorial-created', byStaff: true }),
    entry('3', { action: 'achievement', cause: `achievement/bug-hunter/${memberId}`, tenths: 500 }),
    entry('2', { action: 'tutorial-created', tenths: 250, reversed: true }),
    entry('1', { action: 'by-staff', byStaff: true, tenths: 5 }),
    entry('0', {
      messageId: toMessageId('1300000000000000004'),
      channelId: toChannelId('1300000000000000005'),
    }),
  ];
  const { embeds, components } = historyMessage({ guildId, memberId, page: 1, pages: 2, entries }, settings);
  expect(embeds?.[0]?.description?.split('\n').slice(2)).toEqual([
    '`#4` **-25** takes back `#2` (by staff) · <t:60:f>',
    '`#3` **+50** achievement: Bug Hunter · <t:60:f>',
    '`#2` **+25** tutorial created (taken back since) · <t:60:f>',
    '`#1` **+0.5** points (by staff) · <t:60:f>',
    `\`#0\` **+1** [message](https://discord.com/channels/${guildId}/1300000000000000005/1300000000000000004) · <t:60:f>`,
  ]);
  expect(components).toMatchObject([
    {
      components: [
        { label: 'Newer', disabled: true },
        { label: 'Older', disabled: false },
      ],
    },
  ]);
  expect(historyMessage({ guildId, memberId, page: 1, pages: 1, entries: [] }, settings)).toMatchObject({
    embeds: [{ description: `<@${memberId}>\n\nNo points yet.` }],
    components: [],
  });
});
