import { REST } from '@discordjs/rest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type APIMessage, Routes } from 'discord-api-types/v10';
import type { CommunityConfig } from '../../config/schema.ts';
import { toGuildId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';
import { roleMenuId } from '../../domain/roles.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { ROLES_COMMAND } from '../../views/commands/roles.ts';
import { roleMenu } from '../../views/roles.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { answeringMessage, answerTo, sendRow } from '../support/button.ts';
import { rolesOf, toStay } from '../support/on-discord.ts';

let scene: BotScene;
let discord: LocalDiscord;
let config: CommunityConfig;
let others: Stay[];
let stay: Stay;

beforeAll(async () => {
  scene = await startBotScene({
    beforeBot: async (before) => {
      offerVisitor(before.config);
      const { members } = await before.discord.control.join({ count: 20 });
      others = members.map(({ member }) => toStay(toGuildId(before.discord.guildId), member));
    },
  });
  ({ discord, config } = scene);
});
afterAll(() => scene.stop());

beforeEach(() => {
  stay = nextMember();
});

function nextMember(): Stay {
  const member = others.pop();
  if (member === undefined) throw new Error('there are not enough members');
  return member;
}

/** A kind that has no welcome of its own. */
function offerVisitor(config: CommunityConfig): void {
  const kinds = config.roles.kinds as unknown as object[];
  kinds.push({ name: 'visitor', label: 'Visitor', roles: ['Helper'] });
}

/** Chooses from a menu under a direct message. Gives the interaction's id. */
async function choose(kind: string, menu = roleMenu(config.roles)): Promise<string> {
  const message = await sendRow(discord, stay.memberId, menu);
  return chooseFrom(message, kind, menu.components[0]?.custom_id);
}

async function chooseFrom(message: APIMessage, kind: string, customId = roleMenuId()): Promise<string> {
  const { interactionId } = await discord.control.choose({
    memberId: stay.memberId,
    channelId: message.channel_id,
    messageId: message.id,
    customId,
    values: [kind],
  });
  return interactionId;
}

const roles = async () => (await rolesOf({ discord }, stay.memberId)).sort();

describe('whoever chooses from the menu', () => {
  test('gets the roles, and the personal welcome with links to its channels', async () => {
    const answer = await answeringMessage(discord, await choose('developer'));
    expect(answer).toMatchObject({
      content: '',
      embeds: [
        {
          title: 'Welcome, Fellow Developer! 👨‍💻',
          description: expect.stringMatching(
            /^Join our developer channels to share code, .*\n\n<#\d+> <#\d+> <#\d+>$/,
          ),
        },
      ],
    });
    expect(await roles()).toEqual(['Contributor', 'Developer']);
  });

  test('can choose again: the old roles go', async () => {
    await answeringMessage(discord, await choose('developer'));
    const answer = await answeringMessage(discord, await choose('designer'));
    expect(answer.embeds[0]?.title).toBe('Welcome, Creative Mind! 🎨');
    expect(await roles()).toEqual(['Creative', 'Designer']);
  });

  test("gets learner's welcome for a kind without one", async () => {
    const answer = await answeringMessage(discord, await choose('visitor'));
    expect(answer.embeds[0]?.title).toBe('Welcome, Future Expert! 🎓');
    expect(await roles()).toEqual(['Helper']);
  });

  test('ends up with the later one of two choices, without waiting for the first', async () => {
    const message = await sendRow(discord, stay.memberId, roleMenu(config.roles));
    const interactions = [await chooseFrom(message, 'developer'), await chooseFrom(message, 'learner')];
    await Promise.all(interactions.map((id) => answeringMessage(discord, id)));
    expect(await roles()).toEqual(['Learner', 'Student']);
  });

  test('is refused a value that is no longer on offer', async () => {
    const { kinds } = config.roles;
    const outdated = { ...config.roles, kinds: kinds.map((kind) => ({ ...kind, name: `old-${kind.name}` })) };
    expect(await answerTo(discord, await choose('old-learner', roleMenu(outdated)))).toBe(
      config.roles.notOffered,
    );
    expect(await roles()).toEqual([]);
  });

  test('is told when a role is above the bot’s own, and gets the others', async () => {
    const { guild } = await discord.control.getState();
    await discord.control.createRole({ name: 'Crown', position: guild.roles.length });
    const visitor = config.roles.kinds.find(({ name }) => name === 'visitor') as unknown as {
      roles: string[];
    };
    visitor.roles.unshift('Crown');
    const answer = await answeringMessage(discord, await choose('visitor'));
    visitor.roles.shift();
    expect(answer).toMatchObject({
      content: config.roles.incomplete,
      embeds: [{ title: 'Welcome, Future Expert! 🎓' }],
    });
    expect(await roles()).toEqual(['Helper']);
  });

  test('is told so after having left', async () => {
    const message = await sendRow(discord, stay.memberId, roleMenu(config.roles));
    const fault = { kind: 'error', status: 404, code: 10_007 } as const;
    const match = { method: 'GET', route: '/guilds/:guildId/members/:userId' } as const;
    await discord.control.setFaults({ rules: [{ match, fault }] });
    const answer = await answerTo(discord, await chooseFrom(message, 'learner'));
    await discord.control.setFaults({ rules: [] });
    expect(answer).toBe(config.roles.notMember);
  });

  test.each(['roles/choose/a/b', 'roles/else', 'else'])(
    'has a clear word for a menu that is not one of ours (%s)',
    async (customId) => {
      const answer = await answerTo(discord, await choose('learner', roleMenu(config.roles, customId)));
      expect(answer).toBe(config.answers.outdated);
      expect(await roles()).toEqual([]);
    },
  );

  test('of another member’s panel changes their own roles alone', async () => {
    const { channels } = await discord.control.getState();
    const channelId = channels.find(({ name }) => name === 'roles')?.id ?? '';
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const body = { content: 'x', components: [roleMenu(config.roles, roleMenuId('mark'))] };
    const panel = (await rest.post(Routes.channelMessages(channelId), { body })) as APIMessage;
    const owner = stay;
    await answeringMessage(discord, await chooseFrom(panel, 'developer', roleMenuId('mark')));
    stay = nextMember();
    await answeringMessage(discord, await chooseFrom(panel, 'designer', roleMenuId('mark')));
    expect(await roles()).toEqual(['Creative', 'Designer']);
    expect(await rolesOf({ discord }, owner.memberId)).toContain('Developer');
  });
});

describe('a choice', () => {
  test('can be found in Temporal, and holds ids and no words', async () => {
    const interactionId = await choose('learner');
    await answeringMessage(discord, interactionId);
    const handle = scene.worker.client.workflow.getHandle(`role-choice/${discord.guildId}/${interactionId}`);
    const description = await handle.describe();
    expect(await description.staticSummary()).toBe(`Role choice of member ${stay.memberId}: learner`);
    const attributes = Object.fromEntries(
      description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
    );
    expect(attributes).toEqual({
      Guild: stay.guildId,
      Member: stay.memberId,
      Feature: 'roles',
      Kind: 'learner',
      BuildIds: expect.anything(),
    });
  });
});

describe('/roles', () => {
  test('shows the menu, from which one can choose', async () => {
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const route = Routes.applicationGuildCommands(discord.applicationId, discord.guildId);
    const command = (await rest.post(route, { body: ROLES_COMMAND })) as { id: string };
    const { channels } = await discord.control.getState();
    const channelId = channels.find(({ name }) => name === 'general')?.id ?? '';
    const run = await discord.control.runCommand({
      memberId: stay.memberId,
      channelId,
      commandId: command.id,
    });
    const shown = await answeringMessage(discord, run.interactionId);
    expect(shown.embeds[0]?.title).toBe(config.roles.panel.title);
    const answer = await answeringMessage(discord, await chooseFrom(shown, 'designer'));
    expect(answer.embeds[0]?.title).toBe('Welcome, Creative Mind! 🎨');
    expect(await roles()).toEqual(['Creative', 'Designer']);
  });
});
