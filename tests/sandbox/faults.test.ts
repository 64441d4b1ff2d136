/** Faults on demand, and the log of what was asked. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { connectGateway } from './support/gateway-client.ts';
import { useTestDiscord } from './support/use-test-discord.ts';

const discord = useTestDiscord();
const route = '/channels/:channelId/messages';

async function send(content: string) {
  const { id } = await discord().channel('general');
  return discord().request('POST', `/channels/${id}/messages`, { body: { content } });
}

async function texts(): Promise<string[]> {
  const { messages } = await discord().control.getMessages({
    channelId: (await discord().channel('general')).id,
  });
  return messages.map(({ message }) => message.content);
}

afterEach(async () => {
  await discord().control.setFaults({ rules: [] });
  await discord().control.setAway({ away: null });
});

describe('A fault', () => {
  test('answers with an error as often as it was asked to', async () => {
    await discord().control.setFaults({
      rules: [{ match: { method: 'POST', route }, times: 2, fault: { kind: 'error', status: 503, code: 0 } }],
    });
    const statuses = [];
    for (const content of ['a', 'b', 'c']) statuses.push((await send(content)).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect(await texts()).toEqual(['c']);
    expect((await discord().control.getFaults()).rules[0]?.applied).toBe(2);
  });

  test('cuts the connection before the effect, or after it', async () => {
    const cut = (kind: 'drop-before' | 'drop-after') => ({ match: { route }, times: 1, fault: { kind } });
    await discord().control.setFaults({ rules: [cut('drop-before'), cut('drop-after')] });
    await expect(send('never')).rejects.toThrow();
    await expect(send('unknown to the sender')).rejects.toThrow();
    expect((await texts()).slice(1)).toEqual(['unknown to the sender']);
  });

  test('applies to each so many-th request, one rule after the other', async () => {
    const each = (status: number) => ({
      match: { method: 'POST' as const, route },
      ...{ times: 1, every: 2, fault: { kind: 'error' as const, status } },
    });
    await discord().control.setFaults({ rules: [each(500), each(503)] });
    const statuses = [];
    for (const text of ['one', 'two', 'three', 'four', 'five']) statuses.push((await send(text)).status);
    expect(statuses).toEqual([200, 500, 200, 503, 200]);
  });

  test('delays the answer', async () => {
    await discord().control.setFaults({
      rules: [{ match: { route: '/channels/*' }, fault: { kind: 'delay', ms: 50 } }],
    });
    const { entries, lastId } = await discord().control.getRequests();
    await send('late');
    const [entry] = (await discord().control.getRequests({ since: lastId })).entries;
    expect(entries.every(({ id }) => id <= lastId)).toBe(true);
    expect(entry?.fault).toBe('delay');
    expect(entry?.durationMs).toBeGreaterThanOrEqual(49);
  });

  test('applies to the routes and methods named, and to no others', async () => {
    await discord().control.setFaults({
      rules: [{ match: { method: 'GET', route }, fault: { kind: 'error', status: 500 } }],
    });
    expect((await send('through')).status).toBe(200);
    expect((await discord().request('GET', '/users/@me')).status).toBe(200);
  });
});

describe('Discord away', () => {
  test('cuts every connection until it is back, while the control API stays', async () => {
    const gateway = await connectGateway(discord());
    await discord().control.setAway({ away: 'until-cleared' });
    expect(await gateway.closeCode()).toBe(1006);
    await expect(discord().request('GET', '/users/@me')).rejects.toThrow();
    await expect(connectGateway(discord())).rejects.toThrow();
    await discord().control.setAway({ away: null });
    expect((await discord().request('GET', '/users/@me')).status).toBe(200);
  });

  test('comes back by itself after a while', async () => {
    await discord().control.setAway({ away: 30 });
    expect((await discord().control.getAway()).awayUntil).not.toBeNull();
    let status = 0;
    while (status !== 200)
      status = await discord()
        .request('GET', '/users/@me')
        .then(
          (answer) => answer.status,
          () => 0,
        );
    expect((await discord().control.getAway()).awayUntil).toBeNull();
  });
});

describe('The log of requests', () => {
  test('says what was asked and what came of it, and counts it', async () => {
    await discord().control.clearRequests();
    const { lastId } = await discord().control.getRequests();
    await send('logged');
    await send('');
    await discord().request('GET', '/users/1');
    const { entries } = await discord().control.getRequests({ since: lastId });
    expect(entries.map(({ method, status, code }) => [method, status, code])).toEqual([
      ['POST', 200, null],
      ['POST', 400, 50006],
      ['GET', 404, 10013],
    ]);
    expect(entries[0]).toMatchObject({ route, bucket: 'send-message' });
    const { counts } = await discord().control.countRequests();
    expect(counts).toContainEqual({ method: 'POST', route, status: 400, count: 1 });
    const { entries: refused } = await discord().control.getRequests({ since: lastId, status: 404 });
    expect(refused.length).toBe(1);
  });
});
