import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ButtonStyle, GuildScheduledEventStatus as Status } from 'discord-api-types/v10';
import { EventDraftEntry } from '../../database/entities/event-draft.ts';
import { countRegistrations, respond } from '../../database/event-registrations.ts';
import { recordMove } from '../../database/voice-sessions.ts';
import { eventButtonId } from '../../domain/event-buttons.ts';
import type { ChangeResult, EventChange, EventRef } from '../../domain/events.ts';
import { firstIdAt, type InteractionId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import { cancelEvent, changeEvent } from '../../workflows/definitions/event.ts';
import { startCommunity, type TestCommunity } from '../support/community.ts';
import { DAY_MS, eventsIn, HOUR_MS, MINUTE_MS, ORGANISER } from '../support/events.ts';
import { until } from '../support/wait.ts';

/** The smallest picture that there is. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let community: TestCommunity;
let events: ReturnType<typeof eventsIn>;
let drafts = 0n;

beforeAll(async () => {
  community = await startCommunity();
  events = eventsIn(community);
});
afterAll(() => community.stop());

const em = () => community.database.em.fork();
const by = ORGANISER;

const change = (event: EventRef, asked: Omit<EventChange, 'by'>): Promise<ChangeResult> =>
  events.handleOf(event).executeUpdate(changeEvent, { args: [{ by, ...asked }] });
const cancel = (event: EventRef) => events.handleOf(event).executeUpdate(cancelEvent, { args: [{ by }] });

/** The draft of somebody who writes an event's words anew. */
async function draftOf({ guildId }: EventRef, draft: object): Promise<InteractionId> {
  drafts += 1n;
  const id = toInteractionId(String(BigInt(firstIdAt(Date.now())) + drafts));
  const fork = em();
  fork.create(EventDraftEntry, { guildId, id, memberId: ORGANISER, draft, madeAt: new Date() });
  await fork.flush();
  return id;
}

/** Reminders as they are reported, in minutes before the start. */
const reminded = (event: { startsAt: number }, ...minutes: number[]) =>
  minutes.map((before) => ({ beforeMs: before * MINUTE_MS, startsAt: event.startsAt, result: 'sent' }));

describe('an event', () => {
  test('is announced, reminded of three times, held, and archived', async () => {
    const event = await events.announce(2 * DAY_MS);
    const [announcement] = await events.announcementsOf(event);
    const seconds = event.startsAt / 1_000;
    expect(announcement).toMatchObject({
      content: `A new event: **${event.title}** (Workshop), with <@${ORGANISER}>`,
      embeds: [
        {
          title: `🛠️ ${event.title}`,
          description: 'We make something together.',
          fields: [
            { name: 'When', value: `<t:${seconds}:F> (<t:${seconds}:R>)` },
            { name: 'Where', value: 'https://meet.example/tixl' },
            { name: 'Until', value: `<t:${seconds + 3_600}:F>` },
            { name: 'Kind', value: 'Workshop' },
            { name: 'Host', value: `<@${ORGANISER}>` },
            { name: 'Going', value: '0' },
            { name: 'Maybe', value: '0' },
          ],
        },
      ],
      components: [
        {
          components: [
            { label: 'Going', custom_id: eventButtonId('going', event.eventId), style: ButtonStyle.Success },
            { label: 'Maybe' },
            { label: 'Not going' },
            { label: 'Add to calendar' },
          ],
        },
      ],
    });
    expect(await events.scheduledOf(event)).toMatchObject({
      ...{ name: event.title, description: `We make something together.\n\nEvent ${event.eventId}` },
      ...{ status: Status.Scheduled, entity_metadata: { location: 'https://meet.example/tixl' } },
    });
    expect(await events.threadOf(event)).toMatchObject({ name: event.title });
    expect(await events.progressOf(event)).toMatchObject({
      state: 'open',
      waitsFor: { what: 'to remind', until: event.startsAt - DAY_MS },
    });

    expect(await events.resultOf(event)).toMatchObject({
      state: 'closed',
      reminders: reminded(event, 1_440, 60, 15),
    });
    expect(await events.saidIn(event)).toEqual([
      ...Array.from({ length: 3 }, () =>
        expect.stringContaining(`⏰ **${event.title}** begins <t:${seconds}:F>`),
      ),
      expect.stringContaining(`**${event.title}** has begun`),
    ]);
    expect(await events.scheduledOf(event)).toMatchObject({ status: Status.Completed });
    expect(await events.announcementsOf(event)).toMatchObject([{ components: [] }]);
    expect(await events.threadOf(event)).toMatchObject({ thread_metadata: { archived: true, locked: true } });
    expect(await events.rowOf(event)).toMatchObject({ state: 'closed', beganAt: event.startsAt });
  });

  test('that is made half an hour before it starts is reminded of by what is still to come', async () => {
    const event = await events.announce(30 * MINUTE_MS);
    expect(await events.resultOf(event)).toMatchObject({ reminders: reminded(event, 15) });
  });

  test('offers to check in once it is live, if it is at a link', async () => {
    const event = await events.announce(HOUR_MS);
    await events.begin(event);
    const [announcement] = await events.announcementsOf(event);
    expect(JSON.stringify(announcement?.components)).toContain(eventButtonId('check-in', event.eventId));
    expect(await events.statusOf(event)).toBe(Status.Active);
    await events.resultOf(event);
  });

  test('shows its picture, and is announced without one that is gone', async () => {
    const memberId = await events.owner();
    const channelId = await events.channelNamed('general');
    const file = { filename: 'a.png', contentType: 'image/png', base64: PICTURE };
    const { message } = await community.discord.control.write({ memberId, channelId, files: [file] });
    const picture = message.attachments[0]?.url ?? '';
    const event = await events.announce(20 * HOUR_MS, { picture });
    expect((await events.scheduledOf(event)).image).toEqual(expect.any(String));
    expect(await events.announcementsOf(event)).toMatchObject([{ embeds: [{ image: { url: picture } }] }]);
    const other = await events.announce(20 * HOUR_MS, { picture: `${picture}/gone` });
    expect((await events.scheduledOf(other)).image).toBeNull();
    for (const one of [event, other]) {
      await cancel(one);
      await events.resultOf(one);
    }
  });

  test('takes place in a voice channel, and ends in time if nobody comes', async () => {
    const channelId = await events.channelNamed('Lounge');
    const event = await events.announce(HOUR_MS, { place: { kind: 'channel', channelId } });
    expect(await events.scheduledOf(event)).toMatchObject({ channel_id: channelId });
    await events.resultOf(event);
    const { endedAt } = await events.rowOf(event);
    expect(Math.abs(Number(endedAt) - event.endsAt)).toBeLessThan(MINUTE_MS);
  });

  test('goes on while somebody is there, until they leave or it has gone on for long enough', async () => {
    const channelId = await events.channelNamed('Workshop room');
    const event = await events.announce(HOUR_MS, { place: { kind: 'channel', channelId } });
    await events.begin(event);
    const { guildId } = event;
    const memberId = toMemberId('1300000000000000097');
    await recordMove(em(), guildId, { memberId, channelId, at: event.startsAt });
    await events.passUntil(event.endsAt + 10 * MINUTE_MS);
    await until(async () => (await events.progressOf(event)).waitsFor?.what === 'until they have left');
    expect(await events.progressOf(event)).toMatchObject({ state: 'live' });
    await events.resultOf(event);
    const { endedAt } = await events.rowOf(event);
    expect(Math.abs(Number(endedAt) - event.endsAt - HOUR_MS)).toBeLessThan(MINUTE_MS);
  });
});

describe('a change', () => {
  test('of the time moves every reminder and what Discord shows, and is told', async () => {
    const event = await events.announce(2 * HOUR_MS);
    await events.passUntil(event.startsAt - HOUR_MS);
    await until(async () => (await events.progressOf(event)).reminders.length === 1);
    const moved = { startsAt: event.startsAt + DAY_MS, endsAt: event.endsAt + DAY_MS };
    expect(await change(event, moved)).toEqual({ kind: 'changed', revision: 1, isMoved: true });
    await until(async () => (await events.saidIn(event)).some((text) => text.includes('has moved')));
    expect(Date.parse((await events.scheduledOf(event)).scheduled_start_time)).toBe(moved.startsAt);
    expect(JSON.stringify(await events.announcementsOf(event))).toContain(`<t:${moved.startsAt / 1_000}:F>`);
    expect(await events.resultOf(event)).toMatchObject({
      state: 'closed',
      reminders: [...reminded(event, 60), ...reminded(moved, 1_440, 60, 15)],
    });
    expect(await events.rowOf(event)).toMatchObject({ beganAt: moved.startsAt });
  });

  test('back to the time that it had repeats no reminder', async () => {
    const event = await events.announce(2 * HOUR_MS);
    const { startsAt, endsAt } = event;
    await events.passUntil(startsAt - HOUR_MS);
    await until(async () => (await events.progressOf(event)).reminders.length === 1);
    await change(event, { startsAt: startsAt + DAY_MS, endsAt: endsAt + DAY_MS });
    await until(
      async () => (await events.saidIn(event)).filter((text) => text.includes('moved')).length === 1,
    );
    await change(event, { startsAt, endsAt });
    expect(await events.resultOf(event)).toMatchObject({ reminders: reminded(event, 60, 15) });
  });

  test('of the words is shown everywhere, and is told nobody', async () => {
    const event = await events.announce(20 * HOUR_MS);
    const title = `${event.title}, written anew`;
    const draftId = await draftOf(event, { title, description: 'Other words', more: 'of theirs' });
    expect(await change(event, { draftId })).toEqual({ kind: 'changed', revision: 1, isMoved: false });
    await until(async () => (await events.threadOf(event))?.name === title);
    expect(await events.scheduledOf(event)).toMatchObject({
      name: title,
      description: `Other words\n\nEvent ${event.eventId}`,
    });
    expect(await events.announcementsOf({ ...event, title })).toMatchObject([
      { embeds: [{ description: 'Other words' }] },
    ]);
    expect(await events.saidIn(event)).toEqual([]);
    await cancel(event);
    await events.resultOf(event);
  });

  test('of the place lets it take place in a channel', async () => {
    const event = await events.announce(20 * HOUR_MS);
    const channelId = await events.channelNamed('Lounge');
    await change(event, { place: { kind: 'channel', channelId } });
    await until(async () => (await events.scheduledOf(event)).channel_id === channelId);
    await cancel(event);
    await events.resultOf(event);
  });

  test('of the number of places lets those move up who wait, and takes no place away', async () => {
    const event = await events.announce(20 * HOUR_MS, { capacity: 1 });
    const members = ['1300000000000000011', '1300000000000000012'].map(toMemberId);
    for (const [index, memberId] of members.entries())
      await respond(em(), {
        ...{ guildId: event.guildId, eventId: event.eventId, memberId, response: 'going' },
        ...{ order: String(index + 1), at: event.startsAt },
      });
    expect(await countRegistrations(em(), event)).toMatchObject({ going: 1, waiting: 1 });
    expect(await change(event, { capacity: 2 })).toMatchObject({ kind: 'changed', isMoved: false });
    expect(await countRegistrations(em(), event)).toMatchObject({ going: 2, waiting: 0 });
    expect(await change(event, { capacity: 1 })).toEqual({ kind: 'capacity too low', going: 2 });
    await until(async () => JSON.stringify(await events.announcementsOf(event)).includes('2 of 2'));
    await cancel(event);
    await events.resultOf(event);
  });

  test('that comes to nothing changes nothing', async () => {
    const event = await events.announce(20 * HOUR_MS);
    expect(await change(event, { startsAt: event.startsAt })).toEqual({ kind: 'no change' });
    const draftId = toInteractionId('1300000000000000001');
    expect(await change(event, { draftId })).toEqual({ kind: 'draft is gone' });
    expect(await change(event, { startsAt: event.endsAt + 1 })).toEqual({ kind: 'ends before it starts' });
    expect(await events.rowOf(event)).toMatchObject({ revision: 0 });
    await cancel(event);
    await events.resultOf(event);
  });

  test.each<[string, unknown, RegExp]>([
    ['nothing', null, /expected by/],
    ['somebody by name', { by: 'Mara' }, /expected by/],
    ['a start in the past', { by, startsAt: 1 }, /startsAt is in the past/],
    ['a start in words', { by, startsAt: 'tomorrow' }, /expected startsAt/],
    ['an end before the start', { by, startsAt: 9e12, endsAt: 8e12 }, /ends before it starts/],
    ['no places', { by, capacity: 0 }, /expected a capacity/],
    ['no place', { by, place: { kind: 'link', link: ' ' } }, /expected a place/],
  ])('is refused with a reason: %s', async (_, asked, reason) => {
    const event = await events.announce(20 * HOUR_MS);
    const update = events.handleOf(event).executeUpdate(changeEvent, { args: [asked as never] });
    await expect(update).rejects.toMatchObject({ cause: { message: expect.stringMatching(reason) } });
    await cancel(event);
    await events.resultOf(event);
  });
});
