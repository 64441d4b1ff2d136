/** What events should leave behind on Discord and in the ledger, and how often they have. */

import type { APIMessage } from 'discord-api-types/v10';
import { nonceOf } from '../../activities/discord/deliver.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import type { Database } from '../../database/orm.ts';
import { findWrongTotals } from '../../database/totals.ts';
import { eventButtonId } from '../../domain/event-buttons.ts';
import { type EventNotice, eventWorkflowId, noticeMark } from '../../domain/events.ts';
import { type GuildId, type MemberId, toChannelId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { carriesMarker } from '../../views/marked-message.ts';
import { directMessages, messagesIn } from '../support/on-discord.ts';
import type { PlannedEvent } from './event-chaos.ts';

/** Where something should be, by its mark: a message in a thread, in a channel or to a member, or an entry of the ledger. */
export interface Expected {
  readonly what: string;
  readonly mark: string;
  readonly place: { readonly thread: string } | { readonly channel: string } | { readonly member: MemberId };
  /** It need not come at all. */
  readonly mayBeLeftOut?: boolean;
}

/** What was not there once. */
export interface EventVerdict {
  readonly due: number;
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  /** Totals that are not what the ledger says. */
  readonly wrongTotals: number;
}

/** Every message that the events bring, each once. */
function expectedMessages(
  { events, reportChannel }: EventsToJudge,
  remindersMs: readonly number[],
): Expected[] {
  return events.flatMap(({ event, threadId: thread, members }) => {
    const { eventId, startsAt } = event;
    const key = (what: string) => nonceOf(`${eventWorkflowId(event)}/${what}`);
    const reminders = remindersMs.map(
      (beforeMs): EventNotice => ({ kind: 'reminder', beforeMs, revision: 0 }),
    );
    const notices: EventNotice[] = [...reminders, { kind: 'thanks' }, { kind: 'feedback reminder' }];
    const inThread = [
      ...remindersMs.map((beforeMs) => ({
        what: `reminder ${beforeMs}`,
        mark: key(`thread/reminder/${beforeMs}/${startsAt}`),
      })),
      // If nothing runs from the start until the end, nobody is told that it has begun.
      { what: 'begun', mark: key('thread/begun/once'), mayBeLeftOut: true },
      { what: 'thanks', mark: eventButtonId('feedback', eventId, 'thanks') },
      { what: 'feedback reminder', mark: eventButtonId('feedback', eventId, 'reminder') },
    ];
    return [
      ...inThread.map((one) => ({
        ...one,
        what: `${eventId}: ${one.what} in the thread`,
        place: { thread },
      })),
      { what: `${eventId}: report`, mark: key('report'), place: { channel: reportChannel } },
      ...members.flatMap((member) =>
        notices.map((notice) => ({
          what: `${eventId}: ${noticeMark(notice)} to ${member}`,
          mark: eventButtonId('stop-reminders', eventId, noticeMark(notice)),
          place: { member },
        })),
      ),
    ];
  });
}

/** The causes of all points that the events bring. */
function expectedCauses({ events }: EventsToJudge): string[] {
  return events.flatMap(({ event: { eventId }, members }) => [
    ...members.map((member) => `event/${eventId}/${member}`),
    `event/${eventId}/host`,
  ]);
}

/** The events of a run. */
export interface EventsToJudge {
  readonly guildId: GuildId;
  readonly events: readonly (PlannedEvent & { readonly threadId: string })[];
  readonly reportChannel: string;
}

/** Counts what is there by now. */
export async function judgeEvents(
  discord: LocalDiscord,
  { em }: Database,
  config: CommunityConfig,
  judged: EventsToJudge,
  remindersMs: readonly number[],
): Promise<EventVerdict> {
  const expected = expectedMessages(judged, remindersMs);
  const messages = await readMessages(discord, expected);
  const times = expected.map(({ what, mark, place, mayBeLeftOut = false }) => ({
    ...{ what, mayBeLeftOut },
    times: (messages.get(nameOf(place)) ?? []).filter((message) => carriesMarker(message, mark)).length,
  }));
  const ledger = await readCauses(em, judged);
  const causes = expectedCauses(judged);
  const wrongTotals = await findWrongTotals(
    em.fork(),
    { guildId: judged.guildId, settings: config.recognition },
    100,
  );
  return {
    due: expected.filter(({ mayBeLeftOut }) => mayBeLeftOut !== true).length + causes.length,
    lost: [
      ...times.filter((one) => one.times === 0 && !one.mayBeLeftOut).map(({ what }) => what),
      ...causes.filter((cause) => !ledger.has(cause)),
    ],
    // A cause is there once or not at all; another one would be points for nothing.
    twice: [
      ...times.filter((one) => one.times > 1).map((one) => `${one.what}, ${one.times} times`),
      ...[...ledger].filter((cause) => !causes.includes(cause)),
    ],
    wrongTotals: wrongTotals.length,
  };
}

/** Whether nothing was lost, and nothing done twice. */
export function isOnceEach({ lost, twice, wrongTotals }: EventVerdict): boolean {
  return lost.length === 0 && twice.length === 0 && wrongTotals === 0;
}

async function readMessages(
  discord: LocalDiscord,
  expected: readonly Expected[],
): Promise<ReadonlyMap<string, readonly APIMessage[]>> {
  const places = new Map(expected.map(({ place }) => [nameOf(place), place]));
  const read = [...places].map(
    async ([name, place]): Promise<[string, APIMessage[]]> => [name, await messagesAt(discord, place)],
  );
  return new Map(await Promise.all(read));
}

async function messagesAt(discord: LocalDiscord, place: Expected['place']): Promise<APIMessage[]> {
  if ('member' in place) return directMessages({ discord }, place.member);
  if ('channel' in place) return messagesIn({ discord }, place.channel);
  const { messages } = await discord.control.getMessages({
    channelId: toChannelId(place.thread),
    limit: 100,
  });
  return messages.map(({ message }) => message);
}

function nameOf(place: Expected['place']): string {
  return Object.values(place).join();
}

async function readCauses(em: Database['em'], { guildId }: EventsToJudge): Promise<ReadonlySet<string>> {
  const rows: { cause: string }[] = await em
    .fork()
    .execute(`select cause from points_ledger where guild_id = ? and cause like 'event/%'`, [guildId]);
  return new Set(rows.map(({ cause }) => cause));
}
