import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, ComponentType, Events } from 'discord.js';
import type { APILabelComponent, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { Environment } from '../../config/environment.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { checkIn, settleAttendance } from '../../database/event-attendance.ts';
import { eventButtonId } from '../../domain/event-buttons.ts';
import type { FeedbackTexts } from '../../domain/event-feedback.ts';
import { type CommunityEvent, toEventId } from '../../domain/events.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { ModalValue } from '../../sandbox/control/calls.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { feedbackForm } from '../../views/event-feedback.ts';
import { type RunningBot, startBot, startBotDiscord } from '../support/bot.ts';
import { answerTo, press, sendButton } from '../support/button.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { addEvent, changeEventRow, STARTS_AT } from '../support/event-rows.ts';

const PATIENCE_MS = 20_000;
const RATED = { overall: ['5'], content: ['4'], engagement: ['3'] };

let discord: LocalDiscord;
let environment: Environment;
let config: CommunityConfig;
let database: TestDatabase;
let bot: RunningBot;
let member: MemberId;

beforeAll(async () => {
  database = await freshDatabase();
  config = await loadConfigWith('{}');
  ({ discord, environment } = await startBotDiscord({ DATABASE_URL: database.url }));
  const { members } = await discord.control.join();
  member = toMemberId(members[0]?.member.user.id ?? '');
  bot = await startBot(environment, config);
});
afterAll(async () => {
  await bot.stop();
  await database.close();
  await discord.stop();
});

const em = () => database.orm.em.fork();

/** An event that is over, whose feedback is open, at which these members were. */
async function held(...members: readonly MemberId[]): Promise<CommunityEvent> {
  const event = await addEvent(em(), environment.DISCORD_GUILD_ID, {
    ...{ state: 'live', place: { kind: 'link', link: 'https://tixl.app/live' } },
  });
  for (const memberId of members) await checkIn(em(), event, memberId, STARTS_AT);
  await changeEventRow(em(), event, { state: 'over' });
  const rule = { beganAt: STARTS_AT, endedAt: STARTS_AT + 1, attendedPercent: 50 };
  await settleAttendance(em(), event, { ...rule, feedbackUntil: Date.now() + 3_600_000 });
  return event;
}

async function pressFeedback(eventId: CommunityEvent['eventId']): Promise<string> {
  const message = await sendButton(discord, member, eventButtonId('feedback', eventId, 'thanks'));
  return press(discord, member, message);
}

/** The form that a press has opened. */
async function formOf(interactionId: string): Promise<APIModalInteractionResponseCallbackData> {
  const { outcome } = await discord.control.getInteraction({ interactionId, wait: PATIENCE_MS });
  if (outcome.state !== 'modal') throw new Error(`the interaction was ${outcome.state}`);
  return outcome.modal as APIModalInteractionResponseCallbackData;
}

/** Fills in the form and sends it. Gives what the member is told. */
async function send(interactionId: string, values: Record<string, ModalValue>): Promise<string> {
  await formOf(interactionId);
  const sent = await discord.control.submitModal({ memberId: member, interactionId, values });
  return answerTo(discord, sent.interactionId);
}

const said = (text: keyof FeedbackTexts, { title }: CommunityEvent) =>
  config.events.feedback.answers[text].replace('{title}', title).replace(/\{until\}.*/, '');

async function stored({ eventId }: CommunityEvent): Promise<object[]> {
  return em().execute(
    'select member_id, overall, content, engagement, improvements, topics from event_feedback where event_id = ?',
    [eventId],
  );
}

describe('the form about an event', () => {
  test('takes ratings and words, and can be changed: it opens with what was said before', async () => {
    const event = await held(member);
    const words = { improvements: ' Louder @everyone ', topics: '' };
    expect(await send(await pressFeedback(event.eventId), { ...RATED, ...words })).toContain(
      said('noted', event),
    );
    const before = { overall: 5, content: 4, engagement: 3, improvements: 'Louder @everyone', topics: null };
    expect(await stored(event)).toEqual([{ member_id: member, ...before }]);

    const again = await pressFeedback(event.eventId);
    const { improvements, topics, ...ratings } = before;
    expect(await formOf(again)).toEqual(
      expect.objectContaining({
        title: 'Your feedback',
        custom_id: feedbackForm(event.eventId, config.events.feedback, undefined).custom_id,
      }),
    );
    expect(defaultsIn(await formOf(again))).toEqual(
      defaultsIn(feedbackForm(event.eventId, config.events.feedback, { ratings, improvements, topics })),
    );
    const changed = { overall: ['1'], content: ['1'], engagement: ['1'], topics: 'Shaders' };
    expect(await send(again, { ...changed, improvements: '' })).toContain(said('changed', event));
    expect(await stored(event)).toMatchObject([{ overall: 1, improvements: null, topics: 'Shaders' }]);
  });

  test.each<[string, keyof FeedbackTexts, () => Promise<CommunityEvent>]>([
    ['who was not there', 'notThere', () => held()],
    [
      'when feedback is closed',
      'closed',
      async () => {
        const event = await held(member);
        await em().execute('update events set feedback_until = null where id = ?', [event.eventId]);
        return event;
      },
    ],
    ['before the end', 'notYet', () => addEvent(em(), environment.DISCORD_GUILD_ID, { state: 'live' })],
  ])('does not open for nothing: %s', async (_, text, event) => {
    const found = await event();
    expect(await answerTo(discord, await pressFeedback(found.eventId))).toBe(said(text, found));
    expect(await stored(found)).toEqual([]);
  });

  test('that was opened in time and sent too late is refused', async () => {
    const event = await held(member);
    const interactionId = await pressFeedback(event.eventId);
    await formOf(interactionId);
    await em().execute('update events set feedback_until = null where id = ?', [event.eventId]);
    expect(await send(interactionId, { ...RATED, improvements: 'x', topics: '' })).toBe(
      said('closed', event),
    );
    expect(await stored(event)).toEqual([]);
  });

  test('about an event that is not there is out of use', async () => {
    expect(await answerTo(discord, await pressFeedback(toEventId('nowhere')))).toBe(config.answers.outdated);
  });
});

describe('a form that is forged', () => {
  test.each<[string, (form: APIModalInteractionResponseCallbackData) => APILabelComponent[]]>([
    ['with a rating that there is not', (form) => inputsOf(form).map(withOption('6'))],
    ['with a rating of words', (form) => inputsOf(form).map(withOption('very good'))],
    ['without a rating', (form) => inputsOf(form).slice(1)],
    ['with text in place of a rating', (form) => inputsOf(form).map(asText)],
  ])('is refused: %s', async (_, forge) => {
    const event = await held(member);
    const form = feedbackForm(event.eventId, config.events.feedback, undefined);
    const forged = { ...form, components: forge(form) };
    await bot.stop();
    const interactionId = await openForged(event, forged);
    bot = await startBot(environment, config);
    expect(await send(interactionId, valuesOf(forged))).toBe(config.events.feedback.answers.notRated);
    expect(await stored(event)).toEqual([]);
  });
});

/** Opens a form in the bot's name while that is away. Gives the id of the press. */
async function openForged(
  event: CommunityEvent,
  form: APIModalInteractionResponseCallbackData,
): Promise<string> {
  const forger = new Client({ intents: [], rest: { api: environment.DISCORD_API_URL } });
  forger.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isButton()) void interaction.showModal(form);
  });
  const ready = new Promise((resolve) => forger.once(Events.ClientReady, resolve));
  await forger.login(environment.DISCORD_BOT_TOKEN);
  await ready;
  const interactionId = await pressFeedback(event.eventId);
  await formOf(interactionId);
  await forger.destroy();
  return interactionId;
}

