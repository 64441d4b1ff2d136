import { describe, expect, test } from '@jest/globals';
import { type ChannelId, toChannelId, toGuildId, toMemberId } from '../../domain/ids.ts';
import { stopButtonId } from '../../domain/onboarding.ts';
import { carriesMarker } from '../../views/marked-message.ts';
import { guidanceMessage, stepMessage } from '../../views/onboarding.ts';
import { channelsMentioned } from '../../views/text.ts';

const member = toMemberId('1300000000000000002');
const orientation = toChannelId('1300000000000000003');
const context = {
  visit: { guildId: toGuildId('1300000000000000001'), memberId: member, joinedAt: 9, visitBegan: 5 },
  values: { member: `<@${member}>` },
  offer: [],
  mark: 'mark-of-this-message',
  links: { guide: 'https://tixl.app/guide' },
  stopButton: 'Stop',
  channels: new Map<string, ChannelId>([['orientation', orientation]]),
};
const welcome = {
  name: 'welcome',
  after: '0s',
  to: 'channel',
  channel: 'welcome',
  text: 'Welcome, all @everyone!',
  embed: {
    color: 'blue',
    title: 'Welcome',
    link: '{guide}',
    description: 'Hi {member}, see {#orientation} and {#elsewhere}',
    fields: [{ name: 'More', value: '{guide}' }],
  },
} as const;
const tip = { name: 'guide', after: '30s', to: 'dm', text: 'Read [this]({guide})' } as const;

describe('the message of a step', () => {
  test('has its placeholders filled in; a channel that the guild lacks stays readable', () => {
    expect(stepMessage(welcome, context).body.embeds).toEqual([
      {
        title: 'Welcome',
        description: `Hi <@${member}>, see <#${orientation}> and #elsewhere`,
        color: 0x3498db,
        url: 'https://tixl.app/guide#mark-of-this-message',
        fields: [{ name: 'More', value: 'https://tixl.app/guide' }],
      },
    ]);
    expect(channelsMentioned(welcome)).toEqual(['orientation', 'elsewhere']);
  });

  test('can mention the member and nobody else, whatever the text says', () => {
    for (const step of [welcome, tip]) {
      expect(stepMessage(step, context).body.allowed_mentions).toEqual({ parse: [], users: [member] });
    }
  });

  test('has a button under a tip that stops further ones', () => {
    expect(stepMessage(tip, context).body).toMatchObject({
      content: 'Read [this](https://tixl.app/guide)',
      components: [{ components: [{ custom_id: stopButtonId(5, 'guide'), label: 'Stop' }] }],
    });
  });

  test.each([welcome, tip])('is known again by its mark ($name)', (step) => {
    const { marker, body } = stepMessage(step, context);
    const sent = { embeds: body.embeds ?? [], components: body.components ?? [] } as unknown as Parameters<
      typeof carriesMarker
    >[0];
    expect(carriesMarker(sent, marker)).toBe(true);
    expect(carriesMarker(sent, `${marker}x`)).toBe(false);
    expect(carriesMarker({ embeds: [], components: [] }, marker)).toBe(false);
  });
});

describe('the message for closed direct messages', () => {
  const place = { channel: 'welcome', text: '{member}, read this', title: 'First', link: '{guide}' };
  const message = guidanceMessage(
    place,
    [tip, { ...tip, name: 'more', text: 'And @everyone {#orientation}' }],
    {
      ...context,
      member,
    },
  );

  test('says all tips in one, and mentions the member alone', () => {
    expect(message.body).toMatchObject({
      content: `<@${member}>, read this`,
      embeds: [
        {
          title: 'First',
          description: `Read [this](https://tixl.app/guide)\n\nAnd @everyone <#${orientation}>`,
        },
      ],
      allowed_mentions: { parse: [], users: [member] },
    });
  });

  test('is known again by its mark', () => {
    expect(message.body.embeds?.[0]?.url).toBe('https://tixl.app/guide#mark-of-this-message');
    expect(message.marker).toBe(context.mark);
  });
});

test('a tip that is sent again has a mark of its own', () => {
  const first = stepMessage(tip, context).marker;
  expect(stepMessage(tip, { ...context, again: '1' }).marker).not.toBe(first);
});
