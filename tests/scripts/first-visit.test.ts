import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { COMMUNITY_FILE } from '../../config/load.ts';
import { connectToLocalDiscord } from '../../sandbox/control/client.ts';
import {
  findChromium,
  keepReadmeImage,
  keepScreenshot,
  launchBrowser,
  visit,
} from '../sandbox/page/browser.ts';
import { message } from '../sandbox/page/person.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePorts, npmStart, type RunningStart } from '../support/npm-start.ts';
import { until } from '../support/wait.ts';

/** Without a browser these are reported as skipped; on CI that is a failure. */
const describeInBrowser = findChromium() === null && process.env.CI !== 'true' ? describe.skip : describe;

/** The tips of a quarter of an hour within seconds, and one that is still to come. */
const OVERLAY = `
onboarding:
  steps:
    - { name: guide, after: 8s }
    - { name: roles, after: 10s }
    - { name: topics, after: 11s }
    - { name: introduction, after: 1h }
    - { name: getting-started, after: 1h }`;

describeInBrowser('somebody who tries it for the first time', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let started: RunningStart;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const overlay = join(folder.path, 'overlay.yaml');
    await writeFile(overlay, OVERLAY);
    started = npmStart(folder.path, await freePorts(), {
      COMMUNITY_CONFIG: [COMMUNITY_FILE, overlay].join(','),
    });
    browser = await launchBrowser();
    await until(() => started.output().includes('Ready after'));
  });
  afterAll(async () => {
    await browser.close();
    started.child.kill('SIGINT');
    await started.ended;
    await folder.remove();
  });

  test('lets a member join and sees the welcome in #welcome and the role', async () => {
    const url = `http://127.0.0.1:${started.ports.localDiscord}`;
    ({ page } = await visit(browser, url, { locale: 'en-US', viewport: { width: 1440, height: 800 } }));
    await page.getByRole('button', { name: 'Close the first steps' }).click();
    await page.getByRole('button', { name: 'Somebody joins' }).click();
    await page.getByLabel('Name').fill('Ada Berg');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    const welcome = message(page, "Welcome to TiXL! 🎉 We're thrilled to have you here.");
    await welcome.getByText("We're excited to have you join us!").waitFor();
    await page.getByRole('button', { name: /^Your profile/ }).click();
    await page.getByRole('menu').getByText('Newcomer').waitFor();
    await page.keyboard.press('Escape');
  });

  test('finds the open workflow with its current step in the Temporal UI', async () => {
    const temporal = await browser.newPage();
    await temporal.goto(`http://127.0.0.1:${started.ports.temporalUi}/namespaces/tixl-community/workflows`);
    await temporal.locator('a[href*="onboarding"]').first().click();
    await temporal.getByText('until guide').first().waitFor();
    await keepScreenshot(temporal, 'temporal-ui');
    await temporal.close();
  });

  test('sees the first direct message, once, with the button that stops further ones', async () => {
    const control = localDiscord();
    await until(async () => (await control.getState()).dmChannels.length > 0);
    await page.getByRole('button', { name: /^Side by side/ }).click();
    await page.getByRole('option', { name: /Ada Berg/ }).click();
    await directMessages().getByRole('button', { name: 'Direct messages' }).click();
    const tip = message(directMessages(), 'Start your journey');
    await tip.getByRole('button', { name: 'Stop these tips' }).waitFor();
    expect(await tip.count()).toBe(1);
  });

  test('chooses to be a designer from the menu in a tip, and gets the roles and a personal welcome', async () => {
    const direct = directMessages();
    await message(direct, 'Choose your roles')
      .getByRole('button', { name: 'What describes you best?' })
      .click();
    await page.getByRole('option', { name: /Designer/ }).click();
    const welcome = message(direct, 'Welcome, Creative Mind!');
    await welcome.getByText('Share your designs, get inspiration').waitFor();
    await welcome.getByText('design-general').waitFor();
    const control = localDiscord();
    await until(async () => {
      const { guild, members } = await control.getState();
      const ada = members.find(({ member }) => member.user.global_name === 'Ada Berg')?.member;
      const roles = guild.roles.filter(({ id }) => ada?.roles.includes(id)).map(({ name }) => name);
      return ['Newcomer', 'Designer', 'Creative'].every((role) => roles.includes(role));
    });
  });

  test('presses a topic and is told where to go', async () => {
    const direct = directMessages();
    await direct.getByRole('button', { name: /Shaders and operators/ }).click();
    await direct.getByText('Shaders and operators: talk code in').waitFor();
    await page.mouse.move(0, 0);
    await keepReadmeImage(page);
    await keepScreenshot(page, 'onboarding');
  });

  test('stops the tips that are left', async () => {
    const direct = directMessages();
    await message(direct, 'Start your journey').getByRole('button', { name: 'Stop these tips' }).click();
    await direct.getByText('You will not get further tips. Have a good time with TiXL!').waitFor();
  });

  test("is not offered staff's commands; staff see where the onboarding stands", async () => {
    const left = page.getByRole('region', { name: 'Discord as Ada Berg sees it' }).first();
    await left.getByRole('textbox', { name: /^Message #/ }).fill('/');
    await page.getByRole('option', { name: /^\/roles/ }).waitFor();
    expect(await page.getByRole('option', { name: /^\/onboarding/ }).count()).toBe(0);
    await left.getByRole('textbox', { name: /^Message #/ }).fill('');
    await left.getByRole('button', { name: /^Acting as/ }).click();
    await page.getByRole('combobox', { name: 'Search by name' }).fill('Mara Staff');
    await page.keyboard.press('Enter');
    const staff = page.getByRole('region', { name: 'Discord as Mara Staff sees it' });
    await runStatus(staff);
    await message(staff, 'Onboarding').getByText('stopped').waitFor();
    await keepScreenshot(page, 'onboarding-status');
  });

  async function runStatus(column: Locator): Promise<void> {
    await column.getByRole('textbox', { name: /^Message #/ }).fill('/onboarding status');
    await page.getByRole('option', { name: /^\/onboarding status/ }).click();
    await column.getByRole('combobox', { name: 'member' }).fill('Ada');
    await page.getByRole('option', { name: /Ada Berg/ }).click();
    await column.getByRole('button', { name: 'Run' }).click();
  }

  const localDiscord = () => connectToLocalDiscord({ url: `http://127.0.0.1:${started.ports.localDiscord}` });

  /** The second column, which shows Ada's direct messages. */
  const directMessages = () => page.getByRole('region', { name: 'Discord as Ada Berg sees it' }).nth(1);
});
