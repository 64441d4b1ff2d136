/** The control API: members who come and go, crowds, days, looking on, and clear refusals. */

import { afterAll, describe, expect, test } from '@jest/globals';
import type { LiveMessage } from '../../sandbox/control/api.ts';
import { type LiveView, watchLocalDiscord } from '../../sandbox/control/client.ts';
import { connectGateway } from './support/gateway-client.ts';
import { startTestDiscord } from './support/local-discord.ts';
import { useTestDiscord } from './support/use-test-discord.ts';

const discord = useTestDiscord();
const idOf = async (name: string) => (await discord().member(name)).member.user.id;

describe('Joining', () => {
  test('gives each their own account, also under the same name', async () => {
    const { members } = await discord().control.join({ names: ['Twin', 'Twin'] });
    const users = members.map(({ member }) => member.user);
    expect(users.map(({ global_name }) => global_name)).toEqual(['Twin', 'Twin']);
    expect(users.map(({ username }) => username)).toEqual(['twin', 'twin2']);
  });

  test('by an invite counts its use, gives its roles, and tells the bot only of the member', async () => {
    const { id: channelId } = await discord().channel('general');
    const { id: role } = await discord().role('Student');
    const { body: invite } = await discord().request<{ code: string }>(
      'POST',
      `/channels/${channelId}/invites`,
      {
        body: { max_uses: 2, unique: true, role_ids: [role] },
      },
    );
    const { members } = await discord().control.join({ names: ['Invited'], inviteCode: invite.code });
    expect([members[0]?.inviteCode, members[0]?.member.roles]).toEqual([invite.code, [role]]);
    const { body: invites } = await discord().request<{ code: string; uses: number }[]>(
      'GET',
      `/guilds/${discord().guildId}/invites`,
    );
    expect(invites.find(({ code }) => code === invite.code)?.uses).toBe(1);
    await discord().control.join({ inviteCode: invite.code });
    await expect(discord().control.join({ inviteCode: invite.code })).rejects.toMatchObject({
      error: 'not-found',
    });
  });

  test('again after leaving keeps the account, not the roles', async () => {
    const { members } = await discord().control.join({ names: ['Back'] });
    const userId = members[0]?.member.user.id ?? '';
    await discord().control.giveRole({ memberId: userId, roleId: (await discord().role('Student')).id });
    await discord().control.leave({ memberId: userId });
    const again = await discord().control.join({ userId });
    expect(again.members[0]?.member).toMatchObject({ user: { id: userId }, roles: [], flags: 1 });
    await expect(discord().control.join({ userId })).rejects.toMatchObject({ error: 'conflict' });
  });

  test('is refused to who is banned, and while invites are paused', async () => {
    const { members } = await discord().control.join({ names: ['Banned'] });
    const userId = members[0]?.member.user.id ?? '';
    await discord().control.ban({ memberId: userId });
    await expect(discord().control.join({ userId })).rejects.toMatchObject({ error: 'not-allowed' });
    const path = `/guilds/${discord().guildId}/incident-actions`;
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    await discord().request('PUT', path, { body: { invites_disabled_until: inAnHour } });
    await expect(discord().control.join({})).rejects.toThrow('paused');
    await discord().request('PUT', path, { body: { invites_disabled_until: null } });
  });

  test('pending, a member passes the screening later', async () => {
    const { members } = await discord().control.join({ names: ['Pending'], pending: true });
    expect(members[0]?.member.pending).toBe(true);
    const passed = await discord().control.passScreening({ memberId: members[0]?.member.user.id ?? '' });
    expect(passed.member.pending).toBe(false);
  });
});

