import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type APIMessage, ChannelType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { discardDraft, findDraft } from '../../database/event-drafts.ts';
import { findListedEvent } from '../../database/event-lists.ts';
import { toEventId } from '../../domain/events.ts';
import { type MemberId, toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { EVENT_COMMAND } from '../../views/commands/events.ts';
import { START_INPUT, TITLE_INPUT } from '../../views/event-drafts.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { memberNamed, offersFor, replaceCommand, runCommand } from '../support/command.ts';
import {
  buttonsOf,
  formOf,
  type Options,
  pressButton,
  pressed,
  preview,
  refusalOf,
  saidBeside,
  sendForm,
  WORDS,
} from '../support/event-forms.ts';
import { messagesIn } from '../support/on-discord.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let discord: LocalDiscord;
let organiser: MemberId;
let member: MemberId;
let lounge: string;

beforeAll(async () => {
  scene = await startBotScene();
  discord = scene.discord;
  organiser = await memberNamed(discord, 'Lena Vogt');
  member = await memberNamed(discord, 'Tom Becker');
  lounge = await channelNamed('Lounge');
});
afterAll(() => scene.stop());

const database = () => scene.worker.database.em.fork();
const guildId = () => toGuildId(discord.guildId);
const link = 'https://meet.example/noise';
const usual = (options: Options = {}): Options => ({
  ...{ kind: 'workshop', start: 'tomorrow 19:00', link },
  ...options,
});

async function channelNamed(name: string): Promise<string> {
  const { channels } = await discord.control.getState();
  const found = channels.find((channel) => channel.name === name);
  if (found === undefined) throw new Error(`there is no channel ${name}`);
  return found.id;
}

/** The id of the draft, and of the event, that a preview is about. */
function idOf(message: APIMessage): string {
  return buttonsOf(message)[0]?.split(':')[1] ?? '';
}

const draftOf = (message: APIMessage, memberId = organiser) =>
  findDraft(database(), { guildId: guildId(), draftId: toInteractionId(idOf(message)), memberId });
const eventOf = (message: APIMessage) =>
  findListedEvent(database(), { guildId: guildId(), eventId: toEventId(idOf(message)) });
const announcements = async (title: string) =>
  (await messagesIn({ discord }, 'events')).filter(({ embeds }) => embeds[0]?.title?.includes(title));

/** The command as it would be if Discord had been told of fewer limits. */
function withoutLimits(command: typeof EVENT_COMMAND): typeof EVENT_COMMAND {
  const limits = ['channel_types', 'min_value', 'max_value', 'max_length'];
  return JSON.parse(JSON.stringify(command, (name, value) => (limits.includes(name) ? undefined : value)));
}

describe('/event create', () => {
  test('asks for the words, shows how it will be, and makes it when that is confirmed: once', async () => {
    const options = { kind: 'workshop', start: '2027-06-03 19:00', channel: lounge, capacity: 12 };
    const shown = await preview(discord, organiser, options);
    expect((shown.flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
    expect(shown.content).toContain('Thursday, 3 June 2027, 19:00 (Europe/Berlin)');
    const at = Date.parse('2027-06-03T17:00:00Z') / 1_000;
    const [embed] = shown.embeds;
    expect(embed).toMatchObject({ title: 'Noise in depth', description: 'From Perlin to curl.' });
    const field = (name: string) => embed?.fields?.find((one) => one.name === name)?.value;
    expect(field('Begins')).toBe(`<t:${at}:F> (<t:${at}:R>)`);
    expect(field('Ends')).toBe(`<t:${at + 90 * 60}:F> (<t:${at + 90 * 60}:R>)`);
    expect([field('Where'), field('Places'), field('Host')]).toEqual([
      `<#${lounge}>`,
      '12',
      `<@${organiser}>`,
    ]);
    expect(await eventOf(shown)).toBeUndefined();
    expect((await discord.control.getState()).events).toEqual([]);

    const twice = await Promise.all([
      pressed(discord, organiser, shown, 'event-confirm'),
      pressed(discord, organiser, shown, 'event-confirm'),
    ]);
    for (const { content, components } of twice) {
      expect(content).toMatch(
        /^\*\*Noise in depth\*\* is announced, <t:\d+:F> .*discord\.com\/events\/.* · <#\d+>$/,
      );
      expect(components).toEqual([]);
    }
    const event = await eventOf(shown);
    expect(event).toMatchObject({ state: 'open', createdBy: organiser, startsAt: at * 1_000, capacity: 12 });
    const { events } = await discord.control.getState();
    expect(events.map(({ event: { name, channel_id: channelId } }) => [name, channelId])).toEqual([
      ['Noise in depth', lounge],
    ]);
    expect(await announcements('Noise in depth')).toHaveLength(1);
    expect(await draftOf(shown)).toBeUndefined();
  });

  test('can be reworded before, with the time, and remembers the time zone', async () => {
    const shown = await preview(discord, organiser, usual({ 'time-zone': 'America/New_York' }));
    expect(shown.content).toContain('(America/New_York)');
    const reword = await pressButton(discord, organiser, shown, 'event-reword');
    expect(await formOf(discord, reword)).toEqual({ ...WORDS, [START_INPUT]: 'tomorrow 19:00' });
    const again = await sendForm(discord, organiser, reword, {
      [TITLE_INPUT]: ' Noise *for\nall* ',
      [START_INPUT]: '2027-06-03 7pm',
    });
    expect(again.id).toBe(shown.id);
    expect(again.embeds[0]?.title).toBe(String.raw`Noise \*for all\*`);
    expect(again.content).toContain('Thursday, 3 June 2027, 19:00 (America/New_York)');
    const another = await preview(discord, organiser, usual());
    expect(another.content).toContain('(America/New_York)');
    const berlin = await preview(discord, organiser, usual({ 'time-zone': 'Europe/Berlin' }));
    expect(berlin.content).toContain('(Europe/Berlin)');
  });

  test('can be discarded', async () => {
    const shown = await preview(discord, organiser, usual());
    const discarded = await pressed(discord, organiser, shown, 'event-discard');
    expect(discarded).toMatchObject({ content: 'Discarded. Nothing was made.', embeds: [], components: [] });
    expect(await draftOf(shown)).toBeUndefined();
  });

  test('opens a form that was refused again, with what was typed', async () => {
    const refused = await preview(discord, organiser, usual({ start: '2027-10-31 02:30' }));
    expect(refused.content).toMatch(
      /exists twice.*\n- `2027-10-31 02:30 UTC\+02:00`.*\n- `2027-10-31 02:30 UTC\+01:00`/,
    );
    const opened = await pressButton(discord, organiser, refused, 'event-reword');
    expect(await formOf(discord, opened)).toEqual({ ...WORDS, [START_INPUT]: '2027-10-31 02:30' });
    const shown = await sendForm(discord, organiser, opened, { [START_INPUT]: '2027-10-31 02:30 UTC+01:00' });
    const at = Date.parse('2027-10-31T01:30:00Z') / 1_000;
    expect(shown.embeds[0]?.fields?.[0]?.value).toContain(`<t:${at}:F>`);
  });

  test.each([
    [
      'a time that clocks skip',
      { start: '2027-03-28 02:30' },
      /does not exist.*\n- `2027-03-28 01:30 UTC\+01:00`/,
    ],
    ['a title of spaces', {}, /^The title needs something to read/, { [TITLE_INPUT]: '\u200b ' }],
    ['a time that nobody understands', {}, /I do not understand “soon”/, { [START_INPUT]: 'soon' }],
    ['a time in the past', {}, /“today 00:00” is in the past/, { [START_INPUT]: 'today 00:00' }],
  ] as [string, Options, RegExp, Record<string, string>?][])(
    'keeps the form of %s',
    async (_, options, said, words = {}) => {
      const refused = await preview(discord, organiser, usual(options), { ...WORDS, ...words });
      expect(refused.content).toMatch(said);
      const opened = await pressButton(discord, organiser, refused, 'event-reword');
      expect(await formOf(discord, opened)).toMatchObject(words);
      expect(await eventOf(refused)).toBeUndefined();
    },
  );

  test.each<[string, Options, RegExp]>([
    ['a kind that there is not', { kind: 'party' }, /no such kind of event.*Workshop, AMA/],
    ['no place', { link: '' }, /either a channel or a link/],
    ['a link to nowhere', { link: 'javascript:alert(1)' }, /http:\/\/ or https:\/\//],
    ['a link that is no address', { link: 'the pub' }, /http:\/\/ or https:\/\//],
    ['a length of nothing', { duration: '0m' }, /end before it starts/],
    ['a length below nothing', { duration: '-1h' }, /end before it starts/],
    ['a length that nobody understands', { duration: 'long' }, /how long it lasts/],
    ['a time that nobody understands', { start: 'soon' }, /I do not understand “soon”/],
    ['a day without a time', { start: 'tomorrow' }, /At what time of the day/],
    ['a day or a month', { start: '3/12/2027 19:00' }, /the day, and which the month/],
    ['a time zone that there is not', { 'time-zone': 'Mars/Olympus' }, /no time zone “Mars\/Olympus”/],
    ['a time in the past, where it is said', { start: '2020-01-01 9:00', 'time-zone': 'UTC' }, /in the past/],
  ])('refuses %s at once', async (_, options, said) => {
    const typed = usual(options);
    const filled = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
    expect(await refusalOf(discord, organiser, filled)).toMatch(said);
  });

  test('refuses two places, a channel for text, a host who is a bot, and what is no picture', async () => {
    expect(await refusalOf(discord, organiser, usual({ channel: lounge }))).toMatch(/one of the two/);
    const { members } = await discord.control.join({ names: ['Robot'], bot: true });
    const robot = members[0]?.member.user.id ?? '';
    expect(await refusalOf(discord, organiser, usual({ host: robot }))).toMatch(/A bot cannot be the host/);
    const picture = { filename: 'a.txt', contentType: 'text/plain', base64: 'YQ==' };
    expect(await refusalOf(discord, organiser, usual({ picture }))).toMatch(/must be a PNG/);
  });

  test('refuses a channel that whoever plans cannot see', async () => {
    const { id: channelId } = await discord.control.createChannel({
      name: 'Hidden',
      type: ChannelType.GuildVoice,
    });
    const nobody = { targetId: discord.guildId, type: 0, allow: '0' } as const;
    const deny = String(PermissionFlagsBits.ViewChannel);
    await discord.control.setPermissions({ ...nobody, channelId, deny });
    const hidden = { kind: 'ama', start: 'tomorrow 19:00', channel: channelId };
    await until(
      async () =>
        (await refusalOf(discord, organiser, hidden)) === 'You cannot see that channel. Choose another one.',
    );
  });

  test('refuses what Discord would not let through, had it not been told otherwise', async () => {
    await replaceCommand(discord, withoutLimits(EVENT_COMMAND));
    const general = await channelNamed('general');
    const inText = { kind: 'ama', start: 'tomorrow 19:00', channel: general };
    expect(await refusalOf(discord, organiser, inText)).toMatch(/^Events take place in voice and stage/);
    expect(await refusalOf(discord, organiser, usual({ capacity: 0 }))).toMatch(/at least 1/);
    const long = `https://meet.example/${'a'.repeat(100)}`;
    expect(await refusalOf(discord, organiser, usual({ link: long }))).toMatch(/at most 100 characters/);
    await scene.setUp();
  });

  test('refuses a host who has left', async () => {
    const { members } = await discord.control.join({ names: ['Gone'] });
    const gone = toMemberId(members[0]?.member.user.id ?? '');
    await discord.control.leave({ memberId: gone });
    expect(await refusalOf(discord, organiser, usual({ host: gone }))).toMatch(/member of this server/);
  });

  test('is for those alone who have one of the roles, or manage the guild', async () => {
    expect(await refusalOf(discord, member, usual())).toBe(
      'Events are planned by **Staff** and **Event Host**.',
    );
    const shown = await preview(discord, await memberNamed(discord, 'Noor Haddad'), usual());
    expect(buttonsOf(shown)).toHaveLength(3);
  });

  test('asks again for the role when it is confirmed', async () => {
    const shown = await preview(discord, organiser, usual());
    const { guild } = await discord.control.getState();
    const roleId = guild.roles.find(({ name }) => name === 'Event Host')?.id ?? '';
    await discord.control.takeRole({ memberId: organiser, roleId });
    const press = await pressButton(discord, organiser, shown, 'event-confirm');
    expect(await saidBeside(discord, press)).toMatch(/^Events are planned by/);
    await discord.control.giveRole({ memberId: organiser, roleId });
    expect(await eventOf(shown)).toBeUndefined();
  });

  test('says what Discord says against it, and leaves nothing of it', async () => {
    const route = '/guilds/:guildId/scheduled-events';
    const fault = { kind: 'error', status: 400, code: 30_038, message: 'Maximum number of events' } as const;
    await discord.control.setFaults({ rules: [{ match: { method: 'POST', route }, fault }] });
    const shown = await preview(discord, organiser, usual(), { ...WORDS, [TITLE_INPUT]: 'One too many' });
    const answer = await pressed(discord, organiser, shown, 'event-confirm');
    await discord.control.setFaults({ rules: [] });
    expect(answer.content).toMatch(
      /^\*\*One too many\*\* could not be made: Discord takes 100 events at a time.*Nothing is left of it/,
    );
    expect(await announcements('One too many')).toEqual([]);
    await until(async () => (await eventOf(shown))?.state === 'refused');
  });
});

describe('what is offered', () => {
  const offers = (focused: string, typed: string) =>
    offersFor(discord, organiser, {
      ...{ name: 'event', subcommand: 'create', focused },
      options: { [focused]: typed },
    });

  test('kinds', async () => {
    expect(await offers('kind', 'SHOW')).toEqual(['showcase']);
    expect(await offers('kind', '')).toHaveLength(scene.config.events.kinds.length);
  });

  test('time zones', async () => {
    expect(await offers('time-zone', 'new york')).toEqual(['America/New_York']);
    expect((await offers('time-zone', ''))[0]).toBe('Europe/Berlin');
  });
});

test('a form whose draft is gone gives back what was written', async () => {
  const interactionId = await runCommand(discord, organiser, {
    ...{ name: 'event', subcommand: 'create', options: usual() },
  });
  await formOf(discord, interactionId);
  const draft = { guildId: guildId(), draftId: toInteractionId(interactionId), memberId: organiser };
  await until(() => discardDraft(database(), draft));
  const answer = await sendForm(discord, organiser, interactionId, WORDS);
  expect(answer.content).toMatch(/use the command again.*\n\nNoise in depth\n\nFrom Perlin to curl\.$/s);
});
