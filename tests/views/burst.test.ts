import { describe, expect, test } from '@jest/globals';
import { toMemberId } from '../../domain/ids.ts';
import { gatheredWelcome, raidNotice } from '../../views/burst.ts';

const members = ['1300000000000000002', '1300000000000000003'].map(toMemberId);
const context = { links: { guide: 'https://tixl.app/guide' }, channels: new Map() };
const raid = {
  above: 20,
  calm: '10m',
  channel: 'staff',
  title: 'Many join',
  link: '{guide}',
  began: '{joins} have joined',
  over: 'over after {joins}',
} as const;
const burst = {
  window: '1m',
  text: 'Welcome, {members}! (not @everyone)',
  embed: { title: 'Hello', description: 'd', color: 'blue', link: '{guide}', fields: [] },
  raid,
} as const;

describe('the welcome of several', () => {
  const { body, marker } = gatheredWelcome(burst, members, 'the-mark', context);

  test('names each of them, and can mention them alone', () => {
    expect(body.content).toBe('Welcome, <@1300000000000000002>, <@1300000000000000003>! (not @everyone)');
    expect(body.allowed_mentions).toEqual({ parse: [], users: members });
  });

  test('carries its mark', () => {
    expect(marker).toBe('the-mark');
    expect(body.embeds?.[0]?.url).toBe('https://tixl.app/guide#the-mark');
  });
});

describe('what staff are told of a raid', () => {
  test('says how many have joined, mentions nobody, and changes when it is over', () => {
    const begun = raidNotice(raid, { isOver: false, joins: 21 }, 'm', context);
    const over = raidNotice(raid, { isOver: true, joins: 40 }, 'm', context);
    expect(begun.body).toMatchObject({
      embeds: [{ title: 'Many join', description: '21 have joined', url: 'https://tixl.app/guide#m' }],
      allowed_mentions: { parse: [] },
    });
    expect(over.body.embeds?.[0]).toMatchObject({ description: 'over after 40' });
    expect(over.body.embeds?.[0]?.url).toBe(begun.body.embeds?.[0]?.url);
  });
});
