/** Many events are open at once, and the reminders of all are due at the same instant: what they take, and how late the last one is. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { parseDocument, stringify } from 'yaml';
import { COMMUNITY_FILE } from '../../config/load.ts';
import { insertEvent } from '../../database/events.ts';
import { type Database, openDatabase } from '../../database/orm.ts';
import { type EventRef, eventWorkflowId, noticeName, toEventId } from '../../domain/events.ts';
import { firstIdAt, type MemberId, toMemberId } from '../../domain/ids.ts';
import type { RequestEntry } from '../../sandbox/control/api.ts';
import type { OurProcess } from '../../scripts/stack/our-process.ts';
import { EVENT_NOTICE, type EventNoticeResult } from '../../workflows/definitions/event-notice.ts';
import { floorsOf, type LimitFloor } from '../onboarding/limits-floor.ts';
import { progress } from '../support/bench.ts';
import { eventsOf } from '../support/histories.ts';
import { forgetPeak, type Memory, memoryOf, untilSender } from '../support/processes.ts';
import { allRequests } from '../support/requests.ts';
import { type BenchDiscord, startDiscord, startOurs, withScene } from '../support/scene.ts';
import type { Row, Table } from '../support/table.ts';

const HOUR_MS = 3_600_000;
const KIND = 'workshop';
/** One reminder, which is not too late however long it takes. */
const OVERLAY = { events: { kinds: [{ name: KIND, reminders: ['1h'] }], reminderGrace: '12h' } };
/** Discord lets five scheduled events be made in ten seconds; then each is announced, and gets its thread. Fewer wait for nothing. */
const OPEN_EVERY_MS = 3_000;
const HEAD_START_MS = 60_000;
const POLL_MS = 1_000;
const PROGRESS_EVERY_MS = 15_000;
/** If no message reaches Discord for so long after they are due, the last one will not. */
const STUCK_MS = 180_000;
const COLUMN = 'measured';

export interface OpenSettings {
  readonly events: number;
  /** How many go to each. */
  readonly registered: number;
  /** Of so many events those who go are reminded; of the others they may come. */
  readonly reminded: number;
}

/** What runs in this measurement. */
interface Stage {
  readonly discord: BenchDiscord;
  readonly worker: OurProcess;
  readonly database: Database;
  readonly client: Client;
  readonly settings: OpenSettings;
}

/** What came of the reminders. */
interface Reminded {
  /** From when they were due to the last message. */
  readonly seconds: number;
  readonly messages: number;
  readonly result: EventNoticeResult;
  readonly historyEvents: number;
  readonly floors: readonly LimitFloor[];
}

export function measureOpen(settings: OpenSettings): Promise<Table[]> {
  return withScene(async (scene) => {
    const discord = await startDiscord(scene, 'open-events');
    const worker = await startOurs('worker', scene, discord, await configurationIn(scene.folder));
    await untilSender(worker);
    const database = openDatabase(scene.environment.DATABASE_URL ?? '');
    try {
      const stage: Stage = { discord, worker, database, client: scene.client, settings };
      const before = await memoryOf(worker);
      await forgetPeak(worker);
      const members = await addMembers(stage);
      const dueAt = Date.now() + settings.events * OPEN_EVERY_MS + HEAD_START_MS;
      const opened = await openAll(stage, members, dueAt);
      const open = await memoryOf(worker);
      if (Date.now() >= dueAt) throw new Error('the reminders were due before all events were open');
      const reminded = await remind(stage, opened, dueAt);
      return [
        memoryTable(settings, { before, open, after: await memoryOf(worker) }),
        remindedTable(reminded),
      ];
    } finally {
      await database.close();
    }
  });
}

/** Without the weekly workshops, which would be among the hundred events that Discord lets a guild have open. */
async function configurationIn(folder: string): Promise<string[]> {
  const community = parseDocument(await readFile(COMMUNITY_FILE, 'utf8'));
  community.setIn(['workshops', 'slots'], []);
  const files = [join(folder, 'community.yaml'), join(folder, 'open-events.yaml')] as const;
  await writeFile(files[0], String(community));
  await writeFile(files[1], stringify(OVERLAY));
  return [...files];
}

/** Members who have been sent direct messages before, so that the channels need not be opened, and who want more. */
async function addMembers({ discord, database, settings }: Stage): Promise<MemberId[]> {
  await discord.control.fill({ members: settings.registered });
  const { members } = await discord.control.getState();
  const ids = members
    .filter(({ member }) => member.user.bot !== true)
    .slice(-settings.registered)
    .map(({ member }) => toMemberId(member.user.id));
  const channels: { member: MemberId; channel: string }[] = [];
  for (const member of ids) {
    const { channel } = await discord.control.openDirectMessage({ memberId: member });
    channels.push({ member, channel: channel.id });
  }
  const em = database.em.fork();
  const rows = `from jsonb_to_recordset(?::jsonb) as row (member text, channel text)`;
  const values = [discord.guildId, JSON.stringify(channels)];
  await em.execute(
    `insert into direct_message_channels (guild_id, member_id, channel_id) select ?, member, channel ${rows}`,
    values,
  );
  await em.execute(
    `insert into event_preferences (guild_id, member_id, wants_direct_messages) select ?, member, true ${rows}`,
    values,
  );
  return ids;
}

