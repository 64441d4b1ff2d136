// The page on a phone, by light, by keyboard alone, with a screen reader's eyes, in a crowd, and after a restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { registerPage } from '../../sandbox/page/serve.ts';
import { startLocalDiscord } from '../../sandbox/start.ts';
import { keepScreenshot, visit } from './page/browser.ts';
import { message, openChannel, write } from './page/person.ts';
import { describeInBrowser } from './page/setting.ts';

describeInBrowser("The local Discord's page", { limitMode: 'off' }, (setting) => {
  const visitPage = (options = {}) => visit(setting().browser, setting().discord.url, options);

  test('on a phone channels and members slide in', async () => {
    const { page, problems } = await visitPage({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await keepScreenshot(page, 'phone-first-visit');
    await page.getByRole('button', { name: 'Close the first steps' }).click();
    await page.getByRole('button', { name: 'Show channels' }).click();
    await keepScreenshot(page, 'phone-channels');
    await openChannel(page, 'general');
    await write(page, 'Hello from my phone');
    await message(page, 'Hello from my phone').waitFor();
    await page.getByRole('button', { name: 'Show members' }).click();
    await page.getByRole('complementary', { name: 'Members' }).getByText('Mara Staff').waitFor();
    await page.keyboard.press('Escape');
    await keepScreenshot(page, 'phone');
    const { sideways } = (await page.evaluate(
      `({ sideways: document.documentElement.scrollWidth - innerWidth })`,
    )) as { sideways: number };
    expect(sideways).toBe(0);
    expect(problems).toEqual([]);
  });

  test('the theme follows the system, can be switched, and is remembered', async () => {
    const { page } = await visitPage({ colorScheme: 'light' });
    const background = () =>
      page.evaluate('getComputedStyle(document.querySelector(".middle")).backgroundColor');
    expect(await background()).toBe('rgb(255, 255, 255)');
    await keepScreenshot(page, 'light');
    await page.getByRole('button', { name: 'Theme: as the system' }).click();
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor();
    expect(await background()).toBe('rgb(49, 51, 56)');
    await page.reload();
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor();
    expect(await background()).toBe('rgb(49, 51, 56)');
  });

  test('everything on the way from joining to writing can be done by keyboard', async () => {
    const { page } = await visitPage();
    await tabTo(page, 'Somebody joins');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Somebody joins' }).waitFor();
    await page.keyboard.type('Key Board');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Acting as Key Board. Switch member' }).waitFor();
    expect(await focusedName(page)).toBe('Somebody joins');
    await tabTo(page, /^general\s.*text channel/s);
    await page.keyboard.press('Enter');
    await tabTo(page, 'Message #general');
    await page.keyboard.type('No mouse was used');
    await page.keyboard.press('Enter');
    const written = message(page, 'No mouse was used');
    await written.waitFor();
    await tabBackTo(page, 'Key Board: No mouse was used');
    await tabTo(page, 'Add reaction');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Choose a reaction' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await written.getByRole('button', { name: '👍, 1 reaction' }).waitFor();
  });

  test('a dialog closes by Escape and gives the keyboard back', async () => {
    const { page } = await visitPage();
    await page.getByRole('button', { name: 'Somebody joins' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Somebody joins' });
    await dialog.getByLabel('Name').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction('document.activeElement.textContent.includes("Somebody joins")');
  });

  test.each(['dark', 'light'] as const)(
    'nothing stands in the way of assistive technology (%s)',
    async (colorScheme) => {
      const { discord } = setting();
      const { page } = await visitPage({ colorScheme });
      expect(await seriousViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Join as a new member' }).click();
      await message(page, 'Welcome to TiXL!').first().waitFor();
      await openChannel(page, 'general');
      await write(page, '# All of it\n**bold** `code` ||spoiler|| <t:1790000000:R>\n> quote\n- list');
      await message(page, 'All of it').last().waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await page.getByRole('button', { name: /new from TiXL/ }).click();
      await page.getByRole('button', { name: 'What do you do?' }).click();
      await page.getByRole('option', { name: /Developer/ }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Introduce yourself' }).click();
      await page.getByRole('dialog', { name: 'Introduce yourself' }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Staff panel', exact: true }).click();
      for (const tab of ['Workflows', 'Faults', 'Requests']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await seriousViolations(page)).toEqual([]);
      }
      expect((await discord.control.getFaults({})).rules).toEqual([]);
    },
  );

  test('whatever people write and call themselves stays text', async () => {
    const { discord } = setting();
    const { control } = discord;
    const name = '<img src=x onerror=alert(1)>';
    const { members } = await control.join({ names: [name] });
    const { channels } = await control.getState();
    const general = channels.find((channel) => channel.name === 'general')?.id ?? '';
    const memberId = members[0]?.member.user.id ?? '';
    const { page, problems } = await visitPage();
    let alerted = false;
    page.on('dialog', (dialog) => {
      alerted = true;
      void dialog.dismiss();
    });
    await openChannel(page, 'general');
    const texts = [
      '<script>alert(1)</script>',
      '[click me](javascript:alert(1)) and javascript:alert(1)',
      '@everyone \u202Ethgir ot tfel\u202C Z\u0351\u036B\u0343A\u0334\u0335\u031CL\u0320\u0368G\u033B\u0348O\u0321',
      `${'**'.repeat(500)}deep${'||'.repeat(300)}`,
    ];
    for (const content of texts) await control.write({ memberId, channelId: general, content });
    const script = message(page, '<script>alert(1)</script>');
    await script.waitFor();
    await script.getByText(name).first().waitFor();
    await message(page, 'deep').first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    expect(alerted).toBe(false);
    expect(problems).toEqual([]);
  });

  test('times are those of the zone of whoever looks', async () => {
    const { page } = await visitPage({ timezoneId: 'Asia/Tokyo', locale: 'en-GB' });
    await openChannel(page, 'help');
    await write(page, 'We meet at <t:1790000000:t>');
    const time = new Intl.DateTimeFormat('en-GB', {
      hour: 'numeric',
      minute: '2-digit',
      timeZone: 'Asia/Tokyo',
    });
    await page.getByText(`We meet at ${time.format(1_790_000_000_000)}`).waitFor();
  });

  test('a long history loads as one scrolls up, and what is read stays in its place', async () => {
    const { control } = setting().discord;
    const { guild, channels } = await control.getState();
    const channelId = channels.find((channel) => channel.name === 'showcase')?.id ?? '';
    for (let number = 1; number <= 120; number += 1) {
      await control.write({ memberId: guild.owner_id, channelId, content: `Work number ${number}.` });
    }
    const { page } = await visitPage();
    await openChannel(page, 'showcase');
    await message(page, 'Work number 120.').waitFor();
    const list = page.locator('.messages');
    const oldest = message(page, 'Work number 71.');
    await oldest.scrollIntoViewIfNeeded();
    await message(page, 'Work number 40.').waitFor({ state: 'attached' });
    const box = await oldest.boundingBox();
    expect(box && box.y > 0 && box.y < 900).toBe(true);
    await list.evaluate((element) => element.scrollTo(0, 0));
    await message(page, 'Work number 1.').waitFor({ state: 'attached' });
  });

  test('five thousand members are listed in part, and all of them found', async () => {
    const { control } = setting().discord;
    const { page } = await visitPage();
    await control.fill({ members: 5_000, seed: 7 });
    await control.join({ names: ['Needle Haystack'] });
    const list = page.getByRole('complementary', { name: 'Members' });
    await list.getByText(/more\. Search to find them\./).waitFor();
    expect(await list.getByRole('listitem').count()).toBeLessThanOrEqual(120);
    await list.getByRole('searchbox').fill('needle');
    await list.getByRole('button', { name: 'Needle Haystack' }).waitFor();
  });
});

describeInBrowser('After a restart of the local Discord', {}, (setting) => {
  test('the page says that it is away, comes back by itself, and shows what it missed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'local-discord-'));
    const options = { registerPage, stateFile: join(folder, 'state.json'), limitMode: 'off' as const };
    const first = await startLocalDiscord(options);
    const port = Number(new URL(first.url).port);
    const { page } = await visit(setting().browser, first.url);
    await openChannel(page, 'general');
    await write(page, 'Before the restart');
    await message(page, 'Before the restart').waitFor();
    await page.getByRole('textbox', { name: 'Message #general' }).fill('Half a sentence');
    await first.stop();
    await page.getByText('Trying to reach it…').waitFor();
    await keepScreenshot(page, 'away');
    const second = await startLocalDiscord({ ...options, port });
    try {
      await page.getByText('Trying to reach it…').waitFor({ state: 'detached' });
      const { guild, channels } = await second.control.getState();
      const channelId = channels.find((channel) => channel.name === 'general')?.id ?? '';
      await second.control.write({ memberId: guild.owner_id, channelId, content: 'After the restart' });
      await message(page, 'After the restart').waitFor();
      await message(page, 'Before the restart').waitFor();
      expect(await page.getByRole('textbox', { name: 'Message #general' }).inputValue()).toBe(
        'Half a sentence',
      );
    } finally {
      await second.stop();
      rmSync(folder, { recursive: true });
    }
  });
});

const MOST_TABS = 120;

/** Presses Tab until something of that name has the keyboard. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    const focused = await focusedName(page);
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The keyboard does not reach ${name}.`);
}

const tabBackTo = (page: Page, name: string | RegExp) => tabTo(page, name, 'Shift+Tab');

async function focusedName(page: Page): Promise<string> {
  const name = await page.evaluate(
    'document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent?.trim() ?? ""',
  );
  return String(name);
}

interface Violation {
  rule: string;
  where: string[];
}

/** Serious findings of axe-core, which stands in for the ears of somebody with a screen reader. */
async function seriousViolations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as axe.AxeResults;
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({
      rule: id,
      where: nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
    }));
}
