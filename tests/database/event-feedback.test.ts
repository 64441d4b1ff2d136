import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { settleAttendance } from '../../database/event-attendance.ts';
import { closeFeedback, prepareFeedback, recordFeedback } from '../../database/event-feedback.ts';
import { readEventReport } from '../../database/event-report.ts';
import type { EventFeedback } from '../../domain/event-feedback.ts';
import type { CommunityEvent, EventRef } from '../../domain/events.ts';
import { type GuildId, type MemberId, toMemberId } from '../../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { addEvent, STARTS_AT } from '../support/event-rows.ts';
import { newGuildId } from '../support/ids.ts';
import { register } from '../support/open-event.ts';

const HOUR = 3_600_000;
const ENDED_AT = STARTS_AT + HOUR;
const UNTIL = ENDED_AT + 72 * HOUR;
let database: TestDatabase;
let guildId: GuildId;
let ids = 0;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  guildId = newGuildId();
});

const em = () => database.orm.em.fork();
const newId = () => `14000000000000${String(++ids).padStart(5, '0')}`;
const newMember = () => toMemberId(newId());

/** An event that is over, at which these members were checked in. */
async function held(members: readonly MemberId[], changes: Partial<CommunityEvent> = {}) {
  const event = await addEvent(em(), guildId, {
    ...{ state: 'over', beganAt: STARTS_AT, endedAt: ENDED_AT },
    ...{ place: { kind: 'link', link: 'https://tixl.app/live' } },
    ...changes,
  });
  for (const member of members)
    await em().execute(
      'insert into event_attendances (guild_id, event_id, member_id, checked_in_at) values (?, ?, ?, ?)',
      [guildId, event.eventId, member, new Date(STARTS_AT)],
    );
  const rule = { beganAt: STARTS_AT, endedAt: event.endedAt ?? ENDED_AT, attendedPercent: 50 };
  await settleAttendance(em(), event, { ...rule, feedbackUntil: UNTIL });
  return event;
}

const answerTo = (
  event: EventRef,
  memberId: MemberId,
  changes: Partial<EventFeedback> = {},
): EventFeedback => ({
  ...{ guildId: event.guildId, eventId: event.eventId, memberId, at: ENDED_AT + HOUR },
  ...{ ratings: { overall: 4, content: 3, engagement: 5 }, improvements: null, topics: null },
  ...changes,
});
const answer = (...given: Parameters<typeof answerTo>) => recordFeedback(em(), answerTo(...given));

describe('an answer', () => {
  test('is noted, and changed by a later one', async () => {
    const member = newMember();
    const event = await held([member]);
    const { title } = event;
    expect(await prepareFeedback(em(), event, member, ENDED_AT)).toEqual({ kind: 'open' });
    const words = { improvements: 'Louder *sound*', topics: 'Shaders' };
    expect(await answer(event, member, words)).toEqual({ kind: 'noted', title, until: UNTIL });
    const ratings = { overall: 1, content: 1, engagement: 2 };
    expect(await answer(event, member, { at: ENDED_AT + 2 * HOUR, ratings })).toMatchObject({
      kind: 'changed',
    });
    expect(await prepareFeedback(em(), event, member, ENDED_AT)).toEqual({
      ...{ kind: 'open', earlier: { ratings, improvements: null, topics: null } },
    });
  });

  test('stays when one comes that was given before it, and when it is told again', async () => {
    const member = newMember();
    const event = await held([member]);
    await answer(event, member, { topics: 'new' });
    await answer(event, member, { topics: 'new' });
    await answer(event, member, { topics: 'old', at: ENDED_AT });
    expect((await readEventReport(em(), event))?.remarks.topics).toEqual(['new']);
    expect((await closeFeedback(em(), event)).answers).toBe(1);
  });

  test('is taken of those who were there or had said that they go, and of nobody else', async () => {
    const [there, going, maybe, waiting, notGoing, stranger] = Array.from({ length: 6 }, newMember);
    if (!there || !going || !maybe || !waiting || !notGoing || !stranger) throw new Error('too few');
    const event = await held([there]);
    await register(em(), event, [going], 'going');
    await register(em(), event, [maybe], 'maybe');
    await register(em(), event, [waiting], 'waiting');
    await register(em(), event, [notGoing], 'not going');
    for (const member of [there, going, maybe])
      expect(await answer(event, member)).toMatchObject({ kind: 'noted' });
    for (const member of [waiting, notGoing, stranger]) {
      expect(await answer(event, member)).toMatchObject({ kind: 'not there' });
      expect(await prepareFeedback(em(), event, member, ENDED_AT)).toMatchObject({ kind: 'not there' });
    }
  });

  test('is not taken of the host', async () => {
    const hostId = newMember();
    const event = await held([hostId, newMember()], { hostId });
    expect(await answer(event, hostId)).toMatchObject({ kind: 'own event' });
  });

  test('is taken from the end until feedback closes', async () => {
    const member = newMember();
    const early = await addEvent(em(), guildId, { state: 'live' });
    await register(em(), early, [member], 'going');
    expect(await answer(early, member)).toMatchObject({ kind: 'not yet' });
    const event = await held([member]);
    expect(await answer(event, member, { at: UNTIL })).toMatchObject({ kind: 'noted' });
    expect(await answer(event, member, { at: UNTIL + 1 })).toMatchObject({ kind: 'closed' });
    await closeFeedback(em(), event);
    expect(await answer(event, member)).toMatchObject({ kind: 'closed' });
    const gone = { ...event, guildId: newGuildId() };
    expect(await answer(gone, member)).toEqual({ kind: 'no such event' });
  });

  test('is not taken of what was cancelled', async () => {
    const member = newMember();
    const event = await addEvent(em(), guildId, { state: 'cancelled' });
    await register(em(), event, [member], 'going');
    expect(await answer(event, member)).toMatchObject({ kind: 'closed' });
  });

  test('is in the summary, or is refused, however close it comes to the closing', async () => {
    for (let round = 0; round < 10; round += 1) {
      const member = newMember();
      const event = await held([member]);
      const [result, { answers }] = await Promise.all([answer(event, member), closeFeedback(em(), event)]);
      expect([result.kind, answers]).toEqual(result.kind === 'noted' ? ['noted', 1] : ['closed', 0]);
    }
  });
});

