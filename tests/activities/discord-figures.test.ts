import type { REST } from '@discordjs/rest';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type APIMessage, PermissionFlagsBits, type Permissions, Routes } from 'discord-api-types/v10';
import { readDiscordFigures } from '../../activities/discord/figures.ts';
import { type FiguresOutcome, NO_FIGURES } from '../../domain/engagement.ts';
import { createDiscordRest } from '../../runtime/discord-rest.ts';
import type { FaultKind } from '../../sandbox/control/api.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { publisherTools } from '../support/publish-order.ts';
import { figuresById, readOrder } from '../support/read-order.ts';

const LIST = { method: 'GET', route: '/channels/:channelId/messages' } as const;

let discord: LocalDiscord;
let rest: REST;
let memberIds: string[];
beforeEach(async () => {
  discord = await startTestDiscord();
  await discord.control.setLimits({ enforced: false });
  rest = createDiscordRest({ DISCORD_API_URL: discord.apiUrl, DISCORD_BOT_TOKEN: discord.token });
  const { members } = await discord.control.join({ count: 3 });
  memberIds = members.map(({ member }) => member.user.id);
});
afterEach(() => discord.stop());

async function channelNamed(name: string): Promise<string> {
  const { channels } = await discord.control.getState();
  const id = channels.find((channel) => channel.name === name)?.id;
  if (id === undefined) throw new Error(`there is no #${name}`);
  return id;
}

/** Lets the bot write a post. */
async function post(channel: string): Promise<APIMessage> {
  const body = { content: 'TiXL 4.1' };
  return (await rest.post(Routes.channelMessages(await channelNamed(channel)), { body })) as APIMessage;
}

const idOf = ({ channel_id: channelId, id }: APIMessage) => `${channelId}/${id}`;

/** Lets a member write in the channel of a message, as a reply to it or not. */
async function write(
  { channel_id: channelId, id }: APIMessage,
  { isReply = false, content = 'Nice', by = 0 } = {},
): Promise<void> {
  const memberId = memberIds[by] ?? '';
  await discord.control.write({ memberId, channelId, content, ...(isReply && { replyTo: id }) });
}

/** What was read of each post, by its id there. */
const figuresRead = (outcome: FiguresOutcome) => Object.fromEntries(figuresById(outcome));

async function read(posts: readonly APIMessage[]): Promise<FiguresOutcome> {
  const orders = posts.map((one) => readOrder('discord', { id: idOf(one), at: Date.now() }));
  return readDiscordFigures(rest, orders, publisherTools());
}

/** Takes a permission from the bot in a channel. */
async function take(channelId: string, permission: bigint): Promise<void> {
  const { guild } = await discord.control.getState();
  const targetId = guild.roles.find(({ name }) => name === 'TiXL')?.id ?? '';
  const deny: Permissions = permission.toString();
  await discord.control.setPermissions({ channelId, targetId, type: 0, allow: '0', deny });
}

async function failOnce(fault: FaultKind): Promise<void> {
  await discord.control.setFaults({ rules: [{ match: LIST, times: 1, fault }] });
}

