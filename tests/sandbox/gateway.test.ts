/** What the gateway tells, to whom, and how a bot loses and finds its session. */

import { describe, expect, test } from '@jest/globals';
import { GatewayOpcodes, GatewayIntentBits as Intents } from 'discord-api-types/v10';
import { connectGateway, everyIntent, GatewayClient } from './support/gateway-client.ts';
import { startTestDiscord } from './support/local-discord.ts';
import { useTestDiscord } from './support/use-test-discord.ts';

describe('Identifying', () => {
  const discord = useTestDiscord();

  test('gives READY with where to resume, then the guild with all channels', async () => {
    const client = await connectGateway(discord());
    const { d: ready } = await client.event('READY');
    expect(ready.resume_gateway_url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/gateway$/);
    expect(ready.guilds).toEqual([{ id: discord().guildId, unavailable: true }]);
    const { d: guild } = await client.event('GUILD_CREATE');
    expect(guild.channels.length).toBe((await discord().state()).channels.length);
    expect(guild.member_count).toBe(13);
    await client.close(1000);
  });

  test('without the presence intent tells of the bot alone among the members', async () => {
    const client = await connectGateway(discord(), Intents.Guilds | Intents.GuildMembers);
    const { d: guild } = await client.event('GUILD_CREATE');
    expect(guild.members.map((member: { user: { id: string } }) => member.user.id)).toEqual([
      discord().applicationId,
    ]);
    await client.close(1000);
  });

  test.each([
    ['a wrong token', 'wrong', everyIntent, {}, 4004],
    ['an intent that does not exist', null, 1 << 30, {}, 4013],
    ['a shard beyond their number', null, 1, { shard: [2, 2] }, 4010],
  ])('with %s is closed', async (_what, token, intents, more, code) => {
    const client = new GatewayClient(discord());
    await client.identify(token ?? discord().token, intents, more);
    expect(await client.closeCode()).toBe(code);
  });

  test.each([
    [
      'commands before identifying',
      (client: GatewayClient) => client.send(GatewayOpcodes.RequestGuildMembers, {}),
      4003,
    ],
    ['what is no JSON', (client: GatewayClient) => client.sendText('{'), 4002],
    [
      'more than 4,096 bytes',
      (client: GatewayClient) => client.sendText(`{"op":1,"d":"${'x'.repeat(5000)}"}`),
      4002,
    ],
  ])('%s: closed', async (_what, act, code) => {
    const client = new GatewayClient(discord());
    await client.op(GatewayOpcodes.Hello);
    act(client);
    expect(await client.closeCode()).toBe(code);
  });

  test('twice on one connection is closed with 4005', async () => {
    const client = await connectGateway(discord());
    await client.identify(discord().token, 1);
    expect(await client.closeCode()).toBe(4005);
  });
});

