/** Messages: what is refused, what is remembered, who is notified. */

import { describe, expect, test } from '@jest/globals';
import type { APIMessage } from 'discord-api-types/v10';
import { formWithFile } from './support/samples.ts';
import { useTestDiscord } from './support/use-test-discord.ts';

const discord = useTestDiscord();
const general = async () => `/channels/${(await discord().channel('general')).id}`;
const idOf = async (name: string) => (await discord().member(name)).member.user.id;

async function send<Body = APIMessage>(body: unknown, channel?: string) {
  return discord().request<Body>('POST', `${channel ?? (await general())}/messages`, { body });
}

const row = (...components: object[]) => ({ type: 1, components });
const button = (custom_id: string) => ({ type: 2, style: 1, label: 'Press', custom_id });
const embedWith = (fields: object) => ({ embeds: [fields] });

describe('A message is refused', () => {
  test.each([
    ['nothing in it', { content: '   ' }, 50006, undefined],
    ['2,001 characters', { content: 'x'.repeat(2001) }, 50035, ['content', 'BASE_TYPE_MAX_LENGTH']],
    [
      'a title of 257',
      embedWith({ title: 'x'.repeat(257) }),
      50035,
      ['embeds.0.title', 'BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'a description of 4,097',
      embedWith({ description: 'x'.repeat(4097) }),
      50035,
      ['embeds.0.description', 'BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'a field without a value',
      embedWith({ fields: [{ name: 'a' }] }),
      50035,
      ['embeds.0.fields.0.value', 'BASE_TYPE_REQUIRED'],
    ],
    [
      'a field value of 1,025',
      embedWith({ fields: [{ name: 'a', value: 'x'.repeat(1025) }] }),
      50035,
      ['embeds.0.fields.0.value', 'BASE_TYPE_BAD_LENGTH'],
    ],
    [
      '26 fields',
      embedWith({ fields: Array(26).fill({ name: 'a', value: 'b' }) }),
      50035,
      ['embeds.0.fields', 'BASE_TYPE_BAD_LENGTH'],
    ],
    ['11 embeds', { embeds: Array(11).fill({ title: 'a' }) }, 50035, ['embeds', 'BASE_TYPE_BAD_LENGTH']],
    [
      '6,001 characters in all embeds',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
      50035,
      ['embeds', 'MAX_EMBED_SIZE_EXCEEDED'],
    ],
    [
      'an address that is none',
      embedWith({ title: 'a', url: 'javascript:alert(1)' }),
      50035,
      ['embeds.0.url', 'URL_TYPE_INVALID_SCHEME'],
    ],
    [
      'six rows',
      { content: 'a', components: [1, 2, 3, 4, 5, 6].map((n) => row(button(`b${n}`))) },
      50035,
      ['components', 'BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'six buttons in a row',
      { content: 'a', components: [row(...[1, 2, 3, 4, 5, 6].map((n) => button(`b${n}`)))] },
      50035,
      ['components.0.components', 'BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'the same custom id twice',
      { content: 'a', components: [row(button('b'), button('b'))] },
      50035,
      ['components.0', 'COMPONENT_CUSTOM_ID_DUPLICATED'],
    ],
    [
      'a button without a custom id',
      { content: 'a', components: [row({ type: 2, style: 1, label: 'a' })] },
      50035,
      ['components.0.components.0.custom_id', 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED'],
    ],
    [
      'content beside components v2',
      { flags: 1 << 15, content: 'a', components: [{ type: 10, content: 'b' }] },
      50035,
      ['content', 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ],
    [
      'components v2 without the flag',
      { components: [{ type: 10, content: 'b' }] },
      50035,
      ['components.0.type', 'UNION_TYPE_CHOICES'],
    ],
    [
      '41 components v2',
      { flags: 1 << 15, components: Array(41).fill({ type: 14 }) },
      50035,
      ['components', 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED'],
    ],
    [
      'users parsed and listed',
      { content: 'a', allowed_mentions: { parse: ['users'], users: ['1'] } },
      50035,
      ['allowed_mentions', 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'],
    ],
    [
      'a reply to nothing',
      { content: 'a', message_reference: { message_id: '1' } },
      50035,
      ['message_reference', 'REPLIES_UNKNOWN_MESSAGE'],
    ],
    [
      'a nonce of 26 characters',
      { content: 'a', nonce: 'x'.repeat(26) },
      50035,
      ['nonce', 'BASE_TYPE_MAX_LENGTH'],
    ],
  ] as const)('with %s', async (_what, body, code, problem) => {
    const answer = await send<{ code: number; errors?: object }>(body);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    if (problem === undefined) return;
    const at = problem[0]
      .split('.')
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], answer.body.errors);
    expect(at).toMatchObject({ _errors: [expect.objectContaining({ code: problem[1] })] });
  });

  test('in a category, and in a channel that is not there', async () => {
    const category = await discord().channel('Community');
    expect((await send<{ code: number }>({ content: 'a' }, `/channels/${category.id}`)).body.code).toBe(
      50008,
    );
    expect((await send<{ code: number }>({ content: 'a' }, '/channels/1')).body.code).toBe(10003);
  });
});

describe('A nonce that is enforced', () => {
  test('gives the message that was sent already, in this channel alone', async () => {
    const body = { content: 'Once', nonce: 'n-1', enforce_nonce: true };
    const first = await send(body);
    const second = await send({ ...body, content: 'Twice' });
    expect(second.body).toMatchObject({ id: first.body.id, content: 'Once', nonce: 'n-1' });
    const elsewhere = await send(body, `/channels/${(await discord().channel('help')).id}`);
    expect(elsewhere.body.id).not.toBe(first.body.id);
    expect((await send({ ...body, enforce_nonce: false })).body.id).not.toBe(first.body.id);
  });

  test('is not shown in the history, and forgotten after its time', async () => {
    const body = { content: 'Once', nonce: 'n-2', enforce_nonce: true };
    const first = await send(body);
    const read = await discord().request<APIMessage>('GET', `${await general()}/messages/${first.body.id}`);
    expect(read.body).not.toHaveProperty('nonce');
    await discord().control.setLimits({ nonceMs: 0 });
    expect((await send(body)).body.id).not.toBe(first.body.id);
    await discord().control.setLimits({ nonceMs: 180_000 });
  });
});

describe('A mention notifies', () => {
  const pinged = async (body: object) => {
    const { body: message } = await send(body);
    const { id } = await discord().channel('general');
    const viewed = await discord().control.getMessage({ channelId: id, messageId: message.id });
    return { message, pinged: viewed.pinged };
  };

  test('the member and the role named, unless it is in code', async () => {
    const tom = await idOf('Tom Becker');
    const designers = await discord().role('Designer');
    const sofia = await idOf('Sofia Reyes');
    const { message, pinged: ids } = await pinged({ content: `<@${tom}> <@&${designers.id}>` });
    expect(message.mentions.map(({ id }) => id)).toEqual([tom]);
    expect(message.mention_roles).toEqual([designers.id]);
    expect(ids).toEqual(expect.arrayContaining([tom, sofia]));
    expect((await pinged({ content: `\`<@${tom}>\` \`\`\`@everyone\`\`\`` })).pinged).toEqual([]);
  });

  test('only whom allowed_mentions allows', async () => {
    const [tom, yuki] = [await idOf('Tom Becker'), await idOf('Yuki Tanaka')];
    const content = `<@${tom}> <@${yuki}> @everyone`;
    expect((await pinged({ content, allowed_mentions: { parse: [] } })).pinged).toEqual([]);
    const { message, pinged: ids } = await pinged({ content, allowed_mentions: { users: [tom] } });
    expect([ids, message.mention_everyone]).toEqual([[tom], false]);
    expect((await pinged({ content, allowed_mentions: { parse: ['everyone'] } })).pinged.length).toBe(12);
  });

  test('nobody by @everyone in the mouth of a member without the permission', async () => {
    const memberId = await idOf('Tom Becker');
    const { id: channelId } = await discord().channel('general');
    const { message, pinged: ids } = await discord().control.write({
      memberId,
      channelId,
      content: '@everyone hi',
    });
    expect([message.mention_everyone, ids]).toEqual([false, []]);
  });

  test('nobody in a channel that they cannot see', async () => {
    const { id: channelId } = await discord().channel('staff');
    const tom = await idOf('Tom Becker');
    const { body } = await send({ content: `<@${tom}>` }, `/channels/${channelId}`);
    expect((await discord().control.getMessage({ channelId, messageId: body.id })).pinged).toEqual([]);
  });
});

describe('Direct messages', () => {
  const openDm = async (recipient: string) =>
    (
      await discord().request<{ id: string }>('POST', '/users/@me/channels', {
        body: { recipient_id: recipient },
      })
    ).body;

  test('to closed ones are refused when sent, not when opened', async () => {
    const dm = await openDm(await idOf('Priya Nair'));
    const answer = await send<{ code: number }>({ content: 'hi' }, `/channels/${dm.id}`);
    expect([answer.status, answer.body.code]).toEqual([403, 50007]);
  });

  test('can be closed and opened again', async () => {
    const memberId = await idOf('Tom Becker');
    const dm = await openDm(memberId);
    await discord().control.setDirectMessages({ memberId, open: false });
    expect((await send({ content: 'hi' }, `/channels/${dm.id}`)).status).toBe(403);
    await discord().control.setDirectMessages({ memberId, open: true });
    expect((await send({ content: 'hi' }, `/channels/${dm.id}`)).status).toBe(200);
    const { messages } = await discord().control.getDirectMessages({ memberId });
    expect(messages.at(-1)?.message.content).toBe('hi');
  });

  test('to somebody who has left, or to nobody, are refused', async () => {
    const { members } = await discord().control.join({ names: ['Gone'] });
    const memberId = members[0]?.member.user.id ?? '';
    const dm = await openDm(memberId);
    await discord().control.leave({ memberId });
    expect((await send<{ code: number }>({ content: 'hi' }, `/channels/${dm.id}`)).body.code).toBe(50278);
    const nobody = await discord().request('POST', '/users/@me/channels', { body: { recipient_id: '1' } });
    expect(nobody.body.code).toBe(50033);
  });
});

describe('Changing and deleting', () => {
  test("of another's message and of Discord's own is refused", async () => {
    const memberId = await idOf('Tom Becker');
    const { id: channelId } = await discord().channel('general');
    const { message } = await discord().control.write({ memberId, channelId, content: 'Mine' });
    const path = `${await general()}/messages/${message.id}`;
    expect((await discord().request('PATCH', path, { body: { content: 'Yours' } })).body.code).toBe(50005);
    await discord().request('PUT', `${await general()}/pins/${message.id}`);
    const { body: history } = await discord().request<APIMessage[]>(
      'GET',
      `${await general()}/messages?limit=1`,
    );
    expect(history[0]?.type).toBe(6);
    const notice = `${await general()}/messages/${history[0]?.id}`;
    expect((await discord().request('PATCH', notice, { body: { content: 'x' } })).body.code).toBe(50021);
  });

  test('leaves what is not named, and empties what is null', async () => {
    const { body: sent } = await send({ content: 'Text', embeds: [{ title: 'Title' }] });
    const path = `${await general()}/messages/${sent.id}`;
    const { body: edited } = await discord().request<APIMessage>('PATCH', path, { body: { content: null } });
    expect([edited.content, edited.embeds.length, edited.edited_timestamp === null]).toEqual(['', 1, false]);
    const emptied = await discord().request('PATCH', path, { body: { embeds: [] } });
    expect(emptied.body.code).toBe(50006);
  });

  test('many at once takes 2 to 100, none older than two weeks', async () => {
    const path = `${await general()}/messages/bulk-delete`;
    const { body: sent } = await send({ content: 'One' });
    const one = await discord().request('POST', path, { body: { messages: [sent.id] } });
    expect(one.body.code).toBe(50016);
    const old = await discord().request('POST', path, {
      body: { messages: [sent.id, '1180000000000000000'] },
    });
    expect(old.body.code).toBe(50034);
  });
});

describe('History', () => {
  test('comes newest first, before, after and around', async () => {
    const { id } = await discord().channel('learning');
    const ids: string[] = [];
    for (const content of ['1', '2', '3', '4', '5'])
      ids.push((await send({ content }, `/channels/${id}`)).body.id);
    const read = async (query: string) =>
      (await discord().request<APIMessage[]>('GET', `/channels/${id}/messages?${query}`)).body.map(
        ({ content }) => content,
      );
    expect(await read('limit=2')).toEqual(['5', '4']);
    expect(await read(`before=${ids[2]}`)).toEqual(['2', '1']);
    expect(await read(`after=${ids[2]}`)).toEqual(['5', '4']);
    expect(await read(`after=0&limit=2`)).toEqual(['2', '1']);
    expect(await read(`around=${ids[2]}&limit=3`)).toEqual(['4', '3', '2']);
    expect((await discord().request('GET', `/channels/${id}/messages?limit=101`)).body.code).toBe(50035);
  });
});

describe('Files', () => {
  test('are kept, described and served so that no browser runs them', async () => {
    const form = formWithFile({ embeds: [{ image: { url: 'attachment://note.txt' } }] });
    const { body } = await send(form);
    const [file] = body.attachments;
    expect(file).toMatchObject({ filename: 'note.txt', size: 6, content_type: 'text/plain' });
    expect(body.embeds[0]?.image?.url).toBe(file?.url);
    const served = await fetch(file?.url ?? '');
    expect(await served.text()).toBe('A note');
    expect(served.headers.get('content-disposition')).toBe('attachment');
    expect(served.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('Slow mode', () => {
  test('holds back members, but neither bots nor staff', async () => {
    const { id: channelId } = await discord().channel('resources');
    await discord().request('PATCH', `/channels/${channelId}`, { body: { rate_limit_per_user: 60 } });
    const [tom, mara] = [await idOf('Tom Becker'), await idOf('Mara Staff')];
    const write = (memberId: string) => discord().control.write({ memberId, channelId, content: 'again' });
    await write(tom);
    await expect(write(tom)).rejects.toThrow('slowmode');
    await write(mara);
    await write(mara);
    expect((await send({ content: 'a' }, `/channels/${channelId}`)).status).toBe(200);
    expect((await send({ content: 'b' }, `/channels/${channelId}`)).status).toBe(200);
  });
});
