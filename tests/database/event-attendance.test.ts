import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { checkIn, settleAttendance } from '../../database/event-attendance.ts';
import { awardAttendees, awardHost, awardQuality } from '../../database/event-points.ts';
import type { Ledger } from '../../database/points.ts';
import { recordMove } from '../../database/voice-sessions.ts';
import type { AttendanceRule } from '../../domain/event-attendance.ts';
import type { CommunityEvent, EventPlace, EventRef } from '../../domain/events.ts';
import { type ChannelId, type GuildId, type MemberId, toChannelId, toMemberId } from '../../domain/ids.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { addEvent, changeEventRow, STARTS_AT } from '../support/event-rows.ts';
import { newGuildId } from '../support/ids.ts';

const MINUTE = 60_000;
const ELSEWHERE: EventPlace = { kind: 'link', link: 'https://tixl.app/live' };
/** As planned. */
const RULE: AttendanceRule = {
  ...{ beganAt: STARTS_AT, endedAt: STARTS_AT + 60 * MINUTE, attendedPercent: 50 },
  feedbackUntil: STARTS_AT + 600 * MINUTE,
};
let database: TestDatabase;
let settings: RecognitionSettings;
let guildId: GuildId;
let ledger: Ledger;
let ids = 0;

beforeAll(async () => {
  database = await freshDatabase();
  settings = (await loadConfigWith('recognition: { timeZone: UTC }')).recognition;
});
afterAll(() => database.close());
beforeEach(() => {
  guildId = newGuildId();
  ledger = { guildId, settings };
});

const em = () => database.orm.em.fork();
const newId = () => `14000000000000${String(++ids).padStart(5, '0')}`;
const newMember = () => toMemberId(newId());
/** So many minutes after the start. */
const at = (minutes: number) => STARTS_AT + minutes * MINUTE;

async function live(changes: Partial<CommunityEvent> = {}): Promise<CommunityEvent & { channel: ChannelId }> {
  const channel = toChannelId(newId());
  const event = { state: 'live', place: { kind: 'channel', channelId: channel }, ...changes } as const;
  return { ...(await addEvent(em(), guildId, event)), channel };
}

/** A member who is there from one minute to another, and again. */
async function attend(
  { channel }: { readonly channel: ChannelId },
  ...spans: readonly (readonly [number, number | null])[]
): Promise<MemberId> {
  const memberId = newMember();
  for (const [from, to] of spans) {
    await recordMove(em(), guildId, { memberId, channelId: channel, at: at(from) });
    if (to !== null) await recordMove(em(), guildId, { memberId, channelId: null, at: at(to) });
  }
  return memberId;
}

interface Attendance {
  readonly present: number | null;
  readonly attended: boolean;
}

async function attendanceOf({ eventId }: EventRef, memberId: MemberId): Promise<Attendance | undefined> {
  const [row]: Attendance[] = await em().execute(
    `select present_ms::float8 / ${MINUTE} as present, attended from event_attendances
     where guild_id = ? and event_id = ? and member_id = ?`,
    [guildId, eventId, memberId],
  );
  return row;
}

const settle = (event: EventRef, rule: Partial<AttendanceRule> = {}) =>
  settleAttendance(em(), event, { ...RULE, ...rule });

describe('checking in', () => {
  test('is noted once, also when the press is told many times at once', async () => {
    const event = await live({ place: ELSEWHERE });
    const member = newMember();
    const all = await Promise.all(Array.from({ length: 5 }, () => checkIn(em(), event, member, at(5))));
    expect(all.map(({ result }) => result).sort()).toEqual(['done', ...Array(4).fill('done already')]);
    expect(all[0]?.found?.title).toBe(event.title);
  });

  test('is refused before, after, in a voice channel, and of what is not there', async () => {
    const member = newMember();
    const result = async (event: EventRef, minutes = 5) =>
      (await checkIn(em(), event, member, at(minutes))).result;
    const event = await live({ place: ELSEWHERE, state: 'open' });
    expect(await result(event, -1)).toBe('too early');
    await changeEventRow(em(), event, { state: 'over' });
    expect(await result(event)).toBe('over');
    expect(await result(await live())).toBe('not needed');
    expect(await result({ ...event, guildId: newGuildId() })).toBe('no such event');
    expect(await attendanceOf(event, member)).toBeUndefined();
  });

  test('at the moment of the settlement counts, or is refused', async () => {
    for (let round = 0; round < 10; round += 1) {
      const event = await live({ place: ELSEWHERE });
      const over = changeEventRow(em(), event, { state: 'over' }).then(() => settle(event));
      const [{ result }, attended] = await Promise.all([checkIn(em(), event, newMember(), at(5)), over]);
      expect([result, attended]).toEqual(result === 'done' ? ['done', 1] : ['over', 0]);
    }
  });
});

