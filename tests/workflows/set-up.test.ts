import { REST } from '@discordjs/rest';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ApplicationCommandOptionType, Routes } from 'discord-api-types/v10';
import { COMMANDS } from '../../views/commands/index.ts';
import { ONBOARDING_COMMAND } from '../../views/commands/onboarding.ts';
import { SET_UP, type SetUpResult, startSetUp } from '../../workflows/definitions/set-up.ts';
import { replaceCommand } from '../support/command.ts';
import { startCommunity, type TestCommunity } from '../support/community.ts';

const PUT_COMMANDS = {
  method: 'PUT',
  route: '/applications/:applicationId/guilds/:guildId/commands',
} as const;
const NAMES = COMMANDS.map(({ name }) => name);

const { default_member_permissions: _permissions, ...openToAll } = ONBOARDING_COMMAND;
const anotherOption = {
  ...ONBOARDING_COMMAND,
  options: [
    ...(ONBOARDING_COMMAND.options ?? []),
    { type: ApplicationCommandOptionType.Subcommand, name: 'another', description: 'Another' } as const,
  ],
};

let community: TestCommunity;

beforeAll(async () => {
  community = await startCommunity();
  await community.discord.control.setLimits({ enforced: false });
});
afterAll(() => community.stop());
afterEach(() => community.discord.control.setFaults({ rules: [] }));

async function setUp(): Promise<SetUpResult> {
  const start = startSetUp(community.environment.DISCORD_GUILD_ID);
  return community.client.workflow.execute(SET_UP, start);
}

async function knownCommands() {
  const { commands } = await community.discord.control.getState();
  return commands;
}

async function changes(): Promise<number> {
  const { counts } = await community.discord.control.countRequests();
  return counts
    .filter(({ method, route }) => method === PUT_COMMANDS.method && route === PUT_COMMANDS.route)
    .reduce((sum, { count }) => sum + count, 0);
}

describe('setting up a guild', () => {
  test('tells Discord of the slash commands, and does not do so again while they are the same', async () => {
    expect(await setUp()).toMatchObject({ commands: { kind: 'registered', commands: NAMES } });
    expect((await knownCommands()).map(({ name }) => name)).toEqual(NAMES);
    expect(await knownCommands()).toMatchObject(COMMANDS);
    const before = await changes();
    expect(await setUp()).toMatchObject({ commands: { kind: 'unchanged', commands: NAMES } });
    expect(await changes()).toBe(before);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      'is another than ours',
      () => replaceCommand(community.discord, { ...ONBOARDING_COMMAND, description: 'Other' }),
    ],
    ['has more options than ours', () => replaceCommand(community.discord, anotherOption)],
    ['is open to everybody', () => replaceCommand(community.discord, openToAll)],
    ['is of a version before', () => replaceCommand(community.discord, { name: 'old', description: 'Old' })],
    ['is missing', removeAll],
  ])('puts right what Discord knows where a command %s', async (_, change) => {
    await setUp();
    await change();
    expect(await setUp()).toMatchObject({ commands: { kind: 'registered' } });
    expect(await knownCommands()).toMatchObject(COMMANDS);
    expect(await knownCommands()).toHaveLength(COMMANDS.length);
    expect(await setUp()).toMatchObject({ commands: { kind: 'unchanged' } });
  });

  test('ends with the reason when Discord refuses, and works when the reason is gone', async () => {
    await removeAll();
    const fault = { kind: 'error', status: 403, code: 50_001 } as const;
    await community.discord.control.setFaults({ rules: [{ match: PUT_COMMANDS, times: 1, fault }] });
    expect(await setUp()).toMatchObject({
      commands: { kind: 'refused', reason: expect.stringContaining('applications.commands') },
    });
    expect(await setUp()).toMatchObject({ commands: { kind: 'registered' } });
  });

  test('goes on until Discord answers, and does it once when only the answer was lost', async () => {
    await removeAll();
    const before = await changes();
    await community.discord.control.setFaults({
      rules: [{ match: PUT_COMMANDS, times: 1, fault: { kind: 'drop-after' } }],
    });
    expect(await setUp()).toMatchObject({ commands: { kind: 'unchanged' } });
    expect(await changes()).toBe(before + 1);
    expect(await knownCommands()).toMatchObject(COMMANDS);
  });

  test('happens once, however many workers start at the same time', async () => {
    await removeAll();
    const before = await changes();
    const start = startSetUp(community.environment.DISCORD_GUILD_ID);
    const handles = await Promise.all(
      Array.from({ length: 5 }, () => community.client.workflow.start(SET_UP, start)),
    );
    for (const handle of handles) await handle.result();
    expect(await changes()).toBe(before + 1);
  });
});

async function removeAll(): Promise<void> {
  const { apiUrl, applicationId, guildId, token } = community.discord;
  const rest = new REST({ api: apiUrl }).setToken(token);
  await rest.put(Routes.applicationGuildCommands(applicationId, guildId), { body: [] });
}
