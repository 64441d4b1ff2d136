/** Interactions: who may start them, how they may be answered, and for how long. */

import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { APIMessage } from 'discord-api-types/v10';
import { connectGateway, type GatewayClient } from './support/gateway-client.ts';
import { startTestDiscord } from './support/local-discord.ts';
import { modal } from './support/samples.ts';
import { answerWith, type Setting, setting } from './support/setting.ts';
import { useTestDiscord } from './support/use-test-discord.ts';

const discord = useTestDiscord();
const idOf = async (name: string) => (await discord().member(name)).member.user.id;

const answer = (interactionId: string, body: object) => answerWith(discord(), interactionId, body);

function webhookPath(interactionId: string, rest = ''): string {
  return `/webhooks/${discord().applicationId}/${discord().interactionToken(interactionId)}${rest}`;
}

let place: Setting;
beforeEach(async () => {
  place = await setting(discord());
});
const press = async () => (await discord().control.press({ ...place, customId: 'go' })).interactionId;

describe('The bot is told of a press', () => {
  let gateway: GatewayClient;
  beforeAll(async () => {
    gateway = await connectGateway(discord(), 0);
  });

  test('whatever its intents, with member, message and permissions', async () => {
    const interactionId = await press();
    const { d } = await gateway.next((payload) => payload.d?.id === interactionId, 'interaction');
    expect(d).toMatchObject({
      type: 3,
      guild_id: discord().guildId,
      channel_id: place.channelId,
      data: { custom_id: 'go', component_type: 2 },
      member: { user: { id: place.memberId } },
      message: { id: place.messageId },
      token: discord().interactionToken(interactionId),
    });
    expect(BigInt(d.member.permissions)).toBeGreaterThan(0n);
  });
});

describe('The first answer', () => {
  test('comes once: 40060 after that', async () => {
    const interactionId = await press();
    expect((await answer(interactionId, { type: 6 })).status).toBe(204);
    expect((await answer(interactionId, { type: 6 })).body.code).toBe(40060);
  });

  test('comes in time: 10062 after that, and the member sees the failure', async () => {
    const hasty = await startTestDiscord({ limitMode: 'off', limits: { firstAnswerMs: 30 } });
    const here = await setting(hasty);
    const { interactionId } = await hasty.control.press({ ...here, customId: 'go' });
    const { outcome } = await hasty.control.getInteraction({ interactionId, wait: 5000 });
    expect(outcome).toEqual({ state: 'failed', reason: 'bot-offline' });
    expect((await answerWith(hasty, interactionId, { type: 6 })).body.code).toBe(10062);
    await hasty.stop();
  });

  test.each([
    ['suggestions for a button', { type: 8, data: { choices: [] } }],
    ['a type that does not exist', { type: 99 }],
    [
      'a modal of six inputs',
      { type: 9, data: { ...modal, components: Array(6).fill(modal.components[0]) } },
    ],
    ['a modal of none', { type: 9, data: { ...modal, components: [] } }],
    ['a message that is too long', { type: 4, data: { content: 'x'.repeat(2001) } }],
  ])('is refused when it is %s, and may be given again', async (_what, body) => {
    const interactionId = await press();
    expect((await answer(interactionId, body)).body.code).toBe(50035);
    expect((await answer(interactionId, { type: 6 })).status).toBe(204);
  });

  test('names the problem below `data`', async () => {
    const { body } = await answer(await press(), { type: 4, data: { content: 'x'.repeat(2001) } });
    expect(body.errors).toMatchObject({ data: { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } } });
  });

  test('can change the message that the button is on', async () => {
    const interactionId = await press();
    await answer(interactionId, { type: 7, data: { content: 'Pressed', components: [] } });
    const { outcome } = await discord().control.getInteraction({ interactionId });
    expect(outcome).toMatchObject({
      state: 'updated',
      message: { message: { id: place.messageId, content: 'Pressed' } },
    });
  });
});

describe('An ephemeral answer', () => {
  test("is seen by the one who pressed, and by nobody else, not even in the bot's history", async () => {
    const interactionId = await press();
    await answer(interactionId, { type: 4, data: { content: 'Between us', flags: 64 } });
    const texts = async (as: string) =>
      (await discord().control.getMessages({ channelId: place.channelId, as })).messages.map(
        ({ message }) => message.content,
      );
    expect(await texts(place.memberId)).toContain('Between us');
    expect(await texts(await idOf('Mara Staff'))).not.toContain('Between us');
    const { body } = await discord().request<APIMessage[]>('GET', `/channels/${place.channelId}/messages`);
    expect(body.map(({ content }) => content)).not.toContain('Between us');
    const { outcome } = await discord().control.getInteraction({ interactionId });
    const id = outcome.state === 'answered' ? outcome.message.message.id : '';
    const path = `/channels/${place.channelId}/messages/${id}`;
    expect((await discord().request('PATCH', path, { body: { content: 'x' } })).body.code).toBe(10008);
  });
});