describe('attendance', () => {
  test('is a share of the time, all sessions together, within the event', async () => {
    const event = await live();
    const enough = await attend(event, [-20, 10], [20, 40]);
    const justEnough = await attend(event, [30, 60]);
    const tooShort = await attend(event, [-60, 15], [50, 64]);
    const stillThere = await attend(event, [20, null]);
    const before = await attend(event, [-30, -10]);
    const after = await attend(event, [61, 90]);
    expect(await settle(event)).toBe(3);
    expect(await attendanceOf(event, enough)).toEqual({ present: 30, attended: true });
    expect(await attendanceOf(event, justEnough)).toEqual({ present: 30, attended: true });
    expect(await attendanceOf(event, tooShort)).toEqual({ present: 25, attended: false });
    expect(await attendanceOf(event, stillThere)).toEqual({ present: 40, attended: true });
    expect(await attendanceOf(event, before)).toBeUndefined();
    expect(await attendanceOf(event, after)).toBeUndefined();
  });

  test('is measured against what was planned if it went on for longer, and against what it took if that was less', async () => {
    const long = await live();
    const guest = await attend(long, [0, 30]);
    await settle(long, { endedAt: at(120) });
    expect(await attendanceOf(long, guest)).toEqual({ present: 30, attended: true });
    const short = await live();
    const other = await attend(short, [0, 10]);
    await settle(short, { endedAt: at(20) });
    expect(await attendanceOf(short, other)).toEqual({ present: 10, attended: true });
  });

  test('is that of other channels and guilds for nobody', async () => {
    const event = await live();
    const elsewhere = await attend(await live(), [0, 60]);
    expect(await settle(event)).toBe(0);
    expect(await attendanceOf(event, elsewhere)).toBeUndefined();
  });

  test('is given to whoever has checked in', async () => {
    const event = await live({ place: ELSEWHERE });
    const member = newMember();
    await checkIn(em(), event, member, at(59));
    expect(await settle(event)).toBe(1);
    expect(await attendanceOf(event, member)).toEqual({ present: null, attended: true });
  });

  test('is not that of the host, who has hosted', async () => {
    const hostId = newMember();
    const event = await live({ hostId });
    await recordMove(em(), guildId, { memberId: hostId, channelId: event.channel, at: at(0) });
    const remote = await live({ hostId, place: ELSEWHERE });
    await checkIn(em(), remote, hostId, at(1));
    expect([await settle(event), await settle(remote)]).toEqual([0, 0]);
    expect(await attendanceOf(event, hostId)).toEqual({ present: 60, attended: false });
  });

  test('is the same when it is settled again', async () => {
    const event = await live();
    const member = await attend(event, [0, 40]);
    const short = await attend(event, [0, 4]);
    expect([await settle(event), await settle(event)]).toEqual([1, 1]);
    expect(await attendanceOf(event, member)).toEqual({ present: 40, attended: true });
    expect(await attendanceOf(event, short)).toEqual({ present: 4, attended: false });
  });

  test('of an event that was deleted is nothing', async () => {
    const event = await live();
    expect(await settle({ ...event, guildId: newGuildId() })).toBe(0);
  });
});

describe('points', () => {
  const entries = async (): Promise<Record<string, unknown>> => {
    const rows: { cause: string; what: string }[] = await em().execute(
      `select cause, member_id || ' ' || action || ' ' || tenths as what from points_ledger
       where guild_id = ? and cause like 'event/%'`,
      [guildId],
    );
    return Object.fromEntries(rows.map(({ cause, what }) => [cause, what]));
  };

  async function awardAll(event: EventRef): Promise<number> {
    let calls = 0;
    let after: MemberId | null = null;
    do {
      after = await awardAttendees(em(), ledger, event, after, RULE.endedAt);
      calls += 1;
    } while (after !== null);
    await awardHost(em(), ledger, event, RULE.endedAt);
    return calls;
  }

  test('go once to each who attended and to the host, however often they are awarded', async () => {
    const hostId = newMember();
    const event = await live({ hostId });
    const guest = await attend(event, [0, 60]);
    await attend(event, [0, 1]);
    await settle(event);
    await awardAll(event);
    await awardAll(event);
    expect(await entries()).toEqual({
      [`event/${event.eventId}/${guest}`]: `${guest} event-attended 10`,
      [`event/${event.eventId}/host`]: `${hostId} event-hosted 500`,
    });
  });

  test('go to 1,200 in parts', async () => {
    const event = await live({ place: ELSEWHERE });
    const members = Array.from({ length: 1_200 }, newMember);
    await em().execute(
      `insert into event_attendances (guild_id, event_id, member_id, checked_in_at, attended)
       select ?, ?, value, ?, true from jsonb_array_elements_text(?::jsonb)`,
      [guildId, event.eventId, new Date(at(1)), JSON.stringify(members)],
    );
    expect(await awardAll(event)).toBe(3);
    expect(Object.keys(await entries())).toHaveLength(1_200);
  });

  test('for quality are the difference, as an entry that is no second hosting', async () => {
    const hostId = newMember();
    const event = await live({ hostId });
    await awardHost(em(), ledger, event, RULE.endedAt);
    const rated = (answers: number, overall: number) => ({
      ...{ answers, averages: { overall, content: 5, engagement: 5 } },
    });
    for (const summary of [rated(2, 5), rated(3, 4), rated(3, 4.1), rated(3, 4.1)])
      await awardQuality(em(), ledger, event, summary, at(100));
    expect(await entries()).toEqual({
      [`event/${event.eventId}/host`]: `${hostId} event-hosted 500`,
      [`event/${event.eventId}/host/quality`]: `${hostId} event-quality 250`,
    });
  });

  test('go to no host where there is none', async () => {
    const event = await live();
    await awardHost(em(), ledger, event, RULE.endedAt);
    expect(await entries()).toEqual({});
  });
});
