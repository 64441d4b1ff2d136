/** Application commands: making them, and members who run them. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { connectGateway } from './support/gateway-client.ts';
import { commands } from './support/samples.ts';
import { answerWith, type Setting, setting } from './support/setting.ts';
import { useTestDiscord } from './support/use-test-discord.ts';

const discord = useTestDiscord();
const idOf = async (name: string) => (await discord().member(name)).member.user.id;
const answer = (interactionId: string, body: object) => answerWith(discord(), interactionId, body);

let place: Setting;
beforeAll(async () => {
  await discord().request('PUT', `/applications/${discord().applicationId}/commands`, { body: commands });
  place = await setting(discord());
});

describe('Commands', () => {
  const commandNamed = async (name: string) =>
    (await discord().state()).commands.find((command) => command.name === name)?.id ?? '';
  const demo = async () => ({
    memberId: place.memberId,
    channelId: place.channelId,
    commandId: await commandNamed('demo'),
  });

  test('hand over options and what is behind their ids', async () => {
    const gateway = await connectGateway(discord(), 0);
    const { id: role } = await discord().role('Designer');
    const file = { filename: 'a.txt', contentType: 'text/plain', base64: btoa('A') };
    const options = {
      text: 'hi',
      number: 3,
      flag: true,
      user: place.memberId,
      role,
      mentionable: role,
      file,
      choice: 'one',
    };
    const run = await discord().control.runCommand({ ...(await demo()), subcommand: ['all'], options });
    const { d } = await gateway.next((payload) => payload.d?.id === run.interactionId);
    const [subcommand] = d.data.options;
    const given = Object.fromEntries(
      subcommand.options.map(({ name, value }: { name: string; value: unknown }) => [name, value]),
    );
    expect(given).toMatchObject({ text: 'hi', number: 3, flag: true, user: place.memberId, role });
    expect(Object.keys(d.data.resolved).sort()).toEqual(['attachments', 'members', 'roles', 'users']);
    await gateway.close(1000);
  });

  test.each([
    ['a required option missing', {}, 'filled in'],
    ['a number out of its range', { text: 'a', number: 11 }, 'too small or too large'],
    ['text for a number', { text: 'a', number: 'three' }, 'takes a number'],
    ['an option that is not there', { text: 'a', other: 1 }, 'no option'],
    ['a choice that is not offered', { text: 'a', choice: 'two' }, 'does not offer'],
  ])('are not sent with %s', async (_what, options, message) => {
    const run = discord().control.runCommand({ ...(await demo()), subcommand: ['all'], options });
    await expect(run).rejects.toThrow(message);
  });

  test('suggest while one is typing', async () => {
    const typed = await discord().control.autocomplete({
      ...(await demo()),
      subcommand: ['all'],
      focused: 'text',
      options: { text: 'a' },
    });
    await answer(typed.interactionId, { type: 8, data: { choices: [{ name: 'Ann', value: 'ann' }] } });
    const { outcome } = await discord().control.getInteraction({ interactionId: typed.interactionId });
    expect(outcome).toEqual({ state: 'choices', choices: [{ name: 'Ann', value: 'ann' }] });
  });

  test('of context menus hand over their target', async () => {
    const gateway = await connectGateway(discord(), 0);
    const run = await discord().control.runCommand({
      memberId: place.memberId,
      channelId: place.channelId,
      commandId: await commandNamed('Report'),
      targetId: place.messageId,
    });
    const { d } = await gateway.next((payload) => payload.d?.id === run.interactionId);
    expect(d.data.resolved.messages[place.messageId].content).toBe('Press');
    await gateway.close(1000);
  });

  test('for staff are refused to members', async () => {
    const path = `/applications/${discord().applicationId}/guilds/${discord().guildId}/commands`;
    const { body } = await discord().request<{ id: string }>('POST', path, {
      body: { name: 'staff', description: 'For staff', default_member_permissions: '32' },
    });
    const run = (memberId: string) =>
      discord().control.runCommand({ memberId, channelId: place.channelId, commandId: body.id });
    await expect(run(place.memberId)).rejects.toMatchObject({ error: 'not-allowed' });
    expect((await run(await idOf('Mara Staff'))).interactionId).toMatch(/^\d+$/);
  });

  test.each([
    ['capitals in the name', { name: 'Demo', description: 'x' }],
    ['no description', { name: 'x' }],
    [
      'a required option after another',
      {
        name: 'x',
        description: 'x',
        options: [
          { type: 3, name: 'a', description: 'a' },
          { type: 3, name: 'b', description: 'b', required: true },
        ],
      },
    ],
    [
      '26 choices',
      {
        name: 'x',
        description: 'x',
        options: [
          {
            type: 3,
            name: 'a',
            description: 'a',
            choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })),
          },
        ],
      },
    ],
  ])('cannot be made with %s', async (_what, body) => {
    const path = `/applications/${discord().applicationId}/commands`;
    expect((await discord().request('POST', path, { body })).body.code).toBe(50035);
  });
});