describe('Intents', () => {
  const discord = useTestDiscord();

  test('bring only what was asked for', async () => {
    const client = await connectGateway(discord(), Intents.Guilds | Intents.GuildMessageReactions);
    const { members } = await discord().control.join({ names: ['Quiet'] });
    const memberId = members[0]?.member.user.id ?? '';
    const { id: channelId } = await discord().channel('general');
    const { message } = await discord().control.write({ memberId, channelId, content: 'Nobody hears this' });
    await discord().control.react({ memberId, channelId, messageId: message.id, emoji: '🎉' });
    await client.event('MESSAGE_REACTION_ADD');
    expect(client.events('GUILD_MEMBER_ADD')).toEqual([]);
    expect(client.events('MESSAGE_CREATE')).toEqual([]);
    await client.close(1000);
  });

  test('without message content, texts are empty except of mentions, direct messages and its own', async () => {
    const client = await connectGateway(
      discord(),
      Intents.Guilds | Intents.GuildMessages | Intents.DirectMessages,
    );
    const { member } = await discord().member('Tom Becker');
    const memberId = member.user.id;
    const { id: channelId } = await discord().channel('general');
    const dm = await discord().control.openDirectMessage({ memberId });
    await discord().control.write({ memberId, channelId, content: 'secret' });
    await discord().control.write({ memberId, channelId, content: `hey <@${discord().applicationId}>` });
    await discord().control.write({ memberId, channelId: dm.channel.id, content: 'hello' });
    await discord().request('POST', `/channels/${channelId}/messages`, { body: { content: 'my own' } });
    await client.settle();
    const texts = client.events('MESSAGE_CREATE').map(({ d }) => d.content);
    expect(texts).toEqual(['', `hey <@${discord().applicationId}>`, 'hello', 'my own']);
    await client.close(1000);
  });

  test('tell nothing of channels that the bot cannot see', async () => {
    const { id: channelId } = await discord().channel('off-topic');
    const bots = (await discord().role('TiXL')).id;
    await discord().control.setPermissions({ channelId, targetId: bots, type: 0, allow: '0', deny: '1024' });
    const client = await connectGateway(discord());
    const { member } = await discord().member('Tom Becker');
    await discord().control.write({ memberId: member.user.id, channelId, content: 'unseen' });
    await client.settle();
    expect(client.events('MESSAGE_CREATE')).toEqual([]);
    expect((await discord().request('GET', `/channels/${channelId}`)).body.code).toBe(50001);
    await client.close(1000);
  });

  test('that the application is not allowed close with 4014', async () => {
    const modest = await startTestDiscord({ allowedPrivilegedIntents: Intents.GuildMembers });
    const client = new GatewayClient(modest);
    await client.identify(modest.token, Intents.Guilds | Intents.MessageContent);
    expect(await client.closeCode()).toBe(4014);
    await modest.stop();
  });
});

describe('Resuming', () => {
  const discord = useTestDiscord({ limits: { resumeEvents: 50 } });

  async function lostSession() {
    const client = await connectGateway(discord());
    const { d } = await client.event('READY');
    const seq = client.sequence;
    await client.cut();
    return { sessionId: d.session_id as string, seq };
  }

  test('tells everything missed, in order, and nothing twice', async () => {
    const { sessionId, seq } = await lostSession();
    await discord().control.join({ names: ['Missed one', 'Missed two'] });
    const again = new GatewayClient(discord());
    await again.resume(discord().token, sessionId, seq);
    await again.event('RESUMED');
    const names = again.events('GUILD_MEMBER_ADD').map(({ d }) => d.user.global_name);
    expect(names).toEqual(['Missed one', 'Missed two']);
    expect(again.received.filter(({ s }) => s !== null).map(({ s }) => s)).toEqual([
      seq + 1,
      seq + 2,
      seq + 3,
    ]);
    await again.close(1000);
  });

  test.each([
    ['the session was invalidated', () => discord().control.actOnGateway({ action: 'invalidate' })],
    ['more was missed than is kept', () => discord().control.join({ count: 60 })],
  ])('is refused when %s', async (_why, happen) => {
    const { sessionId, seq } = await lostSession();
    await happen();
    const again = new GatewayClient(discord());
    await again.resume(discord().token, sessionId, seq);
    const { d } = await again.op(GatewayOpcodes.InvalidSession);
    expect(d).toBe(false);
    await again.close(1000);
  });

  test('is refused after a proper goodbye, and to a sequence that never was', async () => {
    const client = await connectGateway(discord());
    const { d } = await client.event('READY');
    await client.close(1000);
    const gone = new GatewayClient(discord());
    await gone.resume(discord().token, d.session_id, 1);
    expect((await gone.op(GatewayOpcodes.InvalidSession)).d).toBe(false);
    const { sessionId, seq } = await lostSession();
    const ahead = new GatewayClient(discord());
    await ahead.resume(discord().token, sessionId, seq + 100);
    expect(await ahead.closeCode()).toBe(4007);
    await gone.close(1000);
  });

  test('is offered when the control API disconnects or asks to reconnect', async () => {
    const client = await connectGateway(discord());
    await discord().control.actOnGateway({ action: 'reconnect' });
    await client.op(GatewayOpcodes.Reconnect);
    await discord().control.actOnGateway({ action: 'disconnect', code: 4000 });
    expect(await client.closeCode()).toBe(4000);
    const { sessions } = await discord().control.getSessions();
    expect(sessions.some(({ connected }) => connected)).toBe(false);
  });
});

