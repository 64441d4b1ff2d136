/** Who may do what: permissions, the order of roles, and things that are not there. */

import { describe, expect, test } from '@jest/globals';
import { useTestDiscord } from './support/use-test-discord.ts';

const discord = useTestDiscord();
const idOf = async (name: string) => (await discord().member(name)).member.user.id;
const guild = () => `/guilds/${discord().guildId}`;

async function codeOf(method: string, path: string, body?: unknown): Promise<number | undefined> {
  return (await discord().request(method, path, body === undefined ? {} : { body })).body?.code;
}

describe('The order of roles', () => {
  test('lets the bot give roles below its own, and none above or managed', async () => {
    const tom = await idOf('Tom Becker');
    const path = async (role: string) => `${guild()}/members/${tom}/roles/${(await discord().role(role)).id}`;
    expect(await codeOf('PUT', await path('Newcomer'))).toBeUndefined();
    expect(await codeOf('PUT', await path('Admin'))).toBe(50013);
    expect(await codeOf('PUT', await path('TiXL'))).toBe(50013);
  });

  test('protects members who stand higher from kicks, bans, nicknames and timeouts', async () => {
    const owner = await idOf('Noor Haddad');
    const until = new Date(Date.now() + 60_000).toISOString();
    expect(await codeOf('DELETE', `${guild()}/members/${owner}`)).toBe(50013);
    expect(await codeOf('PUT', `${guild()}/bans/${owner}`, {})).toBe(50013);
    expect(await codeOf('PATCH', `${guild()}/members/${owner}`, { nick: 'x' })).toBe(50013);
    expect(
      await codeOf('PATCH', `${guild()}/members/${owner}`, { communication_disabled_until: until }),
    ).toBe(50013);
  });

  test('binds staff who act through the control API as well', async () => {
    const [moderator, staff] = [await idOf('Ivo Petrov'), await idOf('Mara Staff')];
    await expect(discord().control.kick({ memberId: staff, by: moderator })).rejects.toMatchObject({
      error: 'not-allowed',
    });
  });

  test('lets nobody give permissions that they do not have', async () => {
    expect(await codeOf('POST', `${guild()}/roles`, { name: 'All', permissions: '8' })).toBe(50013);
  });
});

describe('A timeout', () => {
  test('takes writing away, and lasts 28 days at most', async () => {
    const memberId = await idOf('Jonas Lind');
    const { id: channelId } = await discord().channel('general');
    const path = `${guild()}/members/${memberId}`;
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    expect(await codeOf('PATCH', path, { communication_disabled_until: inDays(29) })).toBe(50035);
    expect(await codeOf('PATCH', path, { communication_disabled_until: inDays(1) })).toBeUndefined();
    const write = () => discord().control.write({ memberId, channelId, content: 'hello' });
    await expect(write()).rejects.toMatchObject({ error: 'not-allowed' });
    await codeOf('PATCH', path, { communication_disabled_until: null });
    expect((await write()).message.content).toBe('hello');
  });
});

describe('Channels', () => {
  test('that a member cannot see are not listed for them, and cannot be written in', async () => {
    const [memberId, staffId] = [await idOf('Tom Becker'), await idOf('Mara Staff')];
    const { id: channelId } = await discord().channel('staff');
    const seen = async (id: string) =>
      (await discord().control.getMemberChannels({ memberId: id })).channels.map(
        (channel) => channel.channelId,
      );
    expect(await seen(memberId)).not.toContain(channelId);
    expect(await seen(staffId)).toContain(channelId);
    await expect(discord().control.write({ memberId, channelId, content: 'hi' })).rejects.toThrow(
      'does not see',
    );
  });

  test('can be readable without being writable', async () => {
    const memberId = await idOf('Tom Becker');
    const { id: channelId } = await discord().channel('leaderboard');
    const { channels } = await discord().control.getMemberChannels({ memberId });
    expect(channels.find((channel) => channel.channelId === channelId)?.canWrite).toBe(false);
    await expect(discord().control.write({ memberId, channelId, content: 'hi' })).rejects.toThrow('50013');
  });

  test('without the permission to manage them cannot be changed', async () => {
    const { id: channelId } = await discord().channel('showcase');
    const { id: targetId } = await discord().role('TiXL');
    const manageChannels = (1n << 4n).toString();
    await discord().control.setPermissions({
      channelId,
      targetId,
      type: 0,
      allow: '0',
      deny: manageChannels,
    });
    expect(await codeOf('PATCH', `/channels/${channelId}`, { topic: 'x' })).toBe(50013);
    await discord().control.clearPermissions({ channelId, targetId });
    expect(await codeOf('PATCH', `/channels/${channelId}`, { topic: 'x' })).toBeUndefined();
  });
});

