import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIMessage } from 'discord-api-types/v10';
import { findListedEvent } from '../../database/event-lists.ts';
import { respond } from '../../database/event-registrations.ts';
import { attendeesId, cancelButtonId } from '../../domain/event-lists.ts';
import { type CommunityEvent, type EventId, toEventId } from '../../domain/events.ts';
import { type MemberId, toGuildId, toMemberId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { DESCRIPTION_INPUT, TITLE_INPUT } from '../../views/event-drafts.ts';
import { type BotScene, startBotScene, textOf } from '../support/bot-scene.ts';
import { press, sendButton } from '../support/button.ts';
import { memberNamed, messageFor, offersFor, runCommand } from '../support/command.ts';
import {
  buttonsOf,
  formOf,
  type Options,
  pressButton,
  pressed,
  preview,
  saidBeside,
  sendForm,
  WORDS,
} from '../support/event-forms.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let discord: LocalDiscord;
let organiser: MemberId;
let host: MemberId;
let member: MemberId;
let lounge: string;
let crowd: MemberId[];
let presses = 1_400_000_000_000_000_000n;

beforeAll(async () => {
  scene = await startBotScene({
    async beforeBot({ discord }) {
      const { members } = await discord.control.join({ count: 70 });
      crowd = members.map((joined) => toMemberId(joined.member.user.id));
    },
  });
  discord = scene.discord;
  organiser = await memberNamed(discord, 'Lena Vogt');
  host = await memberNamed(discord, 'Kofi Mensah');
  member = await memberNamed(discord, 'Tom Becker');
  const { channels } = await discord.control.getState();
  lounge = channels.find(({ name }) => name === 'Lounge')?.id ?? '';
});
afterAll(() => scene.stop());

const link = 'https://meet.example/noise';

/** An event that is announced. */
async function announced(title: string, options: Options = {}): Promise<EventId> {
  const typed = { kind: 'ama', start: '2027-06-03 19:00', link, ...options };
  const shown = await preview(discord, organiser, typed, { ...WORDS, [TITLE_INPUT]: title });
  const eventId = toEventId(buttonsOf(shown)[0]?.split(':')[1] ?? '');
  const { content } = await pressed(discord, organiser, shown, 'event-confirm');
  expect(content).toContain('is announced');
  return eventId;
}

const refOf = (eventId: EventId) => ({ guildId: toGuildId(discord.guildId), eventId });
async function eventOf(eventId: EventId): Promise<CommunityEvent> {
  const found = await findListedEvent(scene.worker.database.em.fork(), refOf(eventId));
  if (found === undefined) throw new Error(`there is no event ${eventId}`);
  return found;
}

const ask = (who: MemberId, subcommand: string, options: Options): Promise<APIMessage> =>
  scene.ask(who, { name: 'event', subcommand, options });
const told = async (who: MemberId, subcommand: string, options: Options) =>
  textOf(await ask(who, subcommand, options));
const onDiscord = async (eventId: EventId) => {
  const { scheduledEventId } = await eventOf(eventId);
  const { events } = await discord.control.getState();
  return events.find(({ event }) => event.id === scheduledEventId)?.event;
};

async function say(eventId: EventId, memberId: MemberId, response: 'going' | 'maybe'): Promise<void> {
  presses += 1n;
  const order = String(presses);
  await respond(scene.worker.database.em, { ...refOf(eventId), memberId, response, order, at: Date.now() });
}

describe('/event edit', () => {
  test('moves an event, which lasts as long as before, on Discord too', async () => {
    const event = await announced('Moved');
    expect(await told(organiser, 'edit', { event, start: '2027-06-04 20:00' })).toBe(
      '**Moved** is moved. Everybody who has registered is told.',
    );
    const startsAt = Date.parse('2027-06-04T18:00:00Z');
    expect(await eventOf(event)).toMatchObject({ startsAt, endsAt: startsAt + 60 * 60_000 });
    await until(async () => Date.parse((await onDiscord(event))?.scheduled_start_time ?? '') === startsAt);
  });

  test('changes length, place, capacity and host', async () => {
    const event = await announced('Changed');
    expect(
      await told(organiser, 'edit', { event, duration: '2 hours', channel: lounge, capacity: 5, host }),
    ).toBe('**Changed** is changed.');
    const changed = await eventOf(event);
    expect(changed).toMatchObject({
      place: { kind: 'channel', channelId: lounge },
      capacity: 5,
      hostId: host,
    });
    expect(changed.endsAt - changed.startsAt).toBe(2 * 60 * 60_000);
    expect(await told(organiser, 'edit', { event, capacity: 5 })).toBe('It is like that already.');
    expect(await told(organiser, 'edit', { event, 'no-limit': true })).toBe('**Changed** is changed.');
    expect((await eventOf(event)).capacity).toBeNull();
  });

  test('opens a form with the words, and changes them with what was said beside', async () => {
    const event = await announced('Old title');
    const options = { event, text: true, capacity: 7 };
    const opened = await runCommand(discord, organiser, { name: 'event', subcommand: 'edit', options });
    expect(await formOf(discord, opened)).toEqual({ ...WORDS, [TITLE_INPUT]: 'Old title' });
    const refused = await sendForm(discord, organiser, opened, { [TITLE_INPUT]: '\u200b ' });
    expect(refused.content).toMatch(/^The title needs something to read/);
    const again = await pressButton(discord, organiser, refused, 'event-reword');
    const answer = await sendForm(discord, organiser, again, {
      ...{ [TITLE_INPUT]: 'New title', [DESCRIPTION_INPUT]: 'New words' },
    });
    expect(answer.content).toMatch(/is changed\.$/);
    expect(await eventOf(event)).toMatchObject({ title: 'New title', description: 'New words', capacity: 7 });
    await until(async () => (await onDiscord(event))?.name === 'New title');
  });

  test.each<[string, Options, RegExp]>([
    ['nothing', {}, /^Say what is to change/],
    ['a time in the past', { start: '2020-01-01 19:00' }, /in the past/],
    ['a time that clocks skip', { start: '2027-03-28 02:30' }, /does not exist/],
    ['a link to nowhere', { link: 'ftp://meet.example' }, /http:\/\/ or https:\/\//],
    ['two capacities', { capacity: 3, 'no-limit': true }, /as many as like: say one/],
    ['a length of nothing', { duration: '0m' }, /end before it starts/],
  ])('refuses %s', async (_, options, said) => {
    const event = await announced('Unchanged');
    const before = await eventOf(event);
    expect(await told(organiser, 'edit', { event, ...options })).toMatch(said);
    expect(await eventOf(event)).toEqual(before);
  });

  test('refuses a capacity below those who are going', async () => {
    const event = await announced('Full');
    await say(event, member, 'going');
    await say(event, host, 'going');
    expect(await told(organiser, 'edit', { event, capacity: 1 })).toMatch(/^2 are going already/);
    expect((await eventOf(event)).capacity).toBeNull();
  });

  test('is for organisers, and for hosts with their own', async () => {
    const event = await announced('Hosted', { host });
    expect(await told(member, 'edit', { event, capacity: 3 })).toMatch(/^Only its host and \*\*Staff\*\*/);
    expect(await told(host, 'edit', { event, capacity: 3 })).toBe('**Hosted** is changed.');
    const other = await announced('Not hosted');
    expect(await told(host, 'edit', { event: other, capacity: 3 })).toMatch(/^Only its host/);
    const options = { event: other, text: true };
    const opened = await runCommand(discord, host, { name: 'event', subcommand: 'edit', options });
    expect((await messageFor(discord, opened)).content).toMatch(/^Only its host/);
  });

  test.each(['Something typed', '1300000000000000001'])('has a word for no event: %s', async (event) => {
    expect(await told(organiser, 'edit', { event, capacity: 3 })).toMatch(/^There is no such event/);
  });
});

describe('/event cancel', () => {
  test('asks, and calls it off', async () => {
    const event = await announced('Called off');
    const { threadId } = await eventOf(event);
    const question = await ask(organiser, 'cancel', { event });
    expect(question.content).toMatch(/^Call off \*\*Called off\*\*/);
    expect((await eventOf(event)).state).toBe('open');
    const answer = await pressed(discord, organiser, question, 'event-cancel');
    expect(answer).toMatchObject({
      ...{ content: '**Called off** is called off. Everybody who has registered is told.', components: [] },
    });
    await until(async () => (await eventOf(event)).state === 'cancelled');
    expect(threadId).not.toBeNull();
    expect(await told(organiser, 'cancel', { event })).toMatch(/^It is over, or was called off/);
    expect(await told(organiser, 'edit', { event, capacity: 3 })).toMatch(/^It is over, or was called off/);
  });

  test('is for organisers, and for hosts with their own', async () => {
    const event = await announced('Stays', { host });
    expect(await told(member, 'cancel', { event })).toMatch(/^Only its host/);
    expect((await ask(host, 'cancel', { event })).content).toMatch(/^Call off/);
    const forged = await sendButton(discord, member, cancelButtonId(event));
    expect(await saidBeside(discord, await press(discord, member, forged))).toMatch(/^Only its host/);
    expect((await eventOf(event)).state).toBe('open');
  });
});

describe('looking events up', () => {
  test('/event list shows what is on, the soonest first, page by page', async () => {
    const late = await announced('The late one', { start: '2028-06-03 19:00', host });
    await announced('The soon one', { start: '2027-01-03 19:00' });
    await say(late, member, 'maybe');
    const first = await ask(member, 'list', {});
    expect(textOf(first)).toMatch(/^Events\n\*\*The soon one\*\* · 🎤 AMA\n<t:\d+:F>/);
    const pages = Number(/\d+$/.exec(first.embeds[0]?.footer?.text ?? '1')?.[0]);
    const last = pages > 1 ? await ask(member, 'list', { page: pages }) : first;
    expect(textOf(last)).toMatch(
      new RegExp(`\\*\\*The late one\\*\\*.*\n.*\n${link} · with <@${host}> · 0 going, 1 maybe$`),
    );
    if (pages > 1) {
      const next = await pressed(discord, member, first, 'event-list:2');
      expect(next.embeds[0]?.footer?.text).toBe(`2 / ${pages}`);
    }
  });

  test('/event info tells all about one', async () => {
    const event = await announced('Known', { capacity: 9 });
    const { content, embeds } = await ask(member, 'info', { event });
    const { scheduledEventId, threadId } = await eventOf(event);
    const fields = Object.fromEntries((embeds[0]?.fields ?? []).map(({ name, value }) => [name, value]));
    expect(content).toBe('It is announced.');
    expect(fields).toMatchObject({ Kind: '🎤 AMA', Places: '9', Who: '0 of 9 going', Where: link });
    expect(fields['On Discord']).toBe(
      `[the event](https://discord.com/events/${discord.guildId}/${scheduledEventId}) · <#${threadId}>`,
    );
    expect(await told(member, 'info', { event: '1300000000000000001' })).toMatch(/^There is no such event/);
  });

  test('/event attendees names who goes, and who was there', async () => {
    const event = await announced('Attended', { host, capacity: 1 });
    const [second, third] = crowd;
    if (second === undefined || third === undefined) throw new Error('nobody has joined');
    await say(event, member, 'going');
    await say(event, second, 'going');
    await say(event, third, 'maybe');
    const expected = [
      `**Going: 1**\n<@${member}>`,
      `**Waiting for a place: 1**\n<@${second}>`,
      `**Maybe: 1**\n<@${third}>`,
    ];
    expect(await told(host, 'attendees', { event })).toBe(['Attended', expected.join('\n\n')].join('\n'));
    expect(await told(member, 'attendees', { event })).toMatch(/^Only its host/);
    await scene.worker.database.em
      .fork()
      .execute(
        `insert into event_attendances (guild_id, event_id, member_id, attended) values (?, ?, ?, true)`,
        [...[discord.guildId, event, third]],
      );
    expect(await told(organiser, 'attendees', { event })).toContain(`**Were there: 1**\n<@${third}>`);
  });

  test('/event attendees goes on where one message is too small', async () => {
    const event = await announced('Crowded');
    for (const one of crowd) await say(event, one, 'going');
    const first = await ask(organiser, 'attendees', { event });
    expect(first.embeds[0]?.footer?.text).toBe('1 / 2');
    expect(first.embeds[0]?.description).toMatch(/^\*\*Going: 70\*\*/);
    const second = await pressed(discord, organiser, first, `event-attendees:${event}:2`);
    expect(second.embeds[0]?.description?.match(/<@/g)).toHaveLength(10);
  });

  test('offers what somebody may act on, the soonest first', async () => {
    const offers = (who: MemberId, subcommand: string, typed: string) =>
      offersFor(discord, who, {
        ...{ name: 'event', subcommand, focused: 'event', options: { event: typed } },
      });
    const later = await announced('Offered later', { start: '2027-09-03 19:00', host });
    const sooner = await announced('Offered sooner', { start: '2027-08-03 19:00' });
    expect(await offers(organiser, 'edit', 'OFFERED')).toEqual([sooner, later]);
    expect(await offers(member, 'info', 'offered')).toEqual([sooner, later]);
    expect(await offers(host, 'cancel', 'offered')).toEqual([later]);
    expect(await offers(member, 'cancel', 'offered')).toEqual([]);
    expect(await offers(member, 'attendees', 'offered')).toEqual([]);
  });
});

test('the buttons to pages of attendees are of no use to others', async () => {
  const event = await announced('Private');
  const message = await sendButton(discord, member, attendeesId(event, 2));
  const said = await saidBeside(discord, await press(discord, member, message));
  expect(said).toMatch(/^Only its host/);
});

test('what was changed on Discord while the bot was away is seen when it is back', async () => {
  const event = await announced('Renamed');
  const { scheduledEventId } = await eventOf(event);
  await scene.stopBot();
  await discord.control.editEvent({
    ...{ memberId: organiser, eventId: scheduledEventId ?? '', name: 'Renamed by hand' },
  });
  await scene.startBot();
  await until(async () => (await eventOf(event)).title === 'Renamed by hand');
});