describe('the figures of posts', () => {
  test('are reactions of all kinds but the bot’s own, replies, and what was said in the thread', async () => {
    const message = await post('general');
    const place = { channelId: message.channel_id, messageId: message.id };
    for (const [index, emoji] of ['🎉', '🎉', '❤️'].entries())
      await discord.control.react({ ...place, memberId: memberIds[index] ?? '', emoji });
    await rest.put(
      Routes.channelMessageOwnReaction(place.channelId, place.messageId, encodeURIComponent('🎉')),
    );
    await write(message, { isReply: true });
    await write(message, { isReply: true, by: 1 });
    await write(message);
    const memberId = memberIds[2] ?? '';
    const { thread } = await discord.control.openThread({ ...place, memberId, name: 'About 4.1' });
    for (const content of ['First', 'Second', 'Third'])
      await discord.control.write({ memberId, channelId: thread.id, content });
    expect(figuresRead(await read([message]))).toEqual({
      [idOf(message)]: { ...NO_FIGURES, likes: 3, comments: 5 },
    });
  });

  test('with which nobody has done anything are 0', async () => {
    const message = await post('general');
    expect(figuresRead(await read([message]))).toEqual({
      [idOf(message)]: { ...NO_FIGURES, likes: 0, comments: 0 },
    });
  });

  test('do not count the bot’s own replies, nor that the post was pinned', async () => {
    const message = await post('general');
    const body = { content: 'More', message_reference: { message_id: message.id } };
    await rest.post(Routes.channelMessages(message.channel_id), { body });
    await rest.put(Routes.channelMessagesPin(message.channel_id, message.id));
    expect(figuresRead(await read([message]))).toMatchObject({ [idOf(message)]: { comments: 0 } });
  });

  test('of a channel are read together, each post with its own', async () => {
    const [first, second, elsewhere] = [await post('general'), await post('general'), await post('help')];
    await write(first, { isReply: true });
    const outcome = await read([elsewhere, second, first]);
    expect(figuresRead(outcome)).toMatchObject({
      [idOf(first)]: { comments: 1 },
      [idOf(second)]: { comments: 0 },
      [idOf(elsewhere)]: { comments: 0 },
    });
    expect(outcome).toMatchObject({ requests: 2 });
  });

  test('go on page after page, and no further than a thousand messages after a post', async () => {
    const first = await post('general');
    await write(first, { isReply: true });
    for (let number = 0; number < 150; number += 1) await write(first);
    await write(first, { isReply: true });
    const near = await read([first]);
    expect(figuresRead(near)).toMatchObject({ [idOf(first)]: { comments: 2 } });
    expect(near).toMatchObject({ requests: 2 });
    for (let number = 0; number < 1_100; number += 1) await write(first);
    await write(first, { isReply: true });
    const second = await post('general');
    await write(second, { isReply: true });
    const far = await read([second, first]);
    expect(figuresRead(far)).toMatchObject({
      ...{ [idOf(first)]: { comments: 2 }, [idOf(second)]: { comments: 1 } },
    });
    // Eleven pages from the first post on, and one from the second.
    expect(far).toMatchObject({ requests: 12 });
  });

  test('of one that was deleted say so, and the others are whole', async () => {
    const [deleted, kept] = [await post('general'), await post('general')];
    await write(kept, { isReply: true });
    await rest.delete(Routes.channelMessage(deleted.channel_id, deleted.id));
    expect(figuresRead(await read([deleted, kept]))).toEqual({
      [idOf(deleted)]: 'gone',
      [idOf(kept)]: { ...NO_FIGURES, likes: 0, comments: 1 },
    });
  });

  test('of a channel that was deleted say so', async () => {
    const [lost, kept] = [await post('off-topic'), await post('general')];
    await discord.control.deleteChannel({ channelId: lost.channel_id });
    expect(figuresRead(await read([lost, kept]))).toMatchObject({
      ...{ [idOf(lost)]: 'gone', [idOf(kept)]: { likes: 0 } },
    });
  });
});

describe('what stands in the way', () => {
  test.each([
    ['the channel', PermissionFlagsBits.ViewChannel],
    ['its history', PermissionFlagsBits.ReadMessageHistory],
  ])('is that the bot may not see %s: nothing counts as deleted', async (_, permission) => {
    const [hidden, seen] = [await post('off-topic'), await post('general')];
    await take(hidden.channel_id, permission);
    expect(await read([hidden])).toMatchObject({ kind: 'not allowed', reason: expect.any(String) });
    expect(Object.keys(figuresRead(await read([hidden, seen])))).toEqual([idOf(seen)]);
  });

  test('is a limit, for as long as Discord says', async () => {
    const message = await post('general');
    const { buckets } = await discord.control.getLimits();
    const narrow = Object.keys(buckets).map((name) => [name, { limit: 1, perMs: 60_000 }]);
    await discord.control.setLimits({ enforced: true, buckets: Object.fromEntries(narrow) });
    await read([message]);
    const outcome = await read([message]);
    expect(outcome).toMatchObject({ kind: 'rate-limited', until: expect.any(Number) });
    expect(outcome.kind === 'rate-limited' && outcome.until > Date.now()).toBe(true);
  });

  test.each<{ fault: FaultKind }>([
    { fault: { kind: 'error', status: 502 } },
    { fault: { kind: 'drop-before' } },
  ])('passes after $fault.kind', async ({ fault }) => {
    const message = await post('general');
    await failOnce(fault);
    expect(await read([message])).toMatchObject({ kind: 'unavailable' });
    expect(figuresRead(await read([message]))).toHaveProperty([idOf(message)]);
  });
});