describe('What is not there', () => {
  test.each([
    ['a channel', 'GET', '/channels/1', 10003],
    ['a guild', 'GET', '/guilds/1', 10004],
    ['a user', 'GET', '/users/1', 10013],
    ['an invite', 'GET', '/invites/nothing', 10006],
    ['a webhook', 'POST', '/webhooks/1/token', 10015],
    ['an interaction', 'POST', '/interactions/1/token/callback', 10062],
    ['an application', 'GET', '/applications/1/commands', 10002],
  ])('%s is unknown', async (_what, method, path, code) => {
    const answer = await discord().request(method, path, method === 'GET' ? {} : { body: { type: 4 } });
    expect([answer.status, answer.body.code]).toEqual([404, code]);
  });

  test('in the guild: member, role, ban, command, event, message, emoji', async () => {
    const tom = await idOf('Tom Becker');
    const general = `/channels/${(await discord().channel('general')).id}`;
    const { body } = await discord().request<{ id: string }>('POST', `${general}/messages`, {
      body: { content: 'a' },
    });
    const { members } = await discord().control.join({ names: ['Away'] });
    const away = members[0]?.member.user.id ?? '';
    await discord().control.leave({ memberId: away });
    expect(await codeOf('GET', `${guild()}/members/${away}`)).toBe(10007);
    expect(await codeOf('GET', `${guild()}/members/1`)).toBe(10013);
    expect(await codeOf('PUT', `${guild()}/members/${tom}/roles/1`)).toBe(10011);
    expect(await codeOf('DELETE', `${guild()}/bans/${tom}`)).toBe(10026);
    expect(await codeOf('GET', `/applications/${discord().applicationId}/commands/1`)).toBe(10063);
    expect(await codeOf('GET', `${guild()}/scheduled-events/1`)).toBe(10070);
    expect(await codeOf('GET', `${general}/messages/1`)).toBe(10008);
    expect(await codeOf('PUT', `${general}/messages/${body.id}/reactions/nonsense/@me`)).toBe(10014);
  });

  test('as a path, a method or an id has its own answer', async () => {
    expect((await discord().request('GET', '/nothing')).status).toBe(404);
    expect((await discord().request('DELETE', '/users/@me')).status).toBe(405);
    const answer = await discord().request('GET', '/channels/abc');
    expect(answer.body.errors).toEqual({
      channel_id: { _errors: [{ code: 'NUMBER_TYPE_COERCE', message: 'Value "abc" is not snowflake.' }] },
    });
  });

  test('as a token is unauthorized', async () => {
    for (const token of [null, 'wrong'])
      expect((await discord().request('GET', '/users/@me', { token })).status).toBe(401);
  });
});

describe('Whoever does something in the administration', () => {
  test('stands in the audit log with the reason', async () => {
    const tom = await idOf('Tom Becker');
    await discord().request('PATCH', `${guild()}/members/${tom}`, {
      body: { nick: 'Tommy' },
      headers: { 'x-audit-log-reason': encodeURIComponent('he asked for it 🎉') },
    });
    const { body } = await discord().request<{ audit_log_entries: object[] }>(
      'GET',
      `${guild()}/audit-logs?limit=1`,
    );
    expect(body.audit_log_entries[0]).toMatchObject({
      action_type: 24,
      target_id: tom,
      user_id: discord().applicationId,
      reason: 'he asked for it 🎉',
      changes: [{ key: 'nick', new_value: 'Tommy' }],
    });
  });
});

describe('Only this machine, and pages of this server, are answered', () => {
  test.each([
    ['another name that leads here', { host: 'evil.example' }],
    ['a page from elsewhere', { origin: 'http://evil.example' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
  ])('not %s', async (_who, headers) => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${discord().url}/control/state`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});
