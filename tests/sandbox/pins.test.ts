/** Pinned messages: who may pin, how many, what is told of it, and in which order they are listed. */

import { describe, expect, test } from '@jest/globals';
import {
  type APIMessage,
  GatewayIntentBits as Intents,
  MessageType,
  PermissionFlagsBits,
  Routes,
} from 'discord-api-types/v10';
import { until } from '../support/wait.ts';
import { connectGateway } from './support/gateway-client.ts';
import { useTestDiscord } from './support/use-test-discord.ts';

const discord = useTestDiscord();

interface PinsPage {
  readonly items: readonly { readonly pinned_at: string; readonly message: APIMessage }[];
  readonly has_more: boolean;
}

async function idOf(channel: string): Promise<string> {
  return (await discord().channel(channel)).id;
}

async function write(channel: string, content: string): Promise<APIMessage> {
  const path = Routes.channelMessages(await idOf(channel));
  return (await discord().request<APIMessage>('POST', path, { body: { content } })).body;
}

function pin(message: APIMessage) {
  return discord().request('PUT', Routes.channelMessagesPin(message.channel_id, message.id));
}

function unpin(message: APIMessage) {
  return discord().request('DELETE', Routes.channelMessagesPin(message.channel_id, message.id));
}

async function pinsOf(channel: string, query = ''): Promise<PinsPage> {
  const path = Routes.channelMessagesPins(await idOf(channel));
  return (await discord().request<PinsPage>('GET', `${path}${query}`)).body;
}

async function readAgain({ channel_id, id }: APIMessage): Promise<APIMessage> {
  return (await discord().request<APIMessage>('GET', Routes.channelMessage(channel_id, id))).body;
}

/** The bot's permissions in a channel, without one of them. */
async function without(channel: string, permission: bigint, work: () => Promise<void>): Promise<void> {
  const { id: targetId } = await discord().role('TiXL');
  const place = { channelId: await idOf(channel), targetId };
  await discord().control.setPermissions({ ...place, type: 0, allow: '0', deny: permission.toString() });
  await work();
  await discord().control.clearPermissions(place);
}

describe('Pinning', () => {
  test('marks the message, and is told in the channel and by the gateway', async () => {
    const client = await connectGateway(discord(), Intents.Guilds | Intents.GuildMessages);
    const message = await write('general', 'Worth keeping');
    expect((await pin(message)).status).toBe(204);
    expect((await readAgain(message)).pinned).toBe(true);
    const { d: updated } = await client.event('MESSAGE_UPDATE');
    expect([updated.id, updated.pinned]).toEqual([message.id, true]);
    const { d: told } = await client.event('CHANNEL_PINS_UPDATE');
    const [first] = (await pinsOf('general')).items;
    expect([told.channel_id, told.last_pin_timestamp]).toEqual([message.channel_id, first?.pinned_at]);
    const history = `${Routes.channelMessages(message.channel_id)}?limit=1`;
    const [notice] = (await discord().request<APIMessage[]>('GET', history)).body;
    expect(notice?.type).toBe(MessageType.ChannelPinnedMessage);
    expect(notice?.message_reference?.message_id).toBe(message.id);
    await client.close(1000);
  });

  test('twice, and unpinning what is not pinned, does nothing more', async () => {
    const message = await write('help', 'Once');
    await pin(message);
    expect((await pin(message)).status).toBe(204);
    expect((await pinsOf('help')).items.map(({ message: { id } }) => id)).toEqual([message.id]);
    await unpin(message);
    expect((await unpin(message)).status).toBe(204);
    expect((await readAgain(message)).pinned).toBe(false);
    expect((await pinsOf('help')).items).toEqual([]);
    const { messages } = await discord().control.getMessages({ channelId: message.channel_id });
    const notices = messages.filter(({ message: { type } }) => type === MessageType.ChannelPinnedMessage);
    expect(notices).toHaveLength(1);
  });

  test('takes the permission for it: to manage messages is not enough', async () => {
    const message = await write('off-topic', 'Not by you');
    await without('off-topic', PermissionFlagsBits.PinMessages, async () => {
      expect((await pin(message)).body.code).toBe(50013);
      expect((await unpin(message)).body.code).toBe(50013);
    });
    await without('off-topic', PermissionFlagsBits.ManageMessages, async () => {
      expect((await pin(message)).status).toBe(204);
    });
  });

  test('is refused for what is not there, and for what Discord itself wrote', async () => {
    const message = await write('showcase', 'Look');
    expect((await pin({ ...message, id: '1' })).body.code).toBe(10008);
    expect((await pin({ ...message, channel_id: '1' })).body.code).toBe(10003);
    await pin(message);
    const history = `${Routes.channelMessages(message.channel_id)}?limit=1`;
    const [notice] = (await discord().request<APIMessage[]>('GET', history)).body;
    expect(notice === undefined ? undefined : (await pin(notice)).body.code).toBe(50021);
  });

  test('ends at 250 in a channel', async () => {
    const oldest = await write('resources', 'The oldest');
    await pin(oldest);
    for (let count = 1; count < 250; count += 1) {
      expect((await pin(await write('resources', `Note ${count}`))).status).toBe(204);
    }
    const tooMany = await write('resources', 'One too many');
    expect((await pin(tooMany)).body.code).toBe(30003);
    await unpin(oldest);
    expect((await pin(tooMany)).status).toBe(204);
  });
});

describe('The list of pins', () => {
  test('has the latest pin first, a page at a time', async () => {
    const messages: APIMessage[] = [];
    for (const content of ['a', 'b', 'c']) messages.push(await write('learning', content));
    // The order in which they are pinned counts, not that in which they were written.
    for (const message of messages.toReversed()) {
      await pin(message);
      const latest = (await pinsOf('learning')).items[0]?.pinned_at ?? '';
      // Pins are told apart by their milliseconds.
      await until(() => Date.now() > Date.parse(latest));
    }
    const first = await pinsOf('learning', '?limit=2');
    expect(first.items.map(({ message: { content } }) => content)).toEqual(['a', 'b']);
    expect(first.has_more).toBe(true);
    const before = encodeURIComponent(first.items[1]?.pinned_at ?? '');
    const second = await pinsOf('learning', `?limit=2&before=${before}`);
    expect(second.items.map(({ message: { content } }) => content)).toEqual(['c']);
    expect(second.has_more).toBe(false);
  });

  test('is empty for who may not read the history', async () => {
    const message = await write('general', 'Hidden');
    await pin(message);
    await without('general', PermissionFlagsBits.ReadMessageHistory, async () => {
      expect((await pinsOf('general')).items).toEqual([]);
    });
  });
});
