import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { EventAttendance } from '../../database/entities/event-attendance.ts';
import { EventFeedbackEntry } from '../../database/entities/event-feedback.ts';
import { setWantsDirectMessages } from '../../database/event-preferences.ts';
import { eventButtonId } from '../../domain/event-buttons.ts';
import { type EventNotice, type EventRef, noticeMark, toScheduledEventId } from '../../domain/events.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import {
  EVENT_NOTICE,
  type EventNoticeInput,
  type EventNoticeResult,
  eventNoticeOptions,
} from '../../workflows/definitions/event-notice.ts';
import { directMessages, startCommunity, type TestCommunity } from '../support/community.ts';
import { addOpenEvent, register } from '../support/open-event.ts';
import { until } from '../support/wait.ts';

const HOUR_MS = 3_600_000;
const REMINDER: EventNotice = { kind: 'reminder', beforeMs: HOUR_MS, revision: 0 };
const SENDING = { method: 'POST', route: '/channels/:channelId/messages' } as const;

let community: TestCommunity;

beforeAll(async () => {
  community = await startCommunity();
});
afterEach(() => community.discord.control.setFaults({ rules: [] }));
afterAll(() => community.stop());

const em = () => community.database.em.fork();
const newEvent = (values: Parameters<typeof addOpenEvent>[2] = {}) =>
  addOpenEvent(em(), community.environment.DISCORD_GUILD_ID, values);

async function newMembers(count: number, dmsClosed = false): Promise<MemberId[]> {
  const { members } = await community.discord.control.join({ count, dmsClosed });
  return members.map(({ member }) => toMemberId(member.user.id));
}

async function startNotice(input: EventNoticeInput, again = '') {
  const { workflowId, taskQueue, args } = eventNoticeOptions(input);
  return community.client.workflow.start<(input: EventNoticeInput) => Promise<EventNoticeResult>>(
    EVENT_NOTICE,
    { workflowId: `${workflowId}${again}`, taskQueue: taskQueue ?? '', args },
  );
}

const tell = async (event: EventRef, notice: EventNotice = REMINDER, again = '') =>
  (await startNotice({ event, notice }, again)).result();

const textsTo = async (member: MemberId) =>
  (await directMessages(community, member)).map(({ content }) => content);

describe('a reminder', () => {
  test('tells those who go and want it, with a button that stops such messages, and nobody else', async () => {
    const event = await newEvent({
      scheduledEventId: toScheduledEventId('1500000000000000001'),
      title: 'Shaders *now*',
    });
    const [wants, silent, refused, waits, thinks] = (await newMembers(5)) as [
      ...[MemberId, MemberId, MemberId, MemberId, MemberId],
    ];
    await register(em(), event, [wants]);
    await register(em(), event, [silent], 'going', null);
    await register(em(), event, [refused], 'going', false);
    await register(em(), event, [waits], 'waiting');
    await register(em(), event, [thinks], 'maybe');
    expect(await tell(event)).toEqual({ told: 1, notTold: 0, late: 0 });
    expect(await directMessages(community, wants)).toMatchObject([
      {
        content: expect.stringMatching(
          /Shaders \\\*now\\\*\*\* begins <t:\d+:F> \(<t:\d+:R>\): https:\/\/meet.example\/one$/,
        ),
        components: [
          {
            components: [
              { url: `https://discord.com/events/${event.guildId}/1500000000000000001` },
              { custom_id: eventButtonId('stop-reminders', event.eventId, noticeMark(REMINDER)) },
            ],
          },
        ],
      },
    ]);
    for (const member of [silent, refused, waits, thinks]) expect(await textsTo(member)).toEqual([]);
  });

  test('counts those who take no direct messages, or have left, as not told', async () => {
    const event = await newEvent();
    const [open, gone] = (await newMembers(2)) as [MemberId, MemberId];
    const [closed] = (await newMembers(1, true)) as [MemberId];
    await register(em(), event, [open, gone, closed]);
    await community.discord.control.leave({ memberId: gone });
    expect(await tell(event)).toEqual({ told: 1, notTold: 2, late: 0 });
  });

  test('of an event that was called off meanwhile is not sent', async () => {
    const event = await newEvent({ state: 'cancelled' });
    const [member] = (await newMembers(1)) as [MemberId];
    await register(em(), event, [member]);
    expect(await tell(event)).toEqual({ told: 0, notTold: 1, late: 0 });
    expect(await textsTo(member)).toEqual([]);
  });

  test('that is too late tells nobody, and says so', async () => {
    const event = await newEvent();
    const members = await newMembers(3);
    await register(em(), event, members);
    const now = await community.environmentOfTemporal.currentTimeMs();
    const notice = await startNotice({ event, notice: REMINDER, notAfter: now - 1 });
    expect(await notice.result()).toEqual({ told: 0, notTold: 3, late: 3 });
    expect(await Promise.all(members.map(textsTo))).toEqual([[], [], []]);
  });

  test('that Discord does not take for some until it is too late says how many', async () => {
    const event = await newEvent();
    const members = await newMembers(3);
    const [known] = members as [MemberId];
    await register(em(), event, [known]);
    await tell(event, { kind: 'moved', revision: 1 });
    await register(em(), event, members.slice(1));
    const route = '/users/@me/channels';
    await community.discord.control.setFaults({
      rules: [{ match: { method: 'POST', route }, fault: { kind: 'drop-before' } }],
    });
    const now = await community.environmentOfTemporal.currentTimeMs();
    const notice = await startNotice({ event, notice: REMINDER, notAfter: now + 300_000 });
    expect(await notice.result()).toEqual({ told: 1, notTold: 2, late: 2 });
    expect(await textsTo(known)).toHaveLength(2);
  });
});

