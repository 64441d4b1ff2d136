import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { MessageWriter } from '../../bot/message-writer.ts';
import { intakeState } from '../../database/messages.ts';
import type { ChannelMessage } from '../../domain/channel-messages.ts';
import { firstIdAt, isNewer, toChannelId, toGuildId, toMemberId, toMessageId } from '../../domain/ids.ts';
import { messagesDropped } from '../../runtime/metrics.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/wait.ts';

const BEGIN = Date.parse('2026-11-18T12:00:00Z');
const GUILD = toGuildId('1300000000000000001');
/** More than may wait. */
const TOO_MANY = 100_001;

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

function messageAt(milliseconds: number): ChannelMessage {
  const id = toMessageId(firstIdAt(BEGIN + 60_000 + milliseconds));
  const place = {
    channelId: toChannelId('1200000000000000001'),
    memberId: toMemberId('1300000000000000002'),
  };
  return { id, ...place, length: 20, fingerprint: '1', excluded: false };
}

async function stored(): Promise<number> {
  const [row]: { count: string }[] = await database.orm.em.fork().execute('select count(*) from messages');
  return Number(row?.count);
}

const state = () => intakeState(database.orm.em.fork(), GUILD);

test('a database that takes nothing costs no more memory: what is too much is dropped, and a gap is opened for it', async () => {
  const { em } = database.orm;
  const logger = pino({ level: 'silent' });
  const writer = new MessageWriter({ em, guildId: GUILD, logger, lastHeartbeat: () => undefined });
  const over = new AbortController();
  writer.beginSession(BEGIN);
  const writing = writer.writeUntil(over.signal);
  await until(async () => (await state())?.lastGap === 1);
  const begin = (await state())?.completeTo ?? '';

  const holder = new pg.Client(database.url);
  await holder.connect();
  await holder.query('begin; lock table message_intakes in access exclusive mode');
  const hear = (message: ChannelMessage) => {
    writer.addMessage(message);
    writer.noteEvent(message.id, BEGIN + 60_000);
  };
  for (let number = 0; number < TOO_MANY; number += 1) hear(messageAt(number));
  const { values } = await messagesDropped.get();
  expect(values[0]?.value).toBe(TOO_MANY);
  hear(messageAt(TOO_MANY));
  await holder.query('commit');
  await holder.end();

  await until(async () => (await state())?.lastGap === 2);
  over.abort();
  await writing;
  expect(await stored()).toBe(1);
  // The mark has not passed what was dropped.
  expect((await state())?.completeTo).toBe(begin);
});

test('what is still to be written holds the mark back, and all of it is written when the session ends', async () => {
  const { em } = database.orm;
  const logger = pino({ level: 'silent' });
  const guildId = toGuildId('1300000000000000003');
  const writer = new MessageWriter({ em, guildId, logger, lastHeartbeat: () => undefined });
  const before = await stored();
  writer.beginSession(BEGIN);
  const many = Array.from({ length: 12_000 }, (_, number) => messageAt(200_000 + number));
  for (const message of many) {
    writer.addMessage(message);
    writer.noteEvent(message.id, BEGIN + 60_000);
  }
  await writer.writeUntil(AbortSignal.abort());
  expect(await stored()).toBe(before + many.length);
  const intake = await intakeState(database.orm.em.fork(), guildId);
  expect(isNewer(intake?.completeTo ?? '0', many[5_000]?.id ?? '0')).toBe(false);
});
