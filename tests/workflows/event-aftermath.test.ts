import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIMessage } from 'discord-api-types/v10';
import { checkIn } from '../../database/event-attendance.ts';
import { recordFeedback } from '../../database/event-feedback.ts';
import { recordMove } from '../../database/voice-sessions.ts';
import { eventButtonId } from '../../domain/event-buttons.ts';
import type { NewEvent } from '../../domain/events.ts';
import type { ChannelId, MemberId } from '../../domain/ids.ts';
import { startCommunity, type TestCommunity } from '../support/community.ts';
import { eventsIn, HOUR_MS, MINUTE_MS } from '../support/events.ts';
import { directMessages, messagesIn } from '../support/on-discord.ts';
import { register } from '../support/open-event.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;
let events: ReturnType<typeof eventsIn>;
let lounge: ChannelId;

beforeAll(async () => {
  community = await startCommunity();
  events = eventsIn(community);
  lounge = await events.channelNamed('Lounge');
});
afterEach(() => community.discord.control.setFaults({ rules: [] }));
afterAll(() => community.stop());

const em = () => community.database.em.fork();
const guild = () => community.environment.DISCORD_GUILD_ID;
const join = async (): Promise<MemberId> => (await community.join()).memberId;

/** An event in a voice channel that is announced, and whose host has joined. */
async function announceInLounge(rest: Partial<NewEvent> = {}): Promise<NewEvent & { hostId: MemberId }> {
  const hostId = await join();
  const place = { kind: 'channel', channelId: lounge } as const;
  const event = await events.announce(HOUR_MS, { place, hostId, ...rest });
  return { ...event, hostId };
}

/** Lets a member be there from the start for so many minutes. */
async function attend(event: NewEvent, memberId: MemberId, minutes: number): Promise<void> {
  const move = (channelId: ChannelId | null, at: number) =>
    recordMove(em(), guild(), { memberId, channelId, at });
  await move(lounge, event.startsAt);
  await move(null, event.startsAt + minutes * MINUTE_MS);
}

/** Lets time pass until feedback is open and all who attended are thanked. */
async function end(event: NewEvent): Promise<void> {
  await events.passUntil(event.endsAt + MINUTE_MS);
  await until(async () => (await thanksIn(event)).length === 1);
}

const answer = ({ guildId, eventId }: NewEvent, memberId: MemberId, overall: number, improvements = '') =>
  recordFeedback(em(), {
    ...{ guildId, eventId, memberId, at: Date.now(), improvements: improvements || null, topics: null },
    ratings: { overall, content: overall, engagement: overall },
  });

async function messagesInThread(event: NewEvent): Promise<APIMessage[]> {
  const { announcementId } = await events.rowOf(event);
  if (announcementId === null) return [];
  const { messages } = await community.discord.control.getMessages({ channelId: announcementId, limit: 100 });
  return messages.map(({ message }) => message);
}

const withButton = (messages: readonly APIMessage[], customId: string) =>
  messages.filter(({ components }) => JSON.stringify(components ?? []).includes(`"${customId}"`));
const thanksIn = async (event: NewEvent) =>
  withButton(await messagesInThread(event), eventButtonId('feedback', event.eventId, 'thanks'));
const remindersIn = async (event: NewEvent) =>
  withButton(await messagesInThread(event), eventButtonId('feedback', event.eventId, 'reminder'));
const reportsOn = async ({ title }: NewEvent) =>
  (await messagesIn(community, 'reports')).filter(({ embeds }) => embeds[0]?.title?.endsWith(` ${title}`));
const toldOf = async ({ eventId }: NewEvent, memberId: MemberId) =>
  (await directMessages(community, memberId)).filter(({ components }) =>
    JSON.stringify(components ?? []).includes(`event:feedback:${eventId}`),
  );

/** What the ledger says of an event: for each cause whose points, how many tenths. */
async function pointsOf({ eventId }: NewEvent): Promise<Record<string, string>> {
  const rows: { cause: string; what: string }[] = await em().execute(
    `select cause, member_id || ' ' || tenths as what from points_ledger where cause like ?`,
    [`event/${eventId}/%`],
  );
  return Object.fromEntries(rows.map(({ cause, what }) => [cause.replace(`event/${eventId}/`, ''), what]));
}