function inputsOf({ components }: APIModalInteractionResponseCallbackData): APILabelComponent[] {
  return components.flatMap((one) => (one.type === ComponentType.Label ? [one] : []));
}

function withOption(value: string): (input: APILabelComponent) => APILabelComponent {
  return (input) => {
    const { component } = input;
    if (component.type !== ComponentType.StringSelect) return input;
    return { ...input, component: { ...component, options: [{ label: value, value }] } };
  };
}

function asText(input: APILabelComponent): APILabelComponent {
  const { custom_id } = input.component;
  if (input.component.type !== ComponentType.StringSelect) return input;
  return { ...input, component: { type: ComponentType.TextInput, custom_id, style: 1 } };
}

/** Something for every input: the last option of a menu. */
function valuesOf(form: APIModalInteractionResponseCallbackData): Record<string, ModalValue> {
  const values = inputsOf(form).map(({ component }): [string, ModalValue] =>
    component.type === ComponentType.StringSelect
      ? [component.custom_id, [component.options.at(-1)?.value ?? '']]
      : [component.custom_id, '5'],
  );
  return Object.fromEntries(values);
}

/** What stands in each input when the form opens. */
function defaultsIn(form: APIModalInteractionResponseCallbackData): unknown[] {
  return inputsOf(form).map(({ component }) => {
    if (component.type === ComponentType.StringSelect)
      return component.options.filter((option) => option.default === true).map(({ value }) => value);
    return component.type === ComponentType.TextInput ? (component.value ?? '') : undefined;
  });
}