describe('Thinking', () => {
  test('shows a loading message, which the edit of the original replaces', async () => {
    const interactionId = await press();
    await answer(interactionId, { type: 5, data: { flags: 64 } });
    const thinking = await discord().control.getInteraction({ interactionId, wait: 1000 });
    expect(thinking.outcome).toEqual({ state: 'deferred', update: false, ephemeral: true });
    const waiting = discord().control.getInteraction({ interactionId, wait: 5000, until: 'final' });
    await discord().request('PATCH', webhookPath(interactionId, '/messages/@original'), {
      body: { content: 'Done' },
    });
    const { outcome } = await waiting;
    expect(outcome).toMatchObject({
      state: 'answered',
      message: { visibleTo: place.memberId, message: { content: 'Done', flags: 64, edited_timestamp: null } },
    });
  });

  test('is also ended by the first follow-up, which becomes the original', async () => {
    const interactionId = await press();
    await answer(interactionId, { type: 5 });
    const followUp = await discord().request<APIMessage>('POST', webhookPath(interactionId), {
      body: { content: 'A' },
    });
    const original = await discord().request<APIMessage>(
      'GET',
      webhookPath(interactionId, '/messages/@original'),
    );
    expect(original.body.id).toBe(followUp.body.id);
    await discord().request('POST', webhookPath(interactionId), { body: { content: 'B' } });
    const { followUps } = await discord().control.getInteraction({ interactionId });
    expect(followUps.map(({ message }) => message.content)).toEqual(['B']);
  });
});

describe('The token', () => {
  test('takes no follow-up before the first answer', async () => {
    const interactionId = await press();
    const { body } = await discord().request('POST', webhookPath(interactionId), {
      body: { content: 'Early' },
    });
    expect(body.code).toBe(10015);
  });

  test('is valid for its time: 50027 after that', async () => {
    const interactionId = await press();
    await answer(interactionId, { type: 6 });
    await discord().control.setLimits({ interactionTokenMs: 0 });
    const { status, body } = await discord().request('POST', webhookPath(interactionId), {
      body: { content: 'Late' },
    });
    expect([status, body.code]).toEqual([401, 50027]);
    await discord().control.setLimits({ interactionTokenMs: 900_000 });
  });

  test('reaches no message but its own', async () => {
    const interactionId = await press();
    await answer(interactionId, { type: 4, data: { content: 'Mine' } });
    const other = await setting(discord());
    const path = webhookPath(interactionId, `/messages/${other.messageId}`);
    expect((await discord().request('GET', path)).body.code).toBe(10008);
  });
});

describe("What a member may press and choose is what Discord's client offers", () => {
  test.each([
    ['a button that is disabled', () => discord().control.press({ ...place, customId: 'off' }), 'disabled'],
    [
      'a button that is not there',
      () => discord().control.press({ ...place, customId: 'nothing' }),
      'no component',
    ],
    ['a select as a button', () => discord().control.press({ ...place, customId: 'pick' }), 'no button'],
    [
      'a value that is not offered',
      () => discord().control.choose({ ...place, customId: 'pick', values: ['z'] }),
      'does not offer',
    ],
    [
      'three of at most two',
      () => discord().control.choose({ ...place, customId: 'pick', values: ['a', 'b', 'c'] }),
      'takes 1 to 2',
    ],
    [
      'a user who does not exist',
      () => discord().control.choose({ ...place, customId: 'who', values: ['1'] }),
      'no user 1',
    ],
  ])('not %s', async (_what, act, message) => {
    await expect(act()).rejects.toThrow(message);
  });

  test('a user select hands over the user and the member', async () => {
    const gateway = await connectGateway(discord(), 0);
    const chosen = await idOf('Yuki Tanaka');
    const { interactionId } = await discord().control.choose({ ...place, customId: 'who', values: [chosen] });
    const { d } = await gateway.next((payload) => payload.d?.id === interactionId);
    expect(d.data.resolved.users[chosen].username).toBe('yuki_tanaka');
    expect(d.data.resolved.members[chosen]).toHaveProperty('permissions');
    await gateway.close(1000);
  });
});

describe('A modal', () => {
  const open = async () => {
    const interactionId = await press();
    await answer(interactionId, { type: 9, data: modal });
    return interactionId;
  };

  test('is open until it is sent, and comes back with what was filled in', async () => {
    const gateway = await connectGateway(discord(), 0);
    const interactionId = await open();
    const { outcome, modalOpen } = await discord().control.getInteraction({ interactionId });
    expect([outcome.state, modalOpen]).toEqual(['modal', true]);
    const values = { name: 'Ann', kind: ['bug'] };
    const submitted = await discord().control.submitModal({
      memberId: place.memberId,
      interactionId,
      values,
    });
    const { d } = await gateway.next((payload) => payload.d?.id === submitted.interactionId);
    expect(d).toMatchObject({ type: 5, message: { id: place.messageId }, data: { custom_id: 'modal' } });
    expect(d.data.components.map((label: { component: object }) => label.component)).toMatchObject([
      { custom_id: 'name', value: 'Ann' },
      { custom_id: 'kind', values: ['bug'] },
    ]);
    const again = discord().control.submitModal({ memberId: place.memberId, interactionId, values });
    await expect(again).rejects.toMatchObject({ error: 'conflict' });
    await gateway.close(1000);
  });

  test.each([
    ['too long a text', { name: 'x'.repeat(51), kind: ['bug'] }],
    ['no text where one is needed', { kind: ['bug'] }],
    ['a value that is not offered', { name: 'Ann', kind: ['nonsense'] }],
    ['an input that it does not have', { name: 'Ann', kind: ['bug'], more: 'x' }],
  ])('is not sent with %s', async (_what, values) => {
    const interactionId = await open();
    const submit = discord().control.submitModal({ memberId: place.memberId, interactionId, values });
    await expect(submit).rejects.toMatchObject({ error: 'invalid' });
  });

  test('is closed by whoever does something else', async () => {
    const interactionId = await open();
    await press();
    expect((await discord().control.getInteraction({ interactionId })).modalOpen).toBe(false);
  });
});
