// A member's first hour in the local Discord's page, gone through as a person would: each test goes on where the
// one before it stopped.
import { beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { keepScreenshot, visit } from './page/browser.ts';
import { INTRODUCTION } from './page/greeter-bot.ts';
import { message, openChannel, write } from './page/person.ts';
import { describeInBrowser } from './page/setting.ts';

describeInBrowser("A member's first hour", {}, (setting) => {
  let page: Page;
  let problems: string[] = [];
  let name = '';

  beforeAll(async () => {
    ({ page, problems } = await visit(setting().browser, setting().discord.url));
  });

  test('a first visit explains itself, and its first step lets somebody join', async () => {
    await page.getByRole('heading', { name: 'Let somebody join' }).waitFor();
    await keepScreenshot(page, 'first-visit');
    await page.getByRole('button', { name: 'Join as a new member' }).click();
    await page.getByRole('heading', { name: 'Watch what the bot does' }).waitFor();
    name = (await page.locator('.acting-as b').textContent()) ?? '';
    const { members } = await setting().discord.control.getState();
    expect(members.map(({ member }) => member.user.global_name)).toContain(name);
  });

  test('the newcomer is welcomed by name, with an embed, and gets the newcomer role', async () => {
    const welcome = message(page, "Welcome to TiXL! 🎉 We're thrilled to have you here.");
    await welcome.getByText('Welcome to TiXL Community! 🚀').waitFor();
    await welcome.locator('discord-mention', { hasText: name }).first().waitFor();
    await page.getByRole('button', { name: /^Your profile/ }).click();
    await page.getByRole('menu').getByText('Newcomer').waitFor();
    await page.keyboard.press('Escape');
  });

  test('a direct message waits in the inbox, and counts as read once it was opened', async () => {
    await page.getByRole('button', { name: '1 new from TiXL' }).waitFor();
    await keepScreenshot(page, 'welcome');
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await message(page, 'Start your journey').getByRole('link', { name: 'Community Guide' }).waitFor();
    await page.getByRole('button', { name: '1 new from TiXL' }).waitFor({ state: 'detached' });
    await keepScreenshot(page, 'direct-message');
  });

  test('a button opens a modal with five inputs, which says what is missing and is answered', async () => {
    await page.getByRole('button', { name: 'Introduce yourself' }).click();
    const modal = page.getByRole('dialog', { name: 'Introduce yourself' });
    await modal.getByRole('button', { name: 'Submit' }).click();
    expect(await modal.getByLabel('Name').evaluate((input) => input.matches(':invalid'))).toBe(true);
    for (const label of INTRODUCTION)
      await modal.getByLabel(label).fill(label === 'Name' ? 'Ada' : `My ${label}`);
    await keepScreenshot(page, 'modal');
    await modal.getByRole('button', { name: 'Submit' }).click();
    await message(page, 'Nice to meet you, Ada!').getByText('Only you can see this').waitFor();
    await modal.waitFor({ state: 'detached' });
  });

  test('a press that the bot does not answer fails as it does on Discord', async () => {
    await page.getByRole('button', { name: 'Stop these tips' }).click();
    await page.getByText('This interaction failed').waitFor();
  });

  test('choosing in a select menu changes the message', async () => {
    await page.getByRole('button', { name: 'What do you do?' }).click();
    await page.getByRole('option', { name: /Developer/ }).click();
    await message(page, 'You are a developer now.').waitFor();
  });

  test('a slash command shows its options, completes what is typed, and answers its member alone', async () => {
    await page.getByRole('button', { name: 'TiXL Community' }).click();
    await openChannel(page, 'general');
    await page.getByRole('textbox', { name: 'Message #general' }).fill('/le');
    await page.getByRole('option', { name: /^\/learn/ }).waitFor();
    await keepScreenshot(page, 'commands');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'topic' }).pressSequentially('part');
    await page.getByRole('option', { name: 'Particles' }).click();
    await page.getByRole('button', { name: '+ level' }).click();
    await page.getByRole('combobox', { name: 'level' }).selectOption('Advanced');
    await page.getByRole('button', { name: 'Run' }).click();
    const answer = message(page, 'A lesson about particles (advanced).');
    await answer.getByRole('button', { name: 'Dismiss message' }).click();
    await answer.waitFor({ state: 'detached' });
  });

  test('a bot that takes its time is shown thinking', async () => {
    await page.getByRole('textbox', { name: 'Message #general' }).fill('/ponder');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('TiXL is thinking…').waitFor();
    setting().bot.ponderNoLonger();
    await message(page, 'I have thought about it.').waitFor();
    await page.getByText('TiXL is thinking…').waitFor({ state: 'detached' });
  });

  test('one writes, edits, replies and reacts', async () => {
    await write(page, 'Hello **everybody**');
    await message(page, 'Hello everybody').locator('strong').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('textbox', { name: 'Edit message' }).fill('Good morning');
    await page.keyboard.press('Enter');
    const edited = message(page, 'Good morning');
    await edited.getByText('(edited)').waitFor();
    await edited.hover();
    await edited.getByRole('button', { name: 'Reply' }).click();
    await write(page, 'And a good day');
    await message(page, 'And a good day').locator('discord-reply').getByText('Good morning').waitFor();
    await edited.hover();
    await edited.getByRole('button', { name: 'Add reaction' }).first().click();
    await page.getByRole('button', { name: 'tada', exact: true }).click();
    await edited.getByRole('button', { name: '🎉, 1 reaction', pressed: true }).click();
    await edited.getByRole('button', { name: /^🎉/ }).waitFor({ state: 'detached' });
  });

  test('context menus of messages and members lead to the commands of the bot', async () => {
    await message(page, 'And a good day').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Save as feedback' }).click();
    await message(page, 'Saved as feedback.').waitFor();
    await page
      .getByRole('complementary', { name: 'Members' })
      .getByRole('button', { name: 'Mara Staff' })
      .click();
    await keepScreenshot(page, 'profile');
    await page.getByRole('menuitem', { name: 'Show points' }).click();
    await message(page, 'Mara Staff has 120 points.').waitFor();
  });

  test('one sits down in a voice channel, and gets up again', async () => {
    await page.getByRole('button', { name: 'Lounge voice channel' }).click();
    await page.getByText('Voice connected').waitFor();
    await page.getByRole('list', { name: 'In this voice channel' }).getByText(name).waitFor();
    await keepScreenshot(page, 'voice');
    await page.getByRole('button', { name: 'Disconnect from voice' }).click();
    await page.getByText('Voice connected').waitFor({ state: 'detached' });
  });

  test('an event can be marked as interesting', async () => {
    const { control } = setting().discord;
    const { guild } = await control.getState();
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const endsAt = new Date(Date.now() + 90_000_000).toISOString();
    const text = { name: 'Live coding night', description: 'We build a **particle system**.' };
    const place = { entityType: 3, location: 'On stream', startsAt, endsAt };
    await control.createEvent({ memberId: guild.owner_id, ...text, ...place });
    await page.getByRole('button', { name: /^Events/ }).click();
    await page.getByRole('button', { name: 'Interested', pressed: false }).click();
    await page.getByRole('button', { name: 'Interested', pressed: true }).waitFor();
    await page.getByLabel('1 interested').waitFor();
    await keepScreenshot(page, 'events');
  });

  test('a poll takes a vote, and takes it back', async () => {
    await openChannel(page, 'general');
    const { client } = setting().bot;
    const general = client.channels.cache.find((channel) => 'name' in channel && channel.name === 'general');
    const answers = [{ text: 'Friday' }, { text: 'Saturday', emoji: '📅' }];
    const poll = { question: { text: 'Which day?' }, answers, duration: 24, allowMultiselect: false };
    if (general?.isSendable()) await general.send({ poll });
    await page.getByRole('button', { name: /Friday/, pressed: false }).click();
    await page.getByRole('button', { name: /Friday\s+100%/, pressed: true }).click();
    await page.getByRole('button', { name: /Friday\s+0%/, pressed: false }).waitFor();
  });

  test('a post in a forum becomes a thread that others can answer', async () => {
    await openChannel(page, 'ideas');
    await page.getByRole('button', { name: 'New post' }).click();
    const dialog = page.getByRole('dialog', { name: 'New post' });
    await dialog.getByLabel('Title').fill('A dark theme for the timeline');
    await dialog.getByLabel('Message').fill('It would be kinder to the eyes.');
    await dialog.getByRole('button', { name: 'Post' }).click();
    await message(page, 'It would be kinder to the eyes.').waitFor();
    await keepScreenshot(page, 'forum-post');
  });

  test('two members stand side by side, and each sees at once what the other writes', async () => {
    await openChannel(page, 'general');
    await page.getByRole('button', { name: /^Side by side/ }).click();
    await page.getByRole('combobox', { name: 'Search by name' }).fill('Mara');
    await page.keyboard.press('Enter');
    const mine: Locator = page.getByRole('region', { name: `Discord as ${name} sees it` });
    const hers: Locator = page.getByRole('region', { name: 'Discord as Mara Staff sees it' });
    await openChannel(hers, 'help');
    await write(mine, 'Who is there?');
    await hers.getByRole('button', { name: /^general .*unread/ }).click();
    await message(hers, 'Who is there?').waitFor();
    await write(hers, 'Me!');
    await message(mine, 'Me!').waitFor();
    expect(await message(hers, 'Saved as feedback.').count()).toBe(0);
    await keepScreenshot(page, 'side-by-side');
    await page.getByRole('button', { name: 'Close the column of Mara Staff' }).click();
    await hers.waitFor({ state: 'detached' });
  });

  test('the staff panel breaks requests on purpose, and logs them', async () => {
    await page.getByRole('button', { name: 'Staff panel', exact: true }).click();
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByRole('combobox', { name: 'What' }).selectOption('Sending messages');
    await page
      .getByRole('combobox', { name: 'How', exact: true })
      .selectOption('Error 403, missing permissions');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.getByRole('list', { name: 'Active faults' }).getByText('Error 403 (50013)').waitFor();
    await keepScreenshot(page, 'faults');
    const { client } = setting().bot;
    const help = client.channels.cache.find((channel) => 'name' in channel && channel.name === 'help');
    if (help?.isSendable()) await expect(help.send('Hello')).rejects.toMatchObject({ code: 50013 });
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.getByRole('cell', { name: '403 50013' }).waitFor();
    await keepScreenshot(page, 'requests');
    await page.getByRole('button', { name: 'Close the staff panel' }).click();
  });

  test('who leaves keeps their direct messages, and can come back', async () => {
    await page.getByRole('button', { name: /^Your profile/ }).click();
    await page.getByRole('menuitem', { name: 'Leave server' }).click();
    await page.getByText(`${name} is not in TiXL Community any more.`).waitFor();
    await page.getByRole('button', { name: 'Direct messages' }).click();
    await message(page, 'You are a developer now.').waitFor();
    await page.getByRole('button', { name: 'Join again' }).click();
    await page.getByText(`${name} is not in TiXL Community any more.`).waitFor({ state: 'detached' });
  });

  test('the browser had nothing to complain of', () => {
    expect(problems).toEqual([]);
  });
});
