/** Rate limits as Discord has them: buckets by channel and guild, the whole bot's limit, the ban. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { REST } from 'discord.js';
import { type Answer, type ErrorBody, startTestDiscord, type TestDiscord } from './support/local-discord.ts';

let discord: TestDiscord;
beforeEach(async () => {
  discord = await startTestDiscord();
});
afterEach(() => discord.stop());

async function times<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < count; index++) results.push(await work(index));
  return results;
}

const statuses = (answers: Answer<unknown>[]) => answers.map(({ status }) => status);

async function sendTo(channel: string): Promise<Answer<ErrorBody>> {
  const { id } = await discord.channel(channel);
  return discord.request('POST', `/channels/${id}/messages`, { body: { content: 'hi' } });
}

describe('A bucket', () => {
  test('takes five messages in five seconds in a channel, and says so in its headers', async () => {
    const answers = await times(6, () => sendTo('general'));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 429]);
    const [first] = answers;
    const refused = answers.at(-1);
    expect(first?.headers.get('x-ratelimit-limit')).toBe('5');
    expect(first?.headers.get('x-ratelimit-remaining')).toBe('4');
    expect(Number(first?.headers.get('x-ratelimit-reset-after'))).toBeLessThanOrEqual(5);
    expect(first?.headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{32}$/);
    expect(refused?.headers.get('x-ratelimit-scope')).toBe('user');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.body).toMatchObject({ message: 'You are being rate limited.', global: false });
    expect(refused?.body.retry_after).toBeLessThanOrEqual(5);
  });

  test('counts for each channel by itself', async () => {
    await times(5, () => sendTo('general'));
    expect((await sendTo('help')).status).toBe(200);
  });

  test('of role changes is shared by giving and taking, over all members of the guild', async () => {
    const { id: role } = await discord.role('Newcomer');
    const { members } = await discord.control.join({ count: 11 });
    const answers = await times(11, (index) => {
      const method = index % 2 === 0 ? 'PUT' : 'DELETE';
      const memberId = members[index]?.member.user.id;
      return discord.request(method, `/guilds/${discord.guildId}/members/${memberId}/roles/${role}`);
    });
    expect(statuses(answers)).toEqual([...Array(10).fill(204), 429]);
  });

  test('refuses without doing anything', async () => {
    await times(6, () => sendTo('general'));
    const { messages } = await discord.control.getMessages({
      channelId: (await discord.channel('general')).id,
    });
    expect(messages.length).toBe(5);
  });

  test('can be made wider, or switched off with all others', async () => {
    await discord.control.setLimits({ buckets: { 'send-message': { limit: 7, perMs: 60_000 } } });
    expect(statuses(await times(8, () => sendTo('general'))).filter((status) => status === 429).length).toBe(
      1,
    );
    await discord.control.setLimits({ enforced: false });
    const [answer] = await times(8, () => sendTo('general'));
    expect([answer?.status, answer?.headers.get('x-ratelimit-limit')]).toEqual([200, null]);
  });

  test('is kept by discord.js without a single refusal', async () => {
    await discord.control.setLimits({ buckets: { 'send-message': { limit: 5, perMs: 300 } } });
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const { id } = await discord.channel('general');
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        rest.post(`/channels/${id}/messages`, { body: { content: `${n}` } }),
      ),
    );
    const { counts } = await discord.control.countRequests();
    expect(counts.filter(({ method }) => method === 'POST')).toEqual([
      { method: 'POST', route: '/channels/:channelId/messages', status: 200, count: 12 },
    ]);
  });
});

describe('The limit of the whole bot', () => {
  test('is fifty requests in a second, over all routes', async () => {
    await discord.control.setLimits({ global: { limit: 50, perMs: 60_000 } });
    const channels = (await discord.state()).channels.slice(0, 30).map(({ id }) => `/channels/${id}`);
    const answers = await times(51, (index) => discord.request('GET', channels[index % 30] ?? ''));
    expect(statuses(answers).filter((status) => status === 429).length).toBe(1);
    const refused = answers.at(-1);
    expect(refused?.headers.get('x-ratelimit-global')).toBe('true');
    expect(refused?.headers.get('x-ratelimit-scope')).toBe('global');
    expect(refused?.body.global).toBe(true);
  });

  test('does not hold up answers to interactions', async () => {
    await discord.control.setLimits({ global: { limit: 0, perMs: 60_000 } });
    expect((await discord.request('GET', '/users/@me')).status).toBe(429);
    const callback = await discord.request('POST', '/interactions/1/x/callback', { body: { type: 6 } });
    expect(callback.body.code).toBe(10062);
  });
});

describe('Invalid requests', () => {
  test('ban the address when there are too many: even good requests are refused then', async () => {
    await discord.control.setLimits({ invalidRequests: { limit: 3, perMs: 60_000 } });
    await times(3, () => discord.request('GET', '/users/@me', { token: 'wrong' }));
    expect((await discord.request('GET', '/users/@me')).status).toBe(429);
  });

  test('are those of 401, 403 and 429, not what is not found', async () => {
    await discord.control.setLimits({ invalidRequests: { limit: 3, perMs: 60_000 } });
    await times(5, () => discord.request('GET', '/users/1'));
    expect((await discord.request('GET', '/users/@me')).status).toBe(200);
  });
});
