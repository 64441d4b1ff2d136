// The page of the local platforms in a real browser: what people see of posts, and the switches for what goes wrong.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCanvas } from '@napi-rs/canvas';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { SocialState } from '../../sandbox/social/state.ts';
import { temporaryFolder } from '../support/folder.ts';
import { consentToLinkedin } from '../support/local-consent.ts';
import { findChromium, keepScreenshot, launchBrowser } from './page/browser.ts';

const PAGE = 'urn:li:organization:5515715';
const VERSION = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 7).replace('-', '');
const LONG = `TiXL 4.1 \\(beta\\) is out. ${'It draws twice as many particles in half the time. '.repeat(6)}Read more: https://tixl.app/blog/version-4-1-is-out-with-a-long-address {hashtag|\\#|TiXL}`;
const HOSTILE = '<script>alert(1)</script> "quoted" & <b>bold</b>';

const describeIfPossible = findChromium() ? describe : describe.skip;
if (!findChromium() && process.env.CI === 'true')
  test('a Chromium is there on CI', () => {
    throw new Error('No Chromium was found. Name one by CHROMIUM.');
  });

describeIfPossible('The page of the local platforms', () => {
  let browser: Browser;
  let platforms: LocalPlatforms;
  let token: string;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    folder = await temporaryFolder();
    const stateFile = join(folder.path, 'platforms.json');
    keepEarlierPosts(stateFile);
    platforms = await startLocalPlatforms({ consent: 'given', stateFile });
    token = (await consentToLinkedin(platforms)).access_token;
  });
  afterAll(async () => {
    await browser?.close();
    await platforms?.stop();
    await folder?.remove();
  });

  const ask = (path: string, body: unknown, method = 'POST') =>
    fetch(path.startsWith('http') ? path : `${platforms.url}/linkedin${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'linkedin-version': VERSION,
        'x-restli-protocol-version': '2.0.0',
        'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json',
      },
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
  const publish = (commentary: string, more: object = {}) =>
    ask('/rest/posts', {
      author: PAGE,
      commentary,
      visibility: 'PUBLIC',
      distribution: { feedDistribution: 'MAIN_FEED' },
      lifecycleState: 'PUBLISHED',
      ...more,
    });

  async function publishPicture(commentary: string): Promise<void> {
    const begun = await ask('/rest/images?action=initializeUpload', {
      initializeUploadRequest: { owner: PAGE },
    });
    const { value } = (await begun.json()) as { value: { uploadUrl: string; image: string } };
    await ask(value.uploadUrl, picture(), 'PUT');
    await publish(commentary, { content: { media: { id: value.image } } });
  }

  async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      colorScheme: 'light',
      ...options,
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(`${platforms.url}${path}`);
    return page;
  }
  const column = (page: Page) => page.getByRole('region', { name: 'LinkedIn' });

  test('shows a post soon after it is published, with its picture, and the rest of it on demand', async () => {
    const page = await visit('/');
    await column(page).getByText('Nothing is published yet.').waitFor();
    await publish(LONG);
    await publishPicture('A picture \\(of\\) particles {hashtag|\\#|TiXL}');
    await column(page).getByText('2 posts').waitFor();
    const cards = column(page).getByRole('article');
    expect(await cards.count()).toBe(2);
    // The newest is first.
    await cards.nth(0).getByText('A picture (of) particles').waitFor();
    await page.waitForFunction(`document.querySelector('.card.linkedin img')?.naturalWidth === 640`);
    const link = cards.nth(1).getByRole('link', { name: /^tixl\.app\/blog/ });
    expect(await link.isVisible()).toBe(false);
    await cards.nth(1).getByText('…see more').click();
    expect(await link.getAttribute('href')).toBe(
      'https://tixl.app/blog/version-4-1-is-out-with-a-long-address',
    );
    expect(await link.isVisible()).toBe(true);
    await platforms.control.setFigures({
      platform: 'linkedin',
      id: (await cards.nth(1).getAttribute('id')) ?? '',
      figures: { likes: 12, comments: 1, shares: 0 },
    });
    await cards.nth(1).getByText('12 reactions · 1 comment · 0 reposts').waitFor();
    // Who reads it is not interrupted.
    expect(await link.isVisible()).toBe(true);
    await keepScreenshot(page, 'platforms');
  });

  test('shows posts of each platform as people know them from there', async () => {
    const figures = { likes: 1, shares: 2, comments: 3 };
    await platforms.control.setFigures({ platform: 'x', id: '1001', figures });
    await platforms.control.setFigures({ platform: 'youtube', id: 'abcdefghijk', figures });
    const page = await visit('/');
    const tweet = page.getByRole('region', { name: 'X', exact: true }).getByRole('article');
    await tweet.getByText('@tixl_local').waitFor();
    expect(await tweet.getByRole('link').getAttribute('href')).toBe('https://tixl.app/blog/version-4-1');
    await tweet.getByText('Video, 3.4 MB').waitFor();
    await tweet.getByText('3 replies · 2 reposts · 1 like').waitFor();
    const video = page.getByRole('region', { name: 'YouTube' }).getByRole('article');
    await video.getByRole('heading', { name: 'TiXL 4.1: particles in depth' }).waitFor();
    await video.getByText('unlisted').waitFor();
    await video.getByText('1 like · 3 comments').waitFor();
    await video.getByText('Edited').waitFor();
  });

  test('shows what anybody writes as text', async () => {
    await publish(HOSTILE.replace(/[<>()]/g, '\\$&'));
    const page = await visit('/timeline/linkedin');
    await column(page).getByText(HOSTILE).waitFor();
  });

  test('a post has an address, which leads to it', async () => {
    const { posts } = await platforms.control.getPosts({ platform: 'linkedin' });
    const page = await visit('/');
    await page.goto(posts[0]?.url ?? '');
    expect(new URL(page.url()).pathname).toBe('/timeline/linkedin');
    expect(await page.evaluate('document.querySelector(":target")?.id')).toBe(posts[0]?.id);
  });

  test('a fault is set, happens so often, and can be cleared', async () => {
    const page = await visit('/');
    await column(page).getByText('Faults and tokens').click();
    await column(page).getByLabel('What').selectOption('503: out of order');
    await column(page).getByLabel('Times').fill('2');
    await column(page).getByRole('button', { name: 'Set' }).click();
    await column(page).getByText('Publishing: 503: out of order, 2 times').waitFor();
    expect((await publish('Refused')).status).toBe(503);
    await column(page).getByText('Publishing: 503: out of order, 1 time').waitFor();
    await column(page).getByText('Faults and tokens').click();
    await keepScreenshot(page, 'platforms-faults');
    await column(page).getByRole('button', { name: 'Clear the faults of LinkedIn' }).click();
    await column(page).getByText('No faults are set.').waitFor();
    expect((await publish('Taken')).status).toBe(201);
  });

  test('a limit lasts as long as it was set', async () => {
    const page = await visit('/timeline/linkedin');
    await column(page).getByText('Faults and tokens').click();
    await column(page).getByLabel('A limit ends after (s)').fill('90');
    await column(page).getByRole('button', { name: 'Set' }).click();
    await column(page).getByText('429: limit reached for 90 s, 1 time').waitFor();
    expect(new URL(page.url()).pathname).toBe('/timeline/linkedin');
    expect(await platforms.control.getFaults({})).toEqual({
      rules: [
        {
          platform: 'linkedin',
          on: 'publish',
          times: 1,
          fault: { kind: 'rate limit', resetAfterMs: 90_000 },
        },
      ],
    });
    await platforms.control.setFaults({ rules: [] });
  });

  test('tokens expire, consent is revoked, and the next one is asked for', async () => {
    const page = await visit('/');
    await column(page).getByText('Faults and tokens').click();
    await column(page).getByRole('button', { name: 'Expire the tokens of LinkedIn' }).click();
    await column(page).getByText('Faults and tokens').waitFor();
    expect((await publish('Not any more')).status).toBe(401);
    await column(page).getByText('Faults and tokens').click();
    await column(page).getByRole('button', { name: 'Revoke the consent of LinkedIn' }).click();
    await page.getByLabel('Consent').selectOption('Ask');
    await page.getByRole('button', { name: 'Set', exact: true }).first().click();
    expect(await platforms.control.getConsent({})).toEqual({ mode: 'ask' });
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: platforms.clients.linkedin?.id ?? '',
      redirect_uri: `${platforms.url}/`,
      scope: 'w_organization_social r_organization_social',
    });
    await page.goto(`${platforms.url}/linkedin/oauth/v2/authorization?${query}`);
    await page.getByText('w_organization_social').waitFor();
    await keepScreenshot(page, 'platforms-consent');
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL(/code=/);
  });

  test('reads well in the dark, on a phone, and with a screen reader', async () => {
    for (const options of [{}, { colorScheme: 'dark' }, { viewport: { width: 390, height: 844 } }] as const) {
      const page = await visit('/', options);
      await page.getByRole('heading', { level: 1, name: 'Local platforms' }).waitFor();
      const name = 'colorScheme' in options ? 'dark' : 'viewport' in options ? 'phone' : 'light';
      await keepScreenshot(page, `platforms-${name}`);
      await column(page).getByText('Faults and tokens').click();
      expect(await seriousViolations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }
  });

  test('works without scripts', async () => {
    const page = await visit('/', { javaScriptEnabled: false });
    await column(page).getByText('Faults and tokens').click();
    await column(page).getByRole('button', { name: 'Set' }).click();
    await column(page).getByText('429: limit reached').first().waitFor();
  });

  test.each([
    ['/timeline/orkut', undefined, 404],
    ['/pictures/linkedin/none', undefined, 404],
    [
      '/switches/fault',
      { platform: 'linkedin', on: 'publish', fault: 'limit', times: '0', seconds: '1' },
      400,
    ],
    ['/switches/revoke', { platform: 'orkut' }, 400],
  ])('%s is refused', async (path, form, status) => {
    const init = form && { method: 'POST', body: new URLSearchParams(form) };
    expect((await fetch(`${platforms.url}${path}`, init)).status).toBe(status);
  });

  test('forms lead to no other place', async () => {
    const response = await fetch(`${platforms.url}/switches/consent`, {
      method: 'POST',
      body: new URLSearchParams({ mode: 'given', back: 'https://example.org/' }),
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
  });

  test('the browser had nothing to complain of', () => {
    expect(problems).toEqual([]);
  });
});

/** Writes the state of local platforms on which something was published before. */
function keepEarlierPosts(file: string): void {
  const state = new SocialState(file);
  const at = Date.parse('2026-11-20T09:30:00Z');
  const post = { title: '', at, edits: 0, isDeleted: false, more: {} };
  state.platform('x').posts.push({
    ...post,
    id: '1001',
    url: '',
    accountId: '1',
    text: 'TiXL 4.1 is out, with thanks to @mona! https://tixl.app/blog/version-4-1 #TiXL #vj',
    media: [{ kind: 'video', bytes: 3_400_000, digest: '' }],
  });
  state.platform('youtube').posts.push({
    ...post,
    id: 'abcdefghijk',
    url: '',
    accountId: '1',
    title: 'TiXL 4.1: particles in depth',
    text: 'A tour through the new nodes, with the files of all examples.\n\nhttps://tixl.app/examples',
    media: [{ kind: 'video', bytes: 48_000_000, digest: '' }],
    edits: 1,
    more: { privacyStatus: 'unlisted' },
  });
  state.save();
}

/** A picture with something to see on it. */
function picture(): Buffer {
  const canvas = createCanvas(640, 360);
  const context = canvas.getContext('2d');
  context.fillStyle = '#14213d';
  context.fillRect(0, 0, 640, 360);
  for (let number = 0; number < 400; number += 1) {
    context.fillStyle = `hsl(${(number * 37) % 360} 80% 60%)`;
    context.fillRect((number * 97) % 640, (number * 61) % 360, 6, 6);
  }
  return canvas.toBuffer('image/png');
}

/** What axe-core finds that keeps people from using the page. */
async function seriousViolations(page: Page): Promise<object[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as axe.AxeResults;
  return found.violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map(({ html }) => html.slice(0, 160)),
  }));
}
