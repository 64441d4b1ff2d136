/** Many press "Going" within a minute: how soon they are answered, and whether all are counted right, beside a bot without a lock. */

import { setTimeout as pause } from 'node:timers/promises';
import { REST } from '@discordjs/rest';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import pg from 'pg';
import { COMMUNITY_FILE } from '../../config/load.ts';
import { openDatabase } from '../../database/orm.ts';
import { eventButtonId } from '../../domain/event-buttons.ts';
import type { EventId } from '../../domain/events.ts';
import { type MemberId, toChannelId, toMemberId, toMessageId } from '../../domain/ids.ts';
import { addOpenEvent } from '../../tests/support/open-event.ts';
import { buttonRow, eventButton } from '../../views/events.ts';
import { progress } from '../support/bench.ts';
import { untilSender } from '../support/processes.ts';
import {
  type BenchDiscord,
  type Scene,
  startBaseline,
  startDiscord,
  startOurs,
  withScene,
} from '../support/scene.ts';
import { quantile } from '../support/statistics.ts';
import type { Row, Table } from '../support/table.ts';

/** Discord waits for 3 s; whoever waits for longer than this for the result is not answered. */
const PATIENCE_MS = 30_000;
/** Presses before time is taken: connections are opened, and code is compiled. */
const WARM_UP = 20;
const AIM_MS = 500;

export interface PressSettings {
  readonly presses: number;
  readonly withinSeconds: number;
  readonly capacity: number;
}

/** A press. Times from the press until the member sees something. */
interface Press {
  readonly acknowledgedMs: number;
  readonly resultMs: number;
  readonly isAnswered: boolean;
}

/** An announcement whose button is pressed, and who presses. */
interface Announcement {
  readonly discord: BenchDiscord;
  readonly channelId: string;
  readonly messageId: string;
  readonly eventId: EventId;
  readonly members: readonly MemberId[];
}

/** What came of it. */
interface Pressed {
  readonly presses: readonly Press[];
  readonly going: number;
  readonly waiting: number;
}

/** What was written of an event. */
type Count = (eventId: EventId) => Promise<{ going: number; waiting: number }>;

/** Measures both, one after the other. */
export function measurePresses(settings: PressSettings): Promise<Table[]> {
  return withScene(async (scene) => {
    const database = new pg.Client({ connectionString: scene.environment.DATABASE_URL });
    await database.connect();
    try {
      const ours = await measureOurs(scene, settings, database);
      const plain = await measurePlain(scene, settings, database);
      return [toTable(settings, { ours, plain })];
    } finally {
      await database.end();
    }
  });
}

async function measureOurs(scene: Scene, settings: PressSettings, database: pg.Client): Promise<Pressed> {
  const discord = await startDiscord(scene, 'presses');
  const members = await fill(discord, settings.presses);
  const worker = await startOurs('worker', scene, discord, [COMMUNITY_FILE]);
  await startOurs('bot', scene, discord, [COMMUNITY_FILE]);
  await untilSender(worker);
  const orm = openDatabase(scene.environment.DATABASE_URL ?? '');
  try {
    const announce = async (capacity: number) => {
      const { eventId } = await addOpenEvent(orm.em, discord.guildId, { capacity });
      const announcement = await send(discord, eventId, members);
      await database.query(
        'update events set channel_id = $1, announcement_id = $2 where guild_id = $3 and id = $4',
        [
          ...[toChannelId(announcement.channelId), toMessageId(announcement.messageId)],
          ...[discord.guildId, eventId],
        ],
      );
      return announcement;
    };
    return await measure(settings, announce, (eventId) => countIn(database, 'event_registrations', eventId));
  } finally {
    await orm.close();
  }
}

async function measurePlain(scene: Scene, settings: PressSettings, database: pg.Client): Promise<Pressed> {
  await database.query(`
    create table plain_events (id text primary key, capacity integer not null);
    create table plain_registrations (
      event_id text not null, member_id text not null, state text not null, place numeric(20) not null,
      primary key (event_id, member_id));
    create index on plain_registrations (event_id, state, place)`);
  const discord = await startDiscord(scene, 'plain');
  const members = await fill(discord, settings.presses);
  await startBaseline('plain-bot', new URL('plain-bot.ts', import.meta.url), scene, discord);
  let events = 0;
  const announce = async (capacity: number) => {
    const eventId = `plain-${++events}` as EventId;
    await database.query('insert into plain_events values ($1, $2)', [eventId, capacity]);
    return send(discord, eventId, members);
  };
  return measure(settings, announce, (eventId) => countIn(database, 'plain_registrations', eventId));
}

async function measure(
  { presses, withinSeconds, capacity }: PressSettings,
  announce: (capacity: number) => Promise<Announcement>,
  count: Count,
): Promise<Pressed> {
  const warmUp = await announce(WARM_UP);
  await pressAll({ ...warmUp, members: warmUp.members.slice(0, WARM_UP) }, 1);
  const announcement = await announce(capacity);
  const all = await pressAll(announcement, withinSeconds);
  progress(`  … ${presses} pressed\n`);
  return { presses: all, ...(await count(announcement.eventId)) };
}