describe('Events', () => {
  test('are made by who may, marked as interesting, begun and ended in that order', async () => {
    const memberId = await idOf('Lena Vogt');
    const gateway = await connectGateway(discord());
    const event = await discord().control.createEvent({
      memberId,
      name: 'Meet-up',
      entityType: 3,
      location: 'Berlin',
      startsAt: new Date(Date.now() + 60_000).toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await discord().control.markInterested({ memberId, eventId: event.id });
    const { d } = await gateway.event('GUILD_SCHEDULED_EVENT_USER_ADD');
    expect(d).toMatchObject({ guild_scheduled_event_id: event.id, user_id: memberId });
    const completed = discord().control.editEvent({ memberId, eventId: event.id, status: 3 });
    await expect(completed).rejects.toMatchObject({ error: 'invalid' });
    await discord().control.editEvent({ memberId, eventId: event.id, status: 2 });
    const ended = await discord().control.editEvent({ memberId, eventId: event.id, status: 3 });
    expect([ended.status, ended.user_count]).toEqual([3, 1]);
    const tom = await idOf('Tom Becker');
    await expect(discord().control.deleteEvent({ memberId: tom, eventId: event.id })).rejects.toThrow(
      '50013',
    );
    await gateway.close(1000);
  });

  test.each([
    ['in the past', { startsAt: new Date(0).toISOString(), endsAt: new Date().toISOString() }],
    ['without an end', { startsAt: new Date(Date.now() + 60_000).toISOString() }],
  ])('elsewhere are not made %s', async (_what, times) => {
    const memberId = await idOf('Lena Vogt');
    const made = discord().control.createEvent({
      memberId,
      name: 'x',
      entityType: 3,
      location: 'x',
      ...times,
    });
    await expect(made).rejects.toMatchObject({ error: 'invalid' });
  });
});

describe('Voice, polls and threads', () => {
  test('are told as they happen', async () => {
    const gateway = await connectGateway(discord());
    const memberId = await idOf('Tom Becker');
    const [lounge, general, ideas] = await Promise.all(['Lounge', 'general', 'ideas'].map(discord().channel));
    await discord().control.setVoice({ memberId, channelId: lounge?.id ?? '' });
    await discord().control.setVoice({ memberId, channelId: null });
    const { body: poll } = await discord().request<{ id: string }>(
      'POST',
      `/channels/${general?.id}/messages`,
      {
        body: {
          poll: {
            question: { text: '?' },
            answers: [{ poll_media: { text: 'a' } }, { poll_media: { text: 'b' } }],
          },
        },
      },
    );
    const place = { memberId, channelId: general?.id ?? '', messageId: poll.id };
    await discord().control.vote({ ...place, answerIds: [1] });
    await discord().control.vote({ ...place, answerIds: [2] });
    const { thread } = await discord().control.openThread({
      memberId,
      channelId: ideas?.id ?? '',
      name: 'Idea',
      content: 'What if?',
    });
    await gateway.settle();
    expect(gateway.events('VOICE_STATE_UPDATE').map(({ d }) => d.channel_id)).toEqual([lounge?.id, null]);
    expect(gateway.events('MESSAGE_POLL_VOTE_ADD').map(({ d }) => d.answer_id)).toEqual([1, 2]);
    expect(gateway.events('MESSAGE_POLL_VOTE_REMOVE').map(({ d }) => d.answer_id)).toEqual([1]);
    const [created] = gateway.events('THREAD_CREATE');
    expect(created?.d).toMatchObject({ id: thread.id, newly_created: true, parent_id: ideas?.id });
    expect(gateway.events('MESSAGE_CREATE').at(-1)?.d).toMatchObject({ id: thread.id, content: 'What if?' });
    await gateway.close(1000);
  });
});

describe('A refusal', () => {
  test.each([
    ['a call that is not there', () => fetch(`${discord().url}/control/nothing`), 404],
    ['an unknown field of the limits', () => discord().control.setLimits({ nonsense: 1 } as object), 400],
    ['a member who is not there', () => discord().control.leave({ memberId: '1' }), 404],
    ['an id that is none', () => discord().control.leave({ memberId: 'abc' }), 400],
  ])('of %s is one sentence', async (_what, act, status) => {
    const answer = await act().then(
      async (result) =>
        result instanceof Response ? { status: result.status, ...((await result.json()) as object) } : result,
      (error: unknown) => error,
    );
    expect(answer).toMatchObject({ status, message: expect.any(String) });
  });
});

describe('Crowds', () => {
  test('of thousands are there at once, without telling anybody unless asked', async () => {
    const crowded = await startTestDiscord({ limitMode: 'off' });
    const gateway = await connectGateway(crowded);
    expect(await crowded.control.fill({ members: 5000 })).toEqual({ added: 5000, members: 5013 });
    await crowded.control.fill({ members: 3, announce: true });
    await gateway.settle();
    expect(gateway.events('GUILD_MEMBER_ADD').length).toBe(3);
    await gateway.close(1000);
    await crowded.stop();
  });
});

describe('A replayed day', () => {
  test('comes out the same for the same seed, faster than real time', async () => {
    const days = [];
    for (let run = 0; run < 2; run++) {
      const replayed = await startTestDiscord({ limitMode: 'off' });
      await replayed.control.replay({ seed: 7, messages: 300, speed: 1e9 });
      let state = await replayed.control.getReplay();
      while (state.running) state = await replayed.control.getReplay();
      const { id: channelId } = await replayed.channel('general');
      const { messages } = await replayed.control.getMessages({ channelId, limit: 100 });
      days.push([
        state.stepsAll,
        state.stepsRefused,
        messages.map(({ message }) => [message.author.username, message.content]),
      ]);
      await replayed.stop();
    }
    expect(days[0]).toEqual(days[1]);
    expect(days[0]?.[2]).not.toEqual([]);
  });

  test('plays given steps in the order of their times', async () => {
    const { id: channelId } = await discord().channel('off-topic');
    await discord().control.replay({
      speed: 1000,
      steps: [
        { atMs: 200, do: 'write', name: 'Fresh', channel: 'off-topic', content: 'second' },
        { atMs: 100, do: 'join', name: 'Fresh' },
        { atMs: 150, do: 'write', name: 'Nobody at all', channel: 'off-topic', content: 'refused' },
        { atMs: 300, do: 'react', name: 'Fresh', channel: 'off-topic', emoji: '🎉' },
      ],
    });
    let state = await discord().control.getReplay();
    while (state.running) state = await discord().control.getReplay();
    expect(state).toEqual({ running: false, stepsDone: 4, stepsAll: 4, stepsRefused: 1 });
    const { messages } = await discord().control.getMessages({ channelId });
    expect(messages.at(-1)?.message.reactions?.[0]?.count).toBe(1);
  });
});

describe('Looking on', () => {
  const views: LiveView[] = [];
  afterAll(() => {
    for (const view of views) view.close();
  });

  test('shows a snapshot, then everything: direct messages, ephemeral ones, interactions, requests', async () => {
    const seen: LiveMessage[] = [];
    let wake = () => {};
    views.push(
      await watchLocalDiscord({ url: discord().url }, (message) => {
        seen.push(message);
        wake();
      }),
    );
    const until = async (passes: (message: LiveMessage) => boolean) => {
      while (!seen.some(passes)) await new Promise<void>((resolve) => (wake = resolve));
    };
    expect(seen[0]).toMatchObject({ kind: 'snapshot', state: { guild: { name: 'TiXL Community' } } });
    const memberId = await idOf('Tom Becker');
    const { channel } = await discord().control.openDirectMessage({ memberId });
    const components = [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }];
    const { body } = await discord().request<{ id: string }>('POST', `/channels/${channel.id}/messages`, {
      body: { content: 'private', components },
    });
    const { interactionId } = await discord().control.press({
      memberId,
      channelId: channel.id,
      messageId: body.id,
      customId: 'go',
    });
    const callback = `/interactions/${interactionId}/${discord().interactionToken(interactionId)}/callback`;
    await discord().request('POST', callback, { body: { type: 4, data: { content: 'for you', flags: 64 } } });
    const isText = (text: string) => (message: LiveMessage) =>
      message.kind === 'dispatch' &&
      message.dispatch.t === 'MESSAGE_CREATE' &&
      message.dispatch.d.content === text;
    await until(isText('private'));
    await until(isText('for you'));
    expect(seen.find(isText('for you'))).toMatchObject({ visibleTo: memberId });
    await until(
      (message) => message.kind === 'interaction' && message.interaction.outcome.state === 'answered',
    );
    await until(
      (message) =>
        message.kind === 'requests' && message.entries.some(({ path }) => path.includes('callback')),
    );
  });
});

describe('A reset', () => {
  test('brings back the guild of the file, with the same ids, and ends the sessions', async () => {
    const fresh = await startTestDiscord({ limitMode: 'off' });
    const before = await fresh.state();
    const gateway = await connectGateway(fresh);
    await fresh.control.join({ names: ['Temporary'] });
    await fresh.control.reset();
    const after = await fresh.state();
    expect(after.channels).toEqual(before.channels);
    expect(after.members.map(({ member }) => member.user.id)).toEqual(
      before.members.map(({ member }) => member.user.id),
    );
    expect((await gateway.op(9)).d).toBe(false);
    await gateway.close(1000);
    await fresh.stop();
  });
});
