/**
 * Messages a second from the gateway to the settled ledger, beside a plain bot that makes the same three writes in one transaction a
 * message. Both are told the same frames, on the same database, one after the other. Figures: docs/performance.md.
 *
 * `npm run bench -- messages [--messages 100000] [--plain-messages 20000]`
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { COMMUNITY_FILE } from '../../config/load.ts';
import type { OurProcess } from '../../scripts/stack/our-process.ts';
import { type Bench, countFrom, progress } from '../support/bench.ts';
import { forgetPeak, memoryOf } from '../support/processes.ts';
import {
  type BenchDiscord,
  type Scene,
  startBaseline,
  startDiscord,
  startOurs,
  withScene,
} from '../support/scene.ts';
import type { Table } from '../support/table.ts';
import { type FrameGateway, startFrameGateway, WRITERS } from './frame-gateway.ts';

const POLL_MS = 200;
/** Every message counts, as it does for the plain bot. */
const CONFIGURATION = 'recognition: { messages: { coolDown: 0s, minimumLength: 1 } }';
const TIMES_AS_MANY = 10;

const PLAIN_TABLES = `
  create table plain_messages (id bigint primary key, channel_id text not null, member_id text not null, length integer not null);
  create table plain_ledger (
    id bigint generated always as identity primary key, member_id text not null, cause text not null unique, tenths integer not null);
  create table plain_totals (member_id text primary key, tenths bigint not null)`;

/** What a bot has made of a burst. */
interface Figures {
  readonly messages: number;
  readonly seconds: number;
  /** Of the bot, in MB: before, and the most while it went on. */
  readonly beforeMb: number;
  readonly peakMb: number;
  /** Entries of the ledger in the end. */
  readonly entries: number;
}

/** The benchmark `messages`. */
export const messages: Bench = {
  options: {
    messages: { type: 'string', default: '100000' },
    'plain-messages': { type: 'string', default: '20000' },
  },
  run: (values) =>
    withScene(async (scene) => {
      const discord = await startDiscord(scene, 'messages');
      const gateway = await startFrameGateway(discord);
      // The bots are told by the gateway of the bench; the worker asks the local Discord.
      const told = { ...discord, environment: { ...discord.environment, DISCORD_API_URL: gateway.apiUrl } };
      const database = new pg.Client({ connectionString: scene.environment.DATABASE_URL });
      await database.connect();
      try {
        const plain = await measurePlain(scene, told, gateway, database, countFrom(values, 'plain-messages'));
        const ours = await measureOurs(
          scene,
          discord,
          told,
          gateway,
          database,
          countFrom(values, 'messages'),
        );
        return [toTable(ours, plain)];
      } finally {
        await database.end();
        await gateway.stop();
      }
    }),
};

async function measurePlain(
  scene: Scene,
  told: BenchDiscord,
  gateway: FrameGateway,
  database: pg.Client,
  count: number,
): Promise<Figures> {
  await database.query(PLAIN_TABLES);
  const part = await startBaseline('plain-bot', new URL('plain-bot.ts', import.meta.url), scene, told);
  const figures = await measure(gateway, { part, health: '' }, count, () =>
    countRows(database, 'select count(*) from plain_ledger'),
  );
  await part.stop();
  return figures;
}

async function measureOurs(
  scene: Scene,
  discord: BenchDiscord,
  told: BenchDiscord,
  gateway: FrameGateway,
  database: pg.Client,
  count: number,
): Promise<Figures> {
  const overlay = join(scene.folder, 'messages.yaml');
  await writeFile(overlay, CONFIGURATION);
  const files = [COMMUNITY_FILE, overlay];
  await startOurs('worker', scene, discord, files);
  const bot = await startOurs('bot', scene, told, files);
  // What the new session may have missed has been read: from now on the mark moves.
  const open = 'select count(*) from message_intakes where gaps_opened > gaps_closed';
  const known = 'select count(*) from message_intakes';
  while ((await countRows(database, known)) === 0 || (await countRows(database, open)) > 0)
    await pause(POLL_MS);
  return measure(gateway, bot, count, () =>
    countRows(database, `select count(*) from points_ledger where action = 'message'`),
  );
}

/** Sends a burst of `count` messages and waits until the ledger has as many entries more. By then each member has written once. */
async function measure(
  gateway: FrameGateway,
  bot: OurProcess,
  count: number,
  entries: () => Promise<number>,
): Promise<Figures> {
  await gateway.burst(WRITERS);
  while ((await entries()) < WRITERS) await pause(POLL_MS);
  await forgetPeak(bot);
  const { nowMb } = await memoryOf(bot);
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1_000;
  const sent = gateway
    .burst(count)
    .then(() => progress(`    ${count} sent after ${seconds().toFixed(1)} s\n`));
  while ((await entries()) < WRITERS + count) await pause(POLL_MS);
  const took = seconds();
  await sent;
  progress(`    ${count} settled after ${took.toFixed(1)} s\n`);
  const { peakMb } = await memoryOf(bot);
  return { messages: count, seconds: took, beforeMb: nowMb, peakMb, entries: (await entries()) - WRITERS };
}

async function countRows(database: pg.Client, query: string): Promise<number> {
  const { rows } = await database.query<{ count: string }>(query);
  return Number(rows[0]?.count);
}

function toTable(ours: Figures, plain: Figures): Table {
  const perSecond = ({ messages, seconds }: Figures) => messages / seconds;
  const row = (name: string, value: (figures: Figures) => number) => ({
    what: name,
    values: { ours: value(ours), 'plain bot': value(plain) },
  });
  return {
    title: 'From the gateway to the settled ledger',
    columns: ['ours', 'plain bot'],
    rows: [
      row('messages', ({ messages }) => messages),
      row('entries in the ledger', ({ entries }) => entries),
      row('seconds', ({ seconds }) => seconds),
      row('messages a second', perSecond),
      {
        what: 'times as many',
        values: { ours: perSecond(ours) / perSecond(plain) },
        aim: { atLeast: TIMES_AS_MANY },
      },
      row("the bot's memory before, MB", ({ beforeMb }) => beforeMb),
      row('and the most in the burst, MB', ({ peakMb }) => peakMb),
    ],
    notes: [
      'Both bots are discord.js with the same intents, told the same frames by a gateway in the process of the bench, as fast as they take them.',
      'The plain bot makes three writes in one transaction a message, through a pool of 10; ours keeps totals of week and month as well.',
      'Of the seconds of ours, two and a half pass until it is certain that the last messages are told in order: there it waits on purpose.',
      'Bots, worker, PostgreSQL, Temporal and the bench share the machine.',
    ],
  };
}
