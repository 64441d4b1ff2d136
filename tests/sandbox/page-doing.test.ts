// What members and staff can do in the page beyond the first hour: in one visit, and mostly each as a new member.
import { beforeAll, expect, test } from '@jest/globals';
import {
  ActionRowBuilder,
  ChannelSelectMenuBuilder,
  ChannelType,
  ContainerBuilder,
  type MessageCreateOptions,
  MessageFlags,
  RoleSelectMenuBuilder,
  TextDisplayBuilder,
  UserSelectMenuBuilder,
} from 'discord.js';
import type { Page } from 'playwright-core';
import { keepScreenshot, visit } from './page/browser.ts';
import { message, openChannel, write } from './page/person.ts';
import { describeInBrowser } from './page/setting.ts';

const WORKFLOWS = 'http://127.0.0.1:8233/namespaces/default/workflows?query=Member%3D%22{member}%22';

describeInBrowser('In the page', { limitMode: 'off', workflowUrl: WORKFLOWS }, (setting) => {
  let page: Page;

  beforeAll(async () => {
    ({ page } = await visit(setting().browser, setting().discord.url));
    await page.getByRole('button', { name: 'Close the first steps' }).click();
  });

  /** Acts as somebody who has just joined. */
  async function joinAs(name: string): Promise<void> {
    await page.getByRole('button', { name: 'Somebody joins' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('button', { name: `Acting as ${name}. Switch member` }).waitFor();
  }

  /** Acts as somebody who is there. */
  async function actAs(name: string): Promise<void> {
    await page.getByRole('button', { name: /^Acting as/ }).click();
    await page.getByRole('combobox', { name: 'Search by name' }).fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Acting as ${name}. Switch member` }).waitFor();
  }

  /** Lets the bot write in a channel. */
  async function botWrites(channelName: string, content: MessageCreateOptions): Promise<void> {
    const { channels } = setting().bot.client;
    const channel = channels.cache.find(
      (one) => one.type === ChannelType.GuildText && one.name === channelName,
    );
    if (!channel?.isSendable()) throw new Error(`The bot cannot write in ${channelName}.`);
    await channel.send(content);
  }

  test('a picture and a file are attached, and the picture is shown', async () => {
    await joinAs('File Sender');
    await openChannel(page, 'showcase');
    const pixel =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
    await page.getByLabel('Attach a file').setInputFiles([
      { name: 'render.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Notes') },
    ]);
    await write(page, 'My latest work');
    const sent = message(page, 'My latest work');
    await sent.getByRole('link', { name: 'notes.txt' }).waitFor();
    await sent.getByRole('img', { name: 'render.png' }).waitFor();
    await page.waitForFunction(
      '[...document.images].some((image) => image.alt === "render.png" && image.naturalWidth === 1)',
    );
  });

  test('whoever has not accepted the rules is asked to, and writes then', async () => {
    await setting().discord.control.join({ names: ['Pending Person'], pending: true });
    await actAs('Pending Person');
    await page.getByText('Accept the rules above to write here.').waitFor();
    await page.getByRole('button', { name: 'Accept the rules' }).click();
    await openChannel(page, 'general');
    await write(page, 'I accepted');
    await message(page, 'I accepted').waitFor();
  });

  test('closing direct messages keeps the bot out', async () => {
    await joinAs('Quiet Person');
    await page.getByRole('button', { name: /new from TiXL/ }).click();
    await page.getByRole('switch', { name: /Allow direct messages/ }).uncheck();
    const { client } = setting().bot;
    await page.getByRole('switch', { name: /Allow direct messages/, checked: false }).waitFor();
    const user = client.users.cache.find((one) => one.globalName === 'Quiet Person');
    await expect(user?.send('Hello?')).rejects.toMatchObject({ code: 50007 });
  });

  test('selects offer members, roles and channels', async () => {
    await joinAs('Chooser Person');
    const answered = new Promise<string[]>((resolve) =>
      setting().bot.client.on('interactionCreate', (interaction) => {
        if (!interaction.isAnySelectMenu() || interaction.customId === 'role') return;
        void interaction.reply({
          content: `Chosen: ${interaction.values.length}`,
          flags: MessageFlags.Ephemeral,
        });
        if (interaction.isChannelSelectMenu())
          resolve(interaction.channels.map((one) => String('name' in one && one.name)));
      }),
    );
    const people = new UserSelectMenuBuilder()
      .setCustomId('people')
      .setPlaceholder('Whom?')
      .setMinValues(1)
      .setMaxValues(3);
    const roles = new RoleSelectMenuBuilder().setCustomId('roles').setPlaceholder('Which role?');
    const channels = new ChannelSelectMenuBuilder().setCustomId('channels').setPlaceholder('Which channel?');
    await openChannel(page, 'learning');
    await botWrites('learning', {
      components: [
        new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(people),
        new ActionRowBuilder<RoleSelectMenuBuilder>().addComponents(roles),
        new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(channels),
      ],
      content: 'Choose all of it',
    });
    await page.getByRole('button', { name: 'Whom?' }).click();
    await page.getByRole('combobox', { name: 'Search Whom?' }).fill('mara st');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Search Whom?' }).fill('ivo');
    await page.keyboard.press('Enter');
    await keepScreenshot(page, 'select');
    await page.keyboard.press('Escape');
    await message(page, 'Chosen: 2').waitFor();
    await page.getByRole('button', { name: 'Which role?' }).click();
    await page.getByRole('option', { name: 'Moderator' }).click();
    await message(page, 'Chosen: 1').waitFor();
    await page.getByRole('button', { name: 'Which channel?' }).click();
    await page.getByRole('option', { name: 'showcase', exact: true }).click();
    expect(await answered).toEqual(['showcase']);
  });

  test('components of the second version stand in place of the text', async () => {
    await joinAs('Reader Person');
    await openChannel(page, 'resources');
    const container = new ContainerBuilder()
      .setAccentColor(0x7a3ff2)
      .addTextDisplayComponents(
        new TextDisplayBuilder().setContent('### Level up\nYou are an **Expert** now.'),
      );
    await botWrites('resources', { components: [container], flags: MessageFlags.IsComponentsV2 });
    await page.getByRole('heading', { name: 'Level up' }).waitFor();
    await keepScreenshot(page, 'components');
  });

  test('a message grows a thread, is pinned by staff, and is deleted', async () => {
    await joinAs('Thread Person');
    await openChannel(page, 'off-topic');
    await write(page, 'Which music do you hear while you work?');
    const question = message(page, 'Which music do you hear');
    await question.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Create thread' }).click();
    await page.getByRole('dialog', { name: 'New thread' }).getByLabel('Name').fill('Music for work');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: 'Music for work' }).waitFor();
    await write(page, 'Mostly drones.');
    await message(page, 'Mostly drones.').waitFor();
    await openChannel(page, 'off-topic');
    await question.getByRole('button', { name: /Music for work/ }).waitFor();

    await actAs('Noor Haddad');
    await question.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Pin message' }).click();
    await question.getByText('Pinned', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Pinned messages' }).click();
    const pins = page.getByRole('dialog', { name: 'Pinned messages' });
    await pins.getByText('Which music do you hear').waitFor();
    await pins.getByRole('button', { name: 'Jump' }).click();
    await question.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete message' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await question.waitFor({ state: 'detached' });
  });

  test('an invite that a member made is remembered with whoever comes by it', async () => {
    await joinAs('Inviting Person');
    await page.getByRole('button', { name: 'Invite people' }).click();
    const dialog = page.getByRole('dialog', { name: /^Invite people/ });
    await dialog.getByRole('button', { name: 'Create invite' }).click();
    const code = await dialog.getByLabel('Code').inputValue();
    const { members } = await setting().discord.control.join({ names: ['Invited Person'], inviteCode: code });
    expect(members[0]?.inviteCode).toBe(code);
    await page.keyboard.press('Escape');
  });

  test('staff give and take roles, and those without the permission are not offered it', async () => {
    await joinAs('Ordinary Person');
    const list = page.getByRole('complementary', { name: 'Members' });
    await list.getByRole('searchbox').fill('Jonas');
    await list.getByRole('button', { name: 'Jonas Lind' }).click();
    await page.getByRole('menuitem', { name: 'Act as them' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Roles…' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await actAs('Noor Haddad');
    await list.getByRole('searchbox').fill('Ordinary');
    await list.getByRole('button', { name: 'Ordinary Person' }).click();
    await page.getByRole('menuitem', { name: 'Roles…' }).click();
    await page.getByRole('checkbox', { name: 'Designer' }).check();
    await page.getByRole('button', { name: 'Done' }).click();
    await list.getByRole('button', { name: 'Ordinary Person' }).click();
    await page.getByRole('menu').getByText('Designer').waitFor();
    await page.keyboard.press('Escape');
  });

  test('the staff panel leads to the workflows of a member', async () => {
    await joinAs('Workflow Person');
    await page.getByRole('button', { name: 'Staff panel', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search members and events' }).fill('Workflow Person');
    const { members } = await setting().discord.control.getState();
    const id =
      members.find(({ member }) => member.user.global_name === 'Workflow Person')?.member.user.id ?? '';
    const panel = page.getByRole('complementary', { name: 'Staff panel' });
    const link = panel.getByRole('listitem').filter({ hasText: 'Workflow Person' }).getByRole('link');
    expect(await link.getAttribute('href')).toBe(WORKFLOWS.replace('{member}', id));
    await keepScreenshot(page, 'workflows');
    await page.getByRole('button', { name: 'Close the staff panel' }).click();
  });

  test('Discord can be taken away from the bot, and the page says so', async () => {
    await joinAs('Cautious Person');
    await page.getByRole('button', { name: 'Staff panel', exact: true }).click();
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByRole('switch', { name: /Away for the bot/ }).click();
    await page.getByText('TiXL is not connected.').waitFor();
    await keepScreenshot(page, 'discord-away');
    await page.getByRole('switch', { name: /Away for the bot/ }).click();
    await page.getByText('TiXL is not connected.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Close the staff panel' }).click();
  });

  test('many join at once, and the page keeps up', async () => {
    await joinAs('Crowd Watcher');
    await page.getByRole('button', { name: 'Somebody joins' }).click();
    await page.getByRole('spinbutton', { name: 'Size of the raid' }).fill('60');
    await page.getByRole('button', { name: 'Raid' }).click();
    await page.getByText(/and 59 others joined\./).waitFor();
    const { members } = await setting().discord.control.getState();
    await page.getByPlaceholder(`Search ${members.length} members`).waitFor();
  });
});
