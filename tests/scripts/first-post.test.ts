import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { connectToLocalPlatforms } from '../../sandbox/social/control.ts';
import { findChromium, keepScreenshot, launchBrowser, visit } from '../sandbox/page/browser.ts';
import { message, openChannel } from '../sandbox/page/person.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePorts, npmStart, type RunningStart } from '../support/npm-start.ts';
import { until } from '../support/wait.ts';

/** Without a browser these are reported as skipped; on CI that is a failure. */
const describeInBrowser = findChromium() === null && process.env.CI !== 'true' ? describe.skip : describe;

const TITLE = 'TiXL 4.1 is here';
const TEXT =
  'Faster rendering, a new timeline and forty fixes. We have worked on it for half a year with all of you: thank you! The new timeline lets you cut, move and stretch clips while everything keeps playing. Rendering takes half of the time on most graphics cards. Read what has changed, and tell us what you think of it.';
const REPAIRED = 'A new timeline and twice the speed: TiXL 4.1 (for professionals, too) is here.';

describeInBrowser('staff who write a post', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let started: RunningStart;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = await temporaryFolder();
    started = npmStart(folder.path, await freePorts(), {});
    browser = await launchBrowser();
    await until(() => started.output().includes('Ready after'));
    await platforms().setFaults({
      rules: [{ platform: 'linkedin', on: 'publish', times: 1, fault: { kind: 'duplicate' } }],
    });
  });
  afterAll(async () => {
    await browser.close();
    started.child.kill('SIGINT');
    await started.ended;
    await folder.remove();
  });

  test('are told at the start where posts go', () => {
    expect(started.output()).toContain('posts go to Discord, X, LinkedIn, YouTube, and GitHub');
  });

  test('see for each platform what will be posted, before anybody else does', async () => {
    const url = `http://127.0.0.1:${started.ports.localDiscord}`;
    ({ page } = await visit(browser, url, { locale: 'en-US', viewport: { width: 1440, height: 1100 } }));
    await page.getByRole('button', { name: 'Close the first steps' }).click();
    await page.getByRole('button', { name: /^Acting as/ }).click();
    await page.getByRole('combobox', { name: 'Search by name' }).fill('Mara Staff');
    await page.keyboard.press('Enter');
    await openChannel(page, 'staff');
    await page.getByRole('textbox', { name: /^Message #/ }).fill('/post create');
    await page.getByRole('option', { name: /^\/post create/ }).click();
    await page.getByRole('button', { name: '+ platforms' }).click();
    await page.getByRole('combobox', { name: 'platforms' }).fill('discord, x, linkedin, github');
    await page.getByRole('option', { name: /discord, x, linkedin, github/i }).click();
    await page.getByRole('button', { name: '+ link' }).click();
    await page.getByRole('textbox', { name: 'link' }).fill('https://tixl.app/news/4-1');
    await page.getByRole('button', { name: 'Run' }).click();
    await fillForm({ Title: TITLE, Text: TEXT, Hashtags: '#tixl #realtime #motiondesign #opensource' });
    const preview = message(page, 'Nobody else sees it yet');
    await preview.getByText('255 of 280 characters, 25 left').waitFor();
    await preview.getByText('This month $0.00 of $50.00 are spent').waitFor();
    await keepScreenshot(page, 'post-preview');
  });

  test('approve it, and find it on the platforms', async () => {
    await page.getByRole('button', { name: 'Approve' }).click();
    await until(async () => (await platforms().getPosts({ platform: 'x' })).posts.length === 1);
    const local = await browser.newPage();
    await local.goto(`http://127.0.0.1:${started.ports.localPlatforms}/`);
    await local.getByText('Faster rendering, a new timeline').waitFor();
    await keepScreenshot(local, 'post-on-platforms');
    await local.close();
  });

  test('are told why one platform refused it, and repair that one alone', async () => {
    const failure = page.getByRole('article').filter({ hasText: 'could not be published on LinkedIn' });
    await failure.getByText('LinkedIn takes the same text only once in a day').waitFor();
    await keepScreenshot(page, 'post-failed');
    await failure.getByRole('button', { name: 'Edit and retry' }).click();
    await fillForm({ Text: REPAIRED });
    await failure.getByText('LinkedIn: published after all').waitFor();
    await keepScreenshot(page, 'post-repaired');
    const { posts } = await platforms().getPosts({ platform: 'linkedin' });
    expect(posts.map(({ text }) => text)).toEqual([expect.stringContaining(REPAIRED)]);
    expect((await platforms().getPosts({ platform: 'x' })).posts).toHaveLength(1);
  });

  test('read with everybody else where it is', async () => {
    await openChannel(page, 'announcements');
    const crossPost = page.getByRole('article').filter({ hasText: 'is out. Where to find it:' });
    for (const name of ['Discord', 'X', 'LinkedIn', 'GitHub'])
      await crossPost.getByRole('link', { name, exact: true }).waitFor();
    await keepScreenshot(page, 'post-linked');
  });

  test('find its workflow in the Temporal UI, and one for each platform', async () => {
    const temporal = await browser.newPage();
    await temporal.goto(
      `http://127.0.0.1:${started.ports.temporalUi}/namespaces/tixl-community/workflows?query=Feature%3D%22delivery%22`,
    );
    await temporal.locator('a[href*="linkedin"]').first().waitFor();
    await keepScreenshot(temporal, 'post-in-temporal');
    await temporal.close();
  });

  const platforms = () => connectToLocalPlatforms(`http://127.0.0.1:${started.ports.localPlatforms}`);

  async function fillForm(values: Readonly<Record<string, string>>): Promise<void> {
    const form = page.getByRole('dialog');
    for (const [label, value] of Object.entries(values)) await form.getByLabel(label).fill(value);
    await form.getByRole('button', { name: 'Submit' }).click();
  }
});
