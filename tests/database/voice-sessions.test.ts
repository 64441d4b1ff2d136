import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dropSessionsOf, recordMove, recordPresence, whoIsThere } from '../../database/voice-sessions.ts';
import { type ChannelId, type GuildId, type MemberId, toChannelId, toMemberId } from '../../domain/ids.ts';
import type { PresentInVoice, VoiceMove } from '../../domain/voice-sessions.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { addEvent, changeEventRow, STARTS_AT, VOICE_CHANNEL } from '../support/event-rows.ts';
import { newGuildId } from '../support/ids.ts';

const SECOND = 1_000;
const OTHER_CHANNEL = toChannelId('1500000000000000002');
const QUIET_CHANNEL = toChannelId('1500000000000000003');
let database: TestDatabase;
let guildId: GuildId;
let member: MemberId;
let ids = 0;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
/** A guild with an event in each of two channels. */
beforeEach(async () => {
  guildId = newGuildId();
  member = newMember();
  await addEvent(em(), guildId);
  await addEvent(em(), guildId, { place: { kind: 'channel', channelId: OTHER_CHANNEL } });
});

const em = () => database.orm.em.fork();
const newId = () => `14000000000000${String(++ids).padStart(5, '0')}`;
const newMember = () => toMemberId(newId());
/** So many seconds after the start. */
const at = (seconds: number) => STARTS_AT + seconds * SECOND;

const move = (seconds: number, channelId: ChannelId | null, memberId = member) =>
  recordMove(em(), guildId, { memberId, channelId, at: at(seconds) });
const present = (memberId: MemberId, channelId: ChannelId, since: number): PresentInVoice => ({
  ...{ memberId, channelId, since: at(since) },
});
const compare = (seconds: number, ...there: readonly PresentInVoice[]) =>
  recordPresence(em(), guildId, there, at(seconds));

/** A member's sessions: where, from and to which second. */
async function sessionsOf(memberId = member): Promise<[ChannelId, number, number | null][]> {
  const rows: { channel_id: ChannelId; joined_at: string; left_at: string | null }[] = await em().execute(
    `select channel_id, joined_at, left_at from voice_sessions where guild_id = ? and member_id = ? order by joined_at, left_at`,
    [guildId, memberId],
  );
  const seconds = (time: string) => (Date.parse(time) - STARTS_AT) / SECOND;
  return rows.map((row) => [
    row.channel_id,
    seconds(row.joined_at),
    row.left_at === null ? null : seconds(row.left_at),
  ]);
}

describe('moves', () => {
  test('begin and end sessions where events take place, and nowhere else', async () => {
    await move(0, VOICE_CHANNEL);
    await move(10, OTHER_CHANNEL);
    await move(20, QUIET_CHANNEL);
    await move(30, VOICE_CHANNEL);
    await move(40, null);
    expect(await sessionsOf()).toEqual([
      [VOICE_CHANNEL, 0, 10],
      [OTHER_CHANNEL, 10, 20],
      [VOICE_CHANNEL, 30, 40],
    ]);
  });

  test.each(['planned', 'open', 'live'] as const)('count while an event is %s', async (state) => {
    const channelId = toChannelId(newId());
    await addEvent(em(), guildId, { state, place: { kind: 'channel', channelId } });
    await move(0, channelId);
    expect(await sessionsOf()).toEqual([[channelId, 0, null]]);
  });

  test.each(['over', 'closed', 'cancelled', 'refused'] as const)(
    'do not count when the only event there is %s',
    async (state) => {
      const channelId = toChannelId(newId());
      await addEvent(em(), guildId, { state, place: { kind: 'channel', channelId } });
      await move(0, channelId);
      expect(await sessionsOf()).toEqual([]);
    },
  );

  test('change nothing when they are told again, or too late', async () => {
    await move(0, VOICE_CHANNEL);
    await move(0, VOICE_CHANNEL);
    await move(5, VOICE_CHANNEL);
    expect(await sessionsOf()).toEqual([[VOICE_CHANNEL, 0, null]]);
    await move(10, null);
    await move(10, null);
    await move(4, OTHER_CHANNEL);
    expect(await sessionsOf()).toEqual([[VOICE_CHANNEL, 0, 10]]);
  });

  test('of one member at the same time leave one session open', async () => {
    const channels = [VOICE_CHANNEL, OTHER_CHANNEL];
    await Promise.all(channels.flatMap((channel) => [0, 1, 2, 3].map((second) => move(second, channel))));
    const sessions = await sessionsOf();
    expect(sessions.filter(([, , left]) => left === null)).toHaveLength(1);
    expectNoOverlap(sessions);
  });

  test('say who is there', async () => {
    const event = await addEvent(em(), guildId);
    const elsewhere = await addEvent(em(), guildId, { place: { kind: 'link', link: 'https://tixl.app' } });
    await move(0, VOICE_CHANNEL);
    await move(0, VOICE_CHANNEL, newMember());
    await move(0, OTHER_CHANNEL, newMember());
    expect(await whoIsThere(em(), event)).toBe(2);
    await move(1, null);
    expect(await whoIsThere(em(), event)).toBe(1);
    expect(await whoIsThere(em(), elsewhere)).toBe(0);
  });
});