describe('the summary', () => {
  test('has the averages of all answers', async () => {
    const members = [newMember(), newMember(), newMember()];
    const event = await held(members);
    for (const [index, member] of members.entries())
      await answer(event, member, { ratings: { overall: 3 + index, content: 4, engagement: index + 1 } });
    expect(await closeFeedback(em(), event)).toEqual({
      ...{ answers: 3, averages: { overall: 4, content: 4, engagement: 2 } },
    });
  });

  test('of no answers has none', async () => {
    expect(await closeFeedback(em(), await held([newMember()]))).toEqual({ answers: 0, averages: null });
  });
});

describe('the report', () => {
  test('counts who had registered, who was there, and what was said, beside the last event of its kind', async () => {
    const hostId = newMember();
    const day = 24 * HOUR;
    const times = (days: number) => ({
      ...{ startsAt: STARTS_AT - days * day, endsAt: ENDED_AT - days * day, endedAt: ENDED_AT - days * day },
    });
    await held([newMember()], times(14));
    const last = await held([newMember(), newMember()], { ...times(7), state: 'closed', title: 'The last' });
    await held([newMember()], { ...times(1), kind: 'ama' });
    await addEvent(em(), guildId, { ...times(2), state: 'cancelled' });
    const [came, walkIn, missed] = [newMember(), newMember(), newMember()];
    const event = await held([came, walkIn], { hostId });
    await register(em(), event, [came, missed, hostId], 'going');
    await register(em(), event, [newMember()], 'maybe');
    await answer(event, walkIn, { topics: 'second', at: ENDED_AT + 2 });
    await answer(event, came, { topics: 'first', improvements: 'More', at: ENDED_AT + 1 });
    expect(await readEventReport(em(), event)).toEqual({
      ...{ title: event.title, kind: 'workshop', startsAt: STARTS_AT, hostId },
      ...{ registered: 2, attended: 2, registeredAttended: 1 },
      ...{ answers: 2, averages: { overall: 4, content: 3, engagement: 5 } },
      remarks: { improvements: ['More'], topics: ['first', 'second'] },
      before: {
        ...{ title: 'The last', startsAt: last.startsAt, registered: 0, attended: 2, registeredAttended: 0 },
        ...{ answers: 0, averages: null },
      },
    });
  });

  test('of the first of its kind has nothing beside it', async () => {
    const event = await held([], { kind: 'hackathon' });
    expect(await readEventReport(em(), event)).toMatchObject({ attended: 0, answers: 0, before: null });
  });
});