/** Opens all events, as if somebody had made them, and waits until each is announced. */
async function openAll(stage: Stage, members: readonly MemberId[], dueAt: number): Promise<EventRef[]> {
  const { database, discord, settings } = stage;
  const startsAt = dueAt + HOUR_MS;
  const opened: EventRef[] = [];
  const begun = performance.now();
  for (let index = 0; index < settings.events; index += 1) {
    const event = { guildId: discord.guildId, eventId: toEventId(`bench-${index}`) };
    opened.push(event);
    await database.em.fork().transactional(async (transaction) => {
      await insertEvent(transaction, {
        ...{ ...event, kind: KIND, title: `Event ${index}`, description: 'Measured', picture: null },
        ...{ startsAt, endsAt: startsAt + HOUR_MS, capacity: null, hostId: null, createdBy: null },
        ...{ slot: null, place: { kind: 'link', link: 'https://meet.example/bench' } },
      });
      await transaction.execute(
        `insert into event_registrations
           (guild_id, event_id, member_id, state, place_in_line, last_order, responded_at)
         select ?, ?, member, ?, ?::numeric, ?::numeric, ?
         from jsonb_array_elements_text(?::jsonb) as member`,
        [
          ...[event.guildId, event.eventId, index < settings.reminded ? 'going' : 'maybe'],
          ...[firstIdAt(Date.now()), firstIdAt(Date.now()), new Date(), JSON.stringify(members)],
        ],
      );
    });
    await pause(Math.max(0, begun + (index + 1) * OPEN_EVERY_MS - performance.now()));
    if (index % 10 === 9) progress(`  … events: ${index + 1} of ${settings.events} planned\n`);
  }
  await untilOpen(stage);
  return opened;
}

async function untilOpen({ database, settings }: Stage): Promise<void> {
  for (let toldAt = 0; ; await pause(POLL_MS)) {
    const [row]: { count: number }[] = await database.em
      .fork()
      .execute(`select count(*)::integer as count from events where state = 'open'`);
    const count = row?.count ?? 0;
    if (count >= settings.events) return;
    if (performance.now() - toldAt < PROGRESS_EVERY_MS) continue;
    toldAt = performance.now();
    progress(`  … events: ${count} of ${settings.events} open\n`);
  }
}

/** Waits until the notices of all events have come to their end. */
async function remind(stage: Stage, opened: readonly EventRef[], dueAt: number): Promise<Reminded> {
  const { discord, client, settings } = stage;
  await pause(Math.max(0, dueAt - POLL_MS - Date.now()));
  await discord.control.clearRequests();
  await untilReminded(stage, opened.length);
  const requests = await allRequests(discord);
  const messages = requests.filter(isMessage);
  const lastAt = Math.max(...messages.map(({ at }) => Date.parse(at)));
  const noticeIds = opened.slice(0, settings.reminded).map((event) => {
    const name = noticeName({ kind: 'reminder', beforeMs: HOUR_MS, revision: 0 });
    return `${eventWorkflowId(event)}/${name}`;
  });
  const results: EventNoticeResult[] = await Promise.all(
    noticeIds.map((id) => client.workflow.getHandle(id).result() as Promise<EventNoticeResult>),
  );
  const sum = (of: keyof EventNoticeResult) => results.reduce((total, result) => total + result[of], 0);
  return {
    seconds: (lastAt - dueAt) / 1_000,
    messages: messages.length,
    result: { told: sum('told'), notTold: sum('notTold'), late: sum('late') },
    historyEvents: (await eventsOf(client, noticeIds[0] ?? '')).length,
    floors: floorsOf(requests, await discord.control.getLimits()),
  };
}

/** @throws Error if it does not go on */
async function untilReminded({ client, discord }: Stage, count: number): Promise<void> {
  let toldAt = 0;
  let last = { messages: 0, at: performance.now() };
  for (;;) {
    await pause(POLL_MS);
    const query = `WorkflowType="${EVENT_NOTICE}" AND ExecutionStatus="Completed"`;
    const { count: over } = await client.workflow.count(query);
    if (over >= count) return;
    const { counts } = await discord.control.countRequests();
    const messages = counts.filter(isMessage).reduce((sum, { count: sent }) => sum + sent, 0);
    const now = performance.now();
    if (messages > last.messages) last = { messages, at: now };
    if (now - last.at > STUCK_MS) throw new Error(`only ${over} of ${count} notices came to their end`);
    if (now - toldAt < PROGRESS_EVERY_MS) continue;
    toldAt = now;
    progress(`  … events: ${over} of ${count} notices over, ${messages} messages\n`);
  }
}

function isMessage({ method, route, status }: Pick<RequestEntry, 'method' | 'route' | 'status'>): boolean {
  return method === 'POST' && route === '/channels/:channelId/messages' && status >= 200 && status < 300;
}

function memoryTable(
  { events, registered }: OpenSettings,
  { before, open, after }: Readonly<Record<'before' | 'open' | 'after', Memory>>,
): Table {
  return {
    title: `Events: ${events} open at once, ${registered.toLocaleString('en')} registered in each`,
    columns: [COLUMN],
    rows: [
      row('memory of the worker before, MB', before.nowMb),
      row('memory of the worker when all are open, MB', open.nowMb),
      row('the most until all were open, MB', open.peakMb),
      row('the most until all were reminded, MB', after.peakMb),
    ],
  };
}

function remindedTable({ seconds, messages, result, historyEvents, floors }: Reminded): Table {
  const [longest] = floors;
  const floor = longest?.seconds ?? 0;
  return {
    title: `Events: reminders that are due at the same instant, ${result.told.toLocaleString('en')} by direct message`,
    columns: [COLUMN],
    rows: [
      row('messages', messages),
      row('told by direct message', result.told),
      row('not told', result.notTold),
      row('the last one after they were due, s', seconds),
      row("the least that Discord's limits allow, s", floor),
      row('times the least', seconds / Math.max(1, floor)),
      row('events in the history of one notice', historyEvents),
    ],
    notes: [
      `The limit that takes the longest is "${longest?.limit ?? 'none'}". The channels for direct messages are known from before.`,
    ],
  };
}

function row(what: string, value: number): Row {
  return { what, values: { [COLUMN]: value } };
}
