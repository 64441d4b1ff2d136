import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { settleMessages } from '../../database/message-settlement.ts';
import { closeGap, storeHeard, thanksKnown } from '../../database/messages.ts';
import type { Ledger } from '../../database/points.ts';
import { dropThanksBefore, settleThanks, thank } from '../../database/thanks.ts';
import type { ChannelMessage } from '../../domain/channel-messages.ts';
import { type GuildId, type MemberId, type MessageId, toMemberId } from '../../domain/ids.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import type { ThanksReaction } from '../../domain/thanks.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { ANN, BEGIN, markAt, messageAt } from '../support/heard-messages.ts';
import { newGuildId } from '../support/ids.ts';

const DAY_MS = 86_400_000;
const HOUR_S = 3_600;
const BEN = toMemberId('1300000000000000002');
const EVE = toMemberId('1300000000000000003');

let database: TestDatabase;
let settings: RecognitionSettings;
let ledger: Ledger;
let guildId: GuildId;

beforeAll(async () => {
  database = await freshDatabase();
  settings = (await loadConfigWith('recognition: { timeZone: UTC, thanks: { dailyLimit: 2 } }')).recognition;
});
beforeEach(async () => {
  guildId = newGuildId();
  ledger = { guildId, settings };
  await hear([], [], true);
  await closeGap(database.orm.em.fork(), guildId, 1);
});
afterAll(() => database.close());

const hear = (messages: readonly ChannelMessage[], thanks: readonly ThanksReaction[], hasGap = false) =>
  storeHeard(database.orm.em, guildId, { messages, thanks, hasGap, heardTo: markAt(0) });

/** A message that a member wrote a while ago and that was heard since. It is too short to count. */
const messageOf = (memberId: MemberId) => messageAt(-HOUR_S, { memberId, length: 1 });

const reaction = (messageId: MessageId, giverId: MemberId, at = BEGIN): ThanksReaction => ({
  ...{ messageId, giverId, at },
});

async function settle(): Promise<void> {
  await settleMessages(database.orm.em, ledger, 1_000);
  await settleThanks(database.orm.em, ledger, 1_000);
}

const thankBy = (number: number, giverId: MemberId, receiverId: MemberId, at = BEGIN) =>
  database.orm.em
    .fork()
    .transactional((transaction) =>
      thank(transaction, ledger, { giverId, receiverId, at, cause: `thanks/${guildId}/${number}` }),
    );

async function thanksPaid(): Promise<{ member: MemberId; tenths: number }[]> {
  return database.orm.em.fork().execute(
    `select member_id as member, tenths from points_ledger
     where guild_id = ? and action = 'helpful-answer' order by member_id`,
    [guildId],
  );
}

describe('a reaction of thanks', () => {
  test("pays the message's writer, once", async () => {
    const message = messageOf(ANN);
    await hear([message], [reaction(message.id, BEN)]);
    await hear([message], [reaction(message.id, BEN, BEGIN + 5)]);
    await settle();
    await settle();
    expect(await thanksPaid()).toEqual([{ member: ANN, tenths: 50 }]);
  });

  test('pays nothing for thanking oneself, nor for a message that no member wrote', async () => {
    const message = messageOf(ANN);
    const unknown = messageOf(BEN);
    await hear([message], [reaction(message.id, ANN), reaction(unknown.id, ANN)]);
    await settle();
    expect(await thanksPaid()).toEqual([]);
  });

  test('waits for its message, if that was missed', async () => {
    const message = messageOf(ANN);
    const later = markAt(1);
    await hear([], [reaction(later, BEN)]);
    await settle();
    await storeHeard(database.orm.em, guildId, {
      ...{ messages: [{ ...message, id: later }], thanks: [], hasGap: false },
      heardTo: markAt(2),
    });
    await settle();
    expect(await thanksPaid()).toEqual([{ member: ANN, tenths: 50 }]);
  });

  test('counts a few times a day for a pair, in whatever way they thank and however many at once', async () => {
    const mine = Array.from({ length: 5 }, () => messageOf(ANN));
    await hear(
      mine,
      mine.map(({ id }) => reaction(id, BEN)),
    );
    await settleMessages(database.orm.em, ledger, 1_000);
    const results = await Promise.all([
      ...Array.from({ length: 3 }, () => settleThanks(database.orm.em, ledger, 2).then(() => undefined)),
      ...[1, 2, 3].map((number) => thankBy(number, BEN, ANN)),
    ]);
    await settle();
    expect(await thanksPaid()).toHaveLength(2);
    expect(results.filter((result) => result === 'limit reached').length).toBeGreaterThan(0);
    // Another day, and another giver.
    expect(await thankBy(4, BEN, ANN, BEGIN + DAY_MS)).toBe('thanked');
    expect(await thankBy(5, EVE, ANN)).toBe('thanked');
    expect(await thanksPaid()).toHaveLength(4);
  });
});

describe('the command', () => {
  test('says what became of it', async () => {
    expect(await thankBy(1, BEN, ANN)).toBe('thanked');
    expect(await thankBy(2, ANN, ANN)).toBe('oneself');
    expect(await thankBy(3, BEN, ANN)).toBe('thanked');
    expect(await thankBy(4, BEN, ANN)).toBe('limit reached');
    expect(await thanksPaid()).toHaveLength(2);
  });

  test('counts once, and says the same again, when it is carried out again', async () => {
    const outcomes = [await thankBy(1, BEN, ANN), await thankBy(2, BEN, ANN), await thankBy(3, BEN, ANN)];
    expect(outcomes).toEqual(['thanked', 'thanked', 'limit reached']);
    const again = await Promise.all([1, 2, 3].map((number) => thankBy(number, BEN, ANN)));
    expect(again).toEqual(outcomes);
    expect(await thanksPaid()).toHaveLength(2);
  });
});

test('what is known of thanks for messages', async () => {
  const [thanked, other, unknown] = [messageOf(ANN), messageOf(ANN), messageOf(ANN)];
  await hear([thanked, other], [reaction(thanked.id, BEN), reaction(thanked.id, EVE)]);
  expect(await thanksKnown(database.orm.em.fork(), guildId, [thanked.id, other.id, unknown.id])).toEqual(
    new Map([
      [thanked.id, 2],
      [other.id, 0],
    ]),
  );
});

test('old thanks are forgotten, but not what they brought, nor what is not settled', async () => {
  const message = messageOf(ANN);
  await hear([message], [reaction(message.id, BEN)]);
  const em = database.orm.em.fork();
  await dropThanksBefore(em, ledger, BEGIN + 1);
  await settle();
  expect(await thanksPaid()).toHaveLength(1);
  await dropThanksBefore(em, ledger, BEGIN + 1);
  expect(await thanksKnown(em, guildId, [message.id])).toEqual(new Map([[message.id, 0]]));
  expect(await thanksPaid()).toHaveLength(1);
});
