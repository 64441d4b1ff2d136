import { REST } from '@discordjs/rest';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type APIButtonComponent,
  type APIMessage,
  ComponentType,
  GuildScheduledEventEntityType,
  MessageFlags,
} from 'discord-api-types/v10';
import { wantsDirectMessages } from '../../database/event-preferences.ts';
import { countRegistrations, findRegistration } from '../../database/event-registrations.ts';
import { type EventButton, eventButtonId } from '../../domain/event-buttons.ts';
import { type EventId, type EventRef, toEventId, toScheduledEventId } from '../../domain/events.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { EVENT_OVER } from '../../views/event-registrations.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { answeringMessage, press, sendButton } from '../support/button.ts';
import { addOpenEvent } from '../support/open-event.ts';
import { until } from '../support/wait.ts';

let scene: BotScene;
let others: MemberId[];

beforeAll(async () => {
  scene = await startBotScene({
    async beforeBot({ discord }) {
      const { members } = await discord.control.join({ count: 40 });
      others = members.map(({ member }) => toMemberId(member.user.id));
    },
  });
});
afterAll(() => scene.stop());

const em = () => scene.worker.database.em.fork();
const newEvent = (values: Parameters<typeof addOpenEvent>[2] = {}) =>
  addOpenEvent(em(), scene.worker.environment.DISCORD_GUILD_ID, values);

function nextMember(): MemberId {
  const member = others.pop();
  if (member === undefined) throw new Error('there are not enough members');
  return member;
}

/** Lets a member press a button of an event, in a message of the test's. Gives what they are answered. */
async function pressed(who: MemberId, button: EventButton, eventId: EventId): Promise<APIMessage> {
  return pressedId(who, eventButtonId(button, eventId));
}

async function pressedId(who: MemberId, customId: string): Promise<APIMessage> {
  const message = await sendButton(scene.discord, who, customId);
  return answeringMessage(scene.discord, await press(scene.discord, who, message));
}

function buttonsOf({ components = [] }: APIMessage): APIButtonComponent[] {
  return components
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .filter((component) => component.type === ComponentType.Button);
}

const stateOf = async (event: EventRef, member: MemberId) =>
  (await findRegistration(em(), event, member))?.state;

describe('the buttons of an event', () => {
  test('say where whoever presses stands, and offer to remind them', async () => {
    const event = await newEvent({ capacity: 1 });
    const [first, second] = [nextMember(), nextMember()];
    const going = await pressed(first, 'going', event.eventId);
    expect(going.content).toBe('✅ You are going.');
    expect(buttonsOf(going)).toMatchObject([{ custom_id: eventButtonId('remind', event.eventId) }]);
    const waiting = await pressed(second, 'going', event.eventId);
    expect(waiting.content).toContain('You are number 1 in line');
    expect((await pressed(first, 'maybe', event.eventId)).content).toContain('You may come');
    expect(await stateOf(event, second)).toBe('going');
    const out = await pressed(second, 'not-going', event.eventId);
    expect([out.content, buttonsOf(out)]).toEqual(['You are not going. It is noted.', []]);
    expect(await countRegistrations(em(), event)).toEqual({ going: 0, waiting: 0, maybe: 1 });
  });

  test('are answered to whoever pressed alone', async () => {
    const event = await newEvent();
    const { channels } = await scene.discord.control.getState();
    const channelId = channels.find(({ name }) => name === 'general')?.id ?? '';
    const message = await sendButtonIn(channelId, eventButtonId('going', event.eventId));
    const { flags } = await answeringMessage(
      scene.discord,
      await press(scene.discord, nextMember(), message),
    );
    expect((flags ?? 0) & MessageFlags.Ephemeral).toBe(MessageFlags.Ephemeral);
  });

  test('switch direct messages on and off', async () => {
    const event = await newEvent();
    const member = nextMember();
    const wants = () => wantsDirectMessages(em(), event.guildId, member);
    const on = await pressed(member, 'remind', event.eventId);
    expect([on.content, await wants()]).toEqual([expect.stringContaining('You get direct messages'), true]);
    const going = await pressed(member, 'going', event.eventId);
    const [stop] = buttonsOf(going);
    expect(stop).toMatchObject({ custom_id: eventButtonId('stop-reminders', event.eventId) });
    // As it stands below a direct message.
    const off = await pressedId(member, eventButtonId('stop-reminders', event.eventId, 'r1fggm0-0'));
    expect([off.content, await wants()]).toEqual([expect.stringContaining('no direct messages'), false]);
  });

  test('give a file for a calendar', async () => {
    const event = await newEvent({ title: 'Calendar, please' });
    const { attachments } = await pressed(nextMember(), 'calendar', event.eventId);
    expect(attachments).toMatchObject([{ filename: 'event.ics' }]);
    const file = await fetch(attachments[0]?.url ?? '').then((answer) => answer.text());
    expect(file).toContain(String.raw`SUMMARY:Calendar\, please`);
  });

  test.each(['going', 'maybe', 'not-going', 'calendar'] as const)(
    'say of an event that is over that it is: %s',
    async (button) => {
      const event = await newEvent({ state: 'cancelled' });
      expect((await pressed(nextMember(), button, event.eventId)).content).toBe(EVENT_OVER);
    },
  );

  test.each(['going', 'maybe', 'not-going', 'calendar', 'remind', 'stop-reminders'] as const)(
    'of an event that is not there are out of use, and change nothing: %s',
    async (button) => {
      const member = nextMember();
      const { content } = await pressed(member, button, toEventId('never-made'));
      expect(content).toBe(scene.config.answers.outdated);
      expect(
        await wantsDirectMessages(em(), scene.worker.environment.DISCORD_GUILD_ID, member),
      ).toBeUndefined();
    },
  );

  test.each(["event:going:x'; drop table events", 'event:going:', 'event:everything:test-event-1'])(
    'that are forged are out of use: %s',
    async (customId) => {
      expect((await pressedId(nextMember(), customId)).content).toBe(scene.config.answers.outdated);
    },
  );
});

describe("interest in Discord's own event", () => {
  test('counts as going until it is taken back, or something was pressed', async () => {
    const { control } = scene.discord;
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const { id: eventId } = await control.createEvent({
      ...{ memberId: scene.staff, name: 'Shown', entityType: GuildScheduledEventEntityType.External },
      ...{ location: 'https://meet.example', startsAt: inHours(1), endsAt: inHours(2) },
    });
    const event = await newEvent({ scheduledEventId: toScheduledEventId(eventId) });
    const [one, other] = [nextMember(), nextMember()];
    for (const memberId of [one, other]) {
      await control.markInterested({ memberId, eventId });
      await until(async () => (await stateOf(event, memberId)) === 'going');
    }
    await pressed(other, 'going', event.eventId);
    for (const memberId of [other, one]) await control.unmarkInterested({ memberId, eventId });
    await until(async () => (await stateOf(event, one)) === 'not going');
    expect(await stateOf(event, other)).toBe('going');
  });
});

/** Sends a message with a button of the test's choice to a channel, in the bot's name. */
async function sendButtonIn(channelId: string, customId: string): Promise<APIMessage> {
  const rest = new REST({ api: scene.discord.apiUrl }).setToken(scene.discord.token);
  const components = [{ type: 1, components: [{ type: 2, style: 1, custom_id: customId, label: 'x' }] }];
  return (await rest.post(`/channels/${channelId}/messages`, { body: { components } })) as APIMessage;
}