describe('a notice', () => {
  test.each<EventNotice>([{ kind: 'moved', revision: 2 }, { kind: 'cancelled' }])(
    'of $kind reaches all who have signed up, but for those who want no direct messages',
    async (notice) => {
      const event = await newEvent();
      const [goes, waits, thinks, refused, stays] = (await newMembers(5)) as [
        ...[MemberId, MemberId, MemberId, MemberId, MemberId],
      ];
      await register(em(), event, [goes], 'going', null);
      await register(em(), event, [waits], 'waiting', null);
      await register(em(), event, [thinks], 'maybe', true);
      await register(em(), event, [refused], 'going', false);
      await register(em(), event, [stays], 'not going', true);
      expect(await tell(event, notice)).toEqual({ told: 3, notTold: 0, late: 0 });
      const told = await Promise.all([goes, waits, thinks, refused, stays].map(textsTo));
      expect(told.map(({ length }) => length)).toEqual([1, 1, 1, 0, 0]);
    },
  );

  test('of thanks reaches those who were there; they are asked again unless they have answered', async () => {
    const event = await newEvent({ state: 'over', endedAt: new Date() });
    const { guildId, eventId } = event;
    const [there, answered, absent] = (await newMembers(3)) as [MemberId, MemberId, MemberId];
    await register(em(), event, [there, answered, absent]);
    const fork = em();
    for (const memberId of [there, answered])
      fork.create(EventAttendance, { guildId, eventId, memberId, attended: true });
    fork.create(EventAttendance, { guildId, eventId, memberId: absent, presentMs: 1, attended: false });
    const ratings = { overall: 5, content: 4, engagement: 3, answeredAt: new Date() };
    fork.create(EventFeedbackEntry, { guildId, eventId, memberId: answered, ...ratings });
    await fork.flush();
    expect(await tell(event, { kind: 'thanks' })).toMatchObject({ told: 2 });
    expect(await tell(event, { kind: 'feedback reminder' })).toMatchObject({ told: 1 });
    const told = await directMessages(community, there);
    expect(told).toMatchObject([
      { content: expect.stringContaining('Thank you'), components: [{ components: [{}, {}] }] },
      { content: expect.stringMatching(/Until <t:\d+:F>/), components: [{ components: [{}, {}] }] },
    ]);
    expect(JSON.stringify(told[0]?.components)).toContain(eventButtonId('feedback', eventId, 'thanks'));
    expect([await textsTo(answered), await textsTo(absent)]).toEqual([[expect.any(String)], []]);
  });

  test.each(['drop-before', 'drop-after'] as const)(
    'reaches each member once, whatever request or answer is lost (%s)',
    async (kind) => {
      const event = await newEvent();
      const members = await newMembers(12);
      await register(em(), event, members);
      const lost = (route: string, times: number) =>
        ({ match: { method: 'POST', route }, times, fault: { kind } }) as const;
      await community.discord.control.setFaults({
        rules: [lost('/users/@me/channels', 2), lost('/channels/:channelId/messages', 5)],
      });
      expect(await tell(event)).toEqual({ told: 12, notTold: 0, late: 0 });
      // Now the channels are known, and many are told at a time.
      await community.discord.control.setFaults({ rules: [lost('/channels/:channelId/messages', 5)] });
      expect(await tell(event, { kind: 'moved', revision: 1 })).toMatchObject({ told: 12 });
      const told = await Promise.all(members.map(textsTo));
      expect(told.map(({ length }) => length)).toEqual(members.map(() => 2));
    },
  );

  test('that is given again tells nobody twice', async () => {
    const event = await newEvent();
    const members = await newMembers(3);
    await register(em(), event, members);
    await tell(event);
    expect(await tell(event, REMINDER, '/again')).toEqual({ told: 3, notTold: 0, late: 0 });
    expect(await Promise.all(members.map(textsTo))).toEqual(members.map(() => [expect.any(String)]));
  });

  test('to many leaves a small history, and passes over whoever has stopped it meanwhile', async () => {
    const event = await newEvent();
    const members = await newMembers(450);
    await register(em(), event, members);
    const [last] = members.toSorted().slice(-1) as [MemberId];
    const { channels } = await openAll(members);
    expect(channels).toBe(450);
    await community.discord.control.clearRequests();
    await community.discord.control.setFaults({
      rules: [{ match: SENDING, fault: { kind: 'drop-before' } }],
    });
    const notice = await startNotice({ event, notice: REMINDER });
    await until(async () => (await community.discord.control.countRequests()).counts.length > 0);
    await setWantsDirectMessages(em(), event.guildId, last, false);
    await community.discord.control.setFaults({ rules: [] });
    expect(await notice.result()).toEqual({ told: 449, notTold: 1, late: 0 });
    const { events } = await notice.fetchHistory();
    expect(events?.length).toBeLessThan(60);
  });

  /** The channels with members are known from what they were told before. */
  async function openAll(members: readonly MemberId[]): Promise<{ channels: number }> {
    const rows = await Promise.all(
      members.map(async (memberId) => {
        const { channel } = await community.discord.control.openDirectMessage({ memberId });
        return {
          guild_id: community.environment.DISCORD_GUILD_ID,
          member_id: memberId,
          channel_id: channel.id,
        };
      }),
    );
    const inserted: unknown[] = await em().execute(
      `insert into direct_message_channels (guild_id, member_id, channel_id)
       select guild_id, member_id, channel_id
       from jsonb_to_recordset(?::jsonb) as row (guild_id text, member_id text, channel_id text)
       returning member_id`,
      [JSON.stringify(rows)],
    );
    return { channels: inserted.length };
  }
});
