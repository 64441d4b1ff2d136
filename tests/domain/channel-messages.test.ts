import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type ChannelMessage,
  countMessages,
  isExcluded,
  plainWords,
  type WriterState,
} from '../../domain/channel-messages.ts';
import { firstIdAt, isNewer, type MemberId, toChannelId, toMemberId, toMessageId } from '../../domain/ids.ts';

const RULE = { coolDown: '1m', minimumLength: 5 } as const;
const BEGIN = Date.parse('2026-11-22T12:00:00Z');
const ANN = toMemberId('1300000000000000001');
const BEN = toMemberId('1300000000000000002');

/** A message so many seconds after the beginning, with words of its own unless others are given. */
function message(seconds: number, rest: Partial<ChannelMessage> = {}): ChannelMessage {
  return {
    id: toMessageId(firstIdAt(BEGIN + seconds * 1_000)),
    channelId: toChannelId('1200000000000000001'),
    memberId: ANN,
    length: 20,
    fingerprint: String(seconds),
    excluded: false,
    ...rest,
  };
}

const countsOf = (messages: readonly ChannelMessage[]) => {
  const { counted } = countMessages(new Map(), messages, RULE);
  return messages.map((one) => counted.includes(one));
};

describe('a message counts', () => {
  test.each<[string, ChannelMessage[], boolean[]]>([
    ['as the first of a member', [message(0)], [true]],
    ['when the cool-down is over, to the second', [message(0), message(60)], [true, true]],
    ['not before', [message(0), message(59.999)], [true, false]],
    [
      'by the cool-down since the last one that counted, not the last one',
      [message(0), message(50), message(61)],
      [true, false, true],
    ],
    ['each member by themselves', [message(0), message(1, { memberId: BEN })], [true, true]],
    ['not if it is too short', [message(0, { length: 4 }), message(1, { length: 5 })], [false, true]],
    ['not where messages do not count', [message(0, { excluded: true }), message(1)], [false, true]],
    [
      'not if it repeats the one before',
      [message(0, { fingerprint: '7' }), message(70, { fingerprint: '7' })],
      [true, false],
    ],
    [
      'not if it repeats one that did not count, or in another channel',
      [message(0, { fingerprint: '7', excluded: true }), message(70, { fingerprint: '7' })],
      [false, false],
    ],
    [
      'again after other words',
      [message(0, { fingerprint: '7' }), message(1, { fingerprint: '8' }), message(70, { fingerprint: '7' })],
      [true, false, true],
    ],
  ])('%s', (_, messages, expected) => {
    expect(countsOf(messages)).toEqual(expected);
  });

  test('or does not, however messages are divided into batches', () => {
    const anyMessage = fc.record({
      seconds: fc.nat(600),
      memberId: fc.constantFrom(ANN, BEN),
      length: fc.nat(10),
      fingerprint: fc.constantFrom('1', '2', '3'),
      excluded: fc.boolean(),
    });
    const many = fc.uniqueArray(anyMessage, { selector: ({ seconds }) => seconds, maxLength: 60 });
    fc.assert(
      fc.property(many, fc.array(fc.integer({ min: 1, max: 9 })), (drawn, sizes) => {
        const messages = drawn
          .map(({ seconds, ...rest }) => message(seconds, rest))
          .sort((one, other) => (isNewer(one.id, other.id) ? 1 : -1));
        const atOnce = countMessages(new Map(), messages, RULE);
        let states: ReadonlyMap<MemberId, WriterState> = new Map();
        const counted: ChannelMessage[] = [];
        for (const batch of divide(messages, sizes)) {
          const result = countMessages(states, batch, RULE);
          counted.push(...result.counted);
          states = new Map([...states, ...result.states]);
        }
        expect(counted).toEqual(atOnce.counted);
        expect(states).toEqual(atOnce.states);
      }),
    );
  });
});

/** Batches of these sizes, and the rest. */
function divide<Item>(items: readonly Item[], sizes: readonly number[]): Item[][] {
  const rest = [...items];
  return [...sizes, items.length].map((size) => rest.splice(0, size));
}

test.each([
  ['Hello World', 'hello world'],
  ['  Hello\n\n World ', 'hello world'],
  ['Ünïcode', 'ünïcode'],
  ['', ''],
])('the words of %j are %j', (content, words) => {
  expect(plainWords(content)).toBe(words);
});

test.each<[(string | undefined)[], boolean]>([
  [['general'], false],
  [['off-topic'], true],
  [['a thread', 'off-topic'], true],
  [['a thread', undefined], false],
  [[], false],
])('in %j messages are left out: %p', (names, expected) => {
  expect(isExcluded(names, { excludedChannels: ['off-topic'] })).toBe(expected);
});