describe('comparing with who is there', () => {
  test('ends the sessions of those who are gone when they were last seen, and goes on with the rest', async () => {
    const [gone, stays, elsewhere, comes] = [newMember(), newMember(), newMember(), newMember()];
    for (const memberId of [gone, stays, elsewhere]) await move(0, VOICE_CHANNEL, memberId);
    const there = [gone, stays, elsewhere].map((memberId) => present(memberId, VOICE_CHANNEL, 0));
    await compare(20, ...there);
    // The bot was away until now.
    const now = [present(stays, VOICE_CHANNEL, 90), present(elsewhere, OTHER_CHANNEL, 90)];
    await compare(90, ...now, present(comes, VOICE_CHANNEL, 90));
    expect(await sessionsOf(gone)).toEqual([[VOICE_CHANNEL, 0, 20]]);
    expect(await sessionsOf(stays)).toEqual([[VOICE_CHANNEL, 0, null]]);
    expect(await sessionsOf(elsewhere)).toEqual([
      [VOICE_CHANNEL, 0, 20],
      [OTHER_CHANNEL, 90, null],
    ]);
    expect(await sessionsOf(comes)).toEqual([[VOICE_CHANNEL, 90, null]]);
  });

  test('begins a session of whoever was there before the event was made, from when they came', async () => {
    const channelId = toChannelId(newId());
    await move(0, channelId);
    await addEvent(em(), guildId, { place: { kind: 'channel', channelId } });
    await compare(20, present(member, channelId, 0));
    expect(await sessionsOf()).toEqual([[channelId, 0, null]]);
  });

  test('as it was before what is known of a member changes nothing of theirs', async () => {
    await move(10, VOICE_CHANNEL);
    await compare(5);
    expect(await sessionsOf()).toEqual([[VOICE_CHANNEL, 10, null]]);
  });

  test('has the last word, in whichever order moves were told', async () => {
    const channel = fc.constantFrom(null, VOICE_CHANNEL, OTHER_CHANNEL, QUIET_CHANNEL);
    const step = fc.oneof(
      fc.record({ kind: fc.constant('move' as const), second: fc.integer({ min: 0, max: 60 }), channel }),
      fc.record({ kind: fc.constant('compare' as const), second: fc.integer({ min: 0, max: 60 }), channel }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), channel, async (steps, last) => {
        member = newMember();
        for (const { kind, second, channel } of steps) {
          if (kind === 'move') await move(second, channel);
          else await compare(second, ...(channel === null ? [] : [present(member, channel, second)]));
        }
        await compare(61, ...(last === null ? [] : [present(member, last, 61)]));
        const sessions = await sessionsOf();
        expectNoOverlap(sessions);
        const open = sessions.filter(([, , left]) => left === null).map(([channel]) => channel);
        expect(open).toEqual(last === null || last === QUIET_CHANNEL ? [] : [last]);
      }),
      { numRuns: 60 },
    );
  });

  test('agrees with what moves in their order say, however often each is told', async () => {
    const channel = fc.constantFrom(null, VOICE_CHANNEL, OTHER_CHANNEL, QUIET_CHANNEL);
    const moves = fc.array(fc.record({ channel, times: fc.integer({ min: 1, max: 3 }) }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(moves, async (steps) => {
        member = newMember();
        for (const [second, { channel, times }] of steps.entries())
          for (let time = 0; time < times; time += 1) await move(second, channel);
        expect(await sessionsOf()).toEqual(expectedSessions(steps.map((step) => step.channel)));
      }),
      { numRuns: 60 },
    );
  });
});

/** One move a second: the sessions that come of it. */
function expectedSessions(channels: readonly VoiceMove['channelId'][]): [ChannelId, number, number | null][] {
  const sessions: [ChannelId, number, number | null][] = [];
  for (const [second, channel] of channels.entries()) {
    const last = sessions.at(-1);
    const isOpen = last !== undefined && last[2] === null;
    if (isOpen && last[0] === channel) continue;
    if (isOpen) last[2] = second;
    if (channel !== null && channel !== QUIET_CHANNEL) sessions.push([channel, second, null]);
  }
  return sessions;
}

function expectNoOverlap(sessions: readonly [ChannelId, number, number | null][]): void {
  for (const [index, [, joined, left]] of sessions.entries()) {
    expect(left === null || left >= joined).toBe(true);
    const next = sessions[index + 1];
    if (next !== undefined) expect(left !== null && left <= next[1]).toBe(true);
  }
}

describe('when an event is settled', () => {
  test('sessions from before its end are deleted, but those that another event needs', async () => {
    const endedAt = at(100);
    const event = await addEvent(em(), guildId, { state: 'over', beganAt: at(0), endedAt });
    const [early, needed, later, open] = [newMember(), newMember(), newMember(), newMember()];
    await move(0, VOICE_CHANNEL, early);
    await move(50, null, early);
    await move(10, OTHER_CHANNEL, needed);
    await move(60, null, needed);
    await move(90, VOICE_CHANNEL, later);
    await move(110, null, later);
    await move(10, VOICE_CHANNEL, open);
    const other = await addEvent(em(), guildId, {
      ...{ state: 'live', beganAt: at(30), place: { kind: 'channel', channelId: OTHER_CHANNEL } },
    });
    await dropSessionsOf(em(), event);
    expect(await sessionsOf(early)).toEqual([]);
    expect(await sessionsOf(needed)).toHaveLength(1);
    expect(await sessionsOf(later)).toHaveLength(1);
    expect(await sessionsOf(open)).toHaveLength(1);
    await changeEventRow(em(), other, { state: 'closed' });
    await dropSessionsOf(em(), event);
    expect(await sessionsOf(needed)).toEqual([]);
  });
});
