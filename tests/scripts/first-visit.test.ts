import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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

describeInBrowser('somebody who tries it for the first time', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let started: RunningStart;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const overlay = join(folder.path, 'overlay.yaml');
    await writeFile(overlay, 'onboarding: { steps: [{ name: guide, after: 8s }] }');
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
    const control = connectToLocalDiscord({ url: `http://127.0.0.1:${started.ports.localDiscord}` });
    await until(async () => (await control.getState()).dmChannels.length > 0);
    await page.getByRole('button', { name: /^Side by side/ }).click();
    await page.getByRole('option', { name: /Ada Berg/ }).click();
    const columns = page.getByRole('region', { name: 'Discord as Ada Berg sees it' });
    await columns.nth(1).getByRole('button', { name: 'Direct messages' }).click();
    const tip = message(columns.nth(1), 'Start your journey');
    await tip.getByRole('button', { name: 'Stop these tips' }).waitFor();
    expect(await tip.count()).toBe(1);
    await page.mouse.move(0, 0);
    await keepReadmeImage(page);
    await tip.getByRole('button', { name: 'Stop these tips' }).click();
    await columns.nth(1).getByText('You will not get further tips. Have a good time with TiXL!').waitFor();
  });
});