describe('Requests for members', () => {
  const discord = useTestDiscord();

  test('come in chunks of 1,000 with the nonce', async () => {
    await discord().control.fill({ members: 2500 });
    const client = await connectGateway(discord());
    client.send(GatewayOpcodes.RequestGuildMembers, {
      guild_id: discord().guildId,
      query: '',
      limit: 0,
      nonce: 'all',
    });
    await client.next(
      ({ t, d }) => t === 'GUILD_MEMBERS_CHUNK' && d.chunk_index === d.chunk_count - 1,
      'last chunk',
    );
    const chunks = client.events('GUILD_MEMBERS_CHUNK').map(({ d }) => d);
    expect(chunks.map(({ members }) => members.length)).toEqual([1000, 1000, 513]);
    expect(new Set(chunks.map(({ nonce }) => nonce))).toEqual(new Set(['all']));
    await client.close(1000);
  });

  test('by name or by id find those, and say who is not there', async () => {
    const client = await connectGateway(discord(), Intents.Guilds);
    const ask = { guild_id: discord().guildId };
    client.send(GatewayOpcodes.RequestGuildMembers, { ...ask, query: 'mara', limit: 5, nonce: 'name' });
    client.send(GatewayOpcodes.RequestGuildMembers, {
      ...ask,
      user_ids: [discord().applicationId, '1'],
      nonce: 'ids',
    });
    const byName = await client.next(({ d }) => d?.nonce === 'name');
    expect(byName.d.members[0].user.global_name).toBe('Mara Staff');
    const byId = await client.next(({ d }) => d?.nonce === 'ids');
    expect(byId.d.not_found).toEqual(['1']);
    await client.close(1000);
  });

  test('for everyone need the intent', async () => {
    const client = await connectGateway(discord(), Intents.Guilds);
    client.send(GatewayOpcodes.RequestGuildMembers, { guild_id: discord().guildId, query: '', limit: 0 });
    expect(await client.closeCode()).toBe(4014);
  });
});

describe('Limits of the gateway', () => {
  test('one IDENTIFY in the period: the second is told op 9', async () => {
    const discord = await startTestDiscord();
    const first = await connectGateway(discord);
    const second = new GatewayClient(discord);
    await second.identify(discord.token, everyIntent);
    expect((await second.op(GatewayOpcodes.InvalidSession)).d).toBe(false);
    const { body } = await discord.request<{
      session_start_limit: { remaining: number; max_concurrency: number };
    }>('GET', '/gateway/bot');
    expect(body.session_start_limit).toMatchObject({ remaining: 999, max_concurrency: 1 });
    await Promise.all([first.close(1000), second.close(1000)]);
    await discord.stop();
  });

  test('120 sends in a minute, then 4008', async () => {
    const discord = await startTestDiscord();
    const client = await connectGateway(discord);
    for (let count = 0; count < 120; count++) client.send(GatewayOpcodes.Heartbeat, null);
    expect(await client.closeCode()).toBe(4008);
    await discord.stop();
  });

  test('all members once in the period, then an event RATE_LIMITED', async () => {
    const discord = await startTestDiscord();
    const client = await connectGateway(discord);
    for (const nonce of ['first', 'second'])
      client.send(GatewayOpcodes.RequestGuildMembers, {
        guild_id: discord.guildId,
        query: '',
        limit: 0,
        nonce,
      });
    const { d } = await client.event('RATE_LIMITED');
    expect(d).toMatchObject({ opcode: 8, meta: { nonce: 'second' } });
    expect(d.retry_after).toBeGreaterThan(20);
    await client.close(1000);
    await discord.stop();
  });

  test('a bot that does not beat is closed', async () => {
    const discord = await startTestDiscord({ limits: { heartbeatMs: 100 } });
    const client = await connectGateway(discord);
    expect(await client.closeCode()).toBe(4009);
    await discord.stop();
  });
});