/** Each press begins at its time, however long the answer to the one before takes. */
async function pressAll(announcement: Announcement, withinSeconds: number): Promise<Press[]> {
  const { members } = announcement;
  const begun = performance.now();
  const all: Promise<Press>[] = [];
  for (const [index, memberId] of members.entries()) {
    const due = begun + (index * withinSeconds * 1_000) / members.length;
    await pause(Math.max(0, due - performance.now()));
    all.push(press(announcement, memberId));
  }
  return Promise.all(all);
}

async function press(
  { discord: { control }, channelId, messageId, eventId }: Announcement,
  memberId: MemberId,
): Promise<Press> {
  const pressedAt = performance.now();
  const sincePress = () => performance.now() - pressedAt;
  const customId = eventButtonId('going', eventId);
  const { interactionId } = await control.press({ memberId, channelId, messageId, customId });
  await control.getInteraction({ interactionId, wait: PATIENCE_MS, until: 'first' });
  const acknowledgedMs = sincePress();
  const { outcome } = await control.getInteraction({ interactionId, wait: PATIENCE_MS, until: 'final' });
  return { acknowledgedMs, resultMs: sincePress(), isAnswered: outcome.state === 'answered' };
}

/** Members who are there before any bot: nobody is welcomed while others press. */
async function fill({ control }: BenchDiscord, count: number): Promise<MemberId[]> {
  await control.fill({ members: count });
  const { members } = await control.getState();
  return members
    .filter(({ member }) => member.user.bot !== true)
    .slice(-count)
    .map(({ member }) => toMemberId(member.user.id));
}

/** Sends the announcement of an event, as far as it is pressed on. */
async function send(
  discord: BenchDiscord,
  eventId: EventId,
  members: readonly MemberId[],
): Promise<Announcement> {
  const { channels } = await discord.control.getState();
  const channelId = channels.find(({ name }) => name === 'events')?.id ?? '';
  const { DISCORD_API_URL = '', DISCORD_BOT_TOKEN = '' } = discord.environment;
  const rest = new REST({ api: DISCORD_API_URL }).setToken(DISCORD_BOT_TOKEN);
  const body = { content: 'An event', components: [buttonRow([eventButton('going', eventId)])] };
  const { id } = (await rest.post(Routes.channelMessages(channelId), { body })) as APIMessage;
  return { discord, channelId, messageId: id, eventId, members };
}

async function countIn(
  database: pg.Client,
  table: 'event_registrations' | 'plain_registrations',
  eventId: EventId,
): Promise<{ going: number; waiting: number }> {
  const { rows } = await database.query<{ state: string; count: number }>(
    `select state, count(*)::integer as count from ${table} where event_id = $1 group by state`,
    [eventId],
  );
  const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  return { going: of('going'), waiting: of('waiting') };
}

function toTable(
  { presses, withinSeconds, capacity }: PressSettings,
  { ours, plain }: Readonly<Record<'ours' | 'plain', Pressed>>,
): Table {
  const row = (what: string, value: (pressed: Pressed) => number, aim?: Row['aim']): Row => ({
    what,
    values: { ours: value(ours), 'plain bot': value(plain) },
    ...(aim !== undefined && { aim }),
  });
  const acknowledged = (q: number) => (pressed: Pressed) =>
    quantile(
      pressed.presses.map(({ acknowledgedMs }) => acknowledgedMs),
      q,
    );
  return {
    title: `Events: ${presses.toLocaleString('en')} press "Going" within ${withinSeconds} s, with ${capacity} places`,
    columns: ['ours', 'plain bot'],
    rows: [
      row('acknowledged, p50, ms', acknowledged(0.5)),
      row('acknowledged, p99, ms', acknowledged(0.99), { atMost: AIM_MS }),
      row('acknowledged, slowest, ms', acknowledged(1)),
      row('answered, p99, ms', (pressed) =>
        quantile(
          pressed.presses.map(({ resultMs }) => resultMs),
          0.99,
        ),
      ),
      row('not answered', (pressed) => pressed.presses.filter(({ isAnswered }) => !isAnswered).length, {
        atMost: 0,
      }),
      row('lost', ({ going, waiting }) => presses - going - waiting, { atMost: 0 }),
      row('going', ({ going }) => going, { atMost: capacity }),
      row('waiting', ({ waiting }) => waiting),
    ],
    notes: [
      'From the press until the member sees something, over the control API of the local Discord. Each bot has a local Discord of its own; the database is the same.',
      'Ours keeps the numbers in the announcement up to date meanwhile. The plain bot counts, and then writes, without a lock: two who press at the same time may both get the last place.',
    ],
  };
}