describe('an event that was held', () => {
  test('brings points and thanks, is rated after a reminder, and is reported', async () => {
    const event = await announceInLounge();
    const [first, second, third, brief] = [await join(), await join(), await join(), await join()];
    await register(em(), event, [first, second]);
    await register(em(), event, [third], 'maybe', false);
    for (const member of [first, second, third, event.hostId]) await attend(event, member, 50);
    await attend(event, brief, 5);
    await end(event);
    expect((await thanksIn(event))[0]?.content).toContain(event.title);
    expect(await events.progressOf(event)).toMatchObject({
      ...{ state: 'over', waitsFor: { what: 'to remind of the feedback' } },
    });
    await until(async () => (await toldOf(event, first)).length === 1);
    expect(await pointsOf(event)).toEqual({
      ...Object.fromEntries([first, second, third].map((member) => [member, `${member} 10`])),
      host: `${event.hostId} 500`,
    });

    for (const [member, improvements] of [[first, 'Louder'], [third], [brief]] as const)
      expect(await answer(event, member, 5, improvements)).toMatchObject({ kind: 'noted' });
    await events.passUntil(event.endsAt + 48 * HOUR_MS + 10 * MINUTE_MS);
    await until(async () => (await remindersIn(event)).length === 1);
    await until(async () => (await toldOf(event, second)).length === 2);
    // Who has answered is left in peace, and so is who wants no messages.
    expect(await toldOf(event, first)).toHaveLength(1);
    expect(await toldOf(event, third)).toHaveLength(0);

    expect(await events.resultOf(event)).toMatchObject({ state: 'closed', attended: 3, answers: 3 });
    expect((await pointsOf(event))['host/quality']).toBe(`${event.hostId} 250`);
    const [report, ...others] = await reportsOn(event);
    expect(others).toEqual([]);
    expect(report?.embeds[0]?.fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Registered', value: expect.stringMatching(/^2/) }),
        expect.objectContaining({ name: 'Attended', value: expect.stringMatching(/^3/) }),
        expect.objectContaining({ name: 'Overall', value: expect.stringMatching(/^5\.0 of 5/) }),
        expect.objectContaining({ name: 'What could we improve?', value: '• Louder' }),
      ]),
    );
    expect(await answer(event, second, 1)).toMatchObject({ kind: 'closed' });
    const left = await em().execute('select 1 from voice_sessions where member_id = ?', [first]);
    expect(left).toEqual([]);
  });

  test('elsewhere counts those who have checked in', async () => {
    const event = await events.announce(HOUR_MS);
    await events.begin(event);
    const member = await join();
    expect((await checkIn(em(), event, member, Date.now())).result).toBe('done');
    expect(await events.resultOf(event)).toMatchObject({ attended: 1, answers: 0 });
    expect(await pointsOf(event)).toMatchObject({ [member]: `${member} 10` });
  });

  test('is reported at once if nobody came, and thanks nobody', async () => {
    const event = await announceInLounge();
    await attend(event, event.hostId, 60);
    await events.passUntil(event.endsAt + 2 * HOUR_MS);
    await until(async () => (await reportsOn(event)).length === 1);
    expect((await reportsOn(event))[0]?.embeds[0]?.description).toContain('Nobody attended.');
    expect(await events.resultOf(event)).toMatchObject({ state: 'closed', attended: 0, answers: 0 });
    expect(await thanksIn(event)).toEqual([]);
    expect(await remindersIn(event)).toEqual([]);
    expect(await pointsOf(event)).toEqual({});
  });

  test.each(['drop-before', 'drop-after'] as const)(
    'thanks and reports once when answers of Discord get lost (%s)',
    async (kind) => {
      const event = await announceInLounge();
      await attend(event, await join(), 60);
      await events.begin(event);
      await community.discord.control.setFaults({
        rules: [
          { match: { method: 'POST', route: '/channels/:channelId/messages' }, times: 2, fault: { kind } },
        ],
      });
      await end(event);
      await community.discord.control.setFaults({
        rules: [
          { match: { method: 'POST', route: '/channels/:channelId/messages' }, times: 2, fault: { kind } },
        ],
      });
      expect(await events.resultOf(event)).toMatchObject({ attended: 1 });
      expect([(await thanksIn(event)).length, (await remindersIn(event)).length]).toEqual([1, 1]);
      expect(await reportsOn(event)).toHaveLength(1);
    },
  );

  test('goes on when its thread was deleted', async () => {
    const event = await announceInLounge();
    await attend(event, await join(), 60);
    await events.begin(event);
    const thread = await events.threadOf(event);
    if (thread === undefined) throw new Error('there is no thread');
    await community.discord.control.deleteChannel({ channelId: thread.id });
    expect(await events.resultOf(event)).toMatchObject({ state: 'closed', attended: 1 });
    expect(await reportsOn(event)).toHaveLength(1);
  });
});
