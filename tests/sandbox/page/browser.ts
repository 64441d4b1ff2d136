// A real browser for the tests of the page.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Finds a Chromium: the one that `CHROMIUM` names, or one in the usual places.
 * @returns its path, or null
 */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM;
  return [...(named ? [named] : []), ...CANDIDATES].find((path) => existsSync(path)) ?? null;
}

/**
 * Starts a browser.
 * @returns the browser
 * @throws Error when there is none on this machine
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium was found. Name one by CHROMIUM.');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A visit to the page, with whatever the browser complained of. */
export interface Visit {
  page: Page;
  problems: string[];
}

/**
 * Visits the page for the first time, as somebody with an empty browser does.
 * @param browser the browser
 * @param url where the local Discord is
 * @param options viewport and the like
 * @returns the page, once it shows the guild
 */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(url);
  await page
    .getByRole('button', { name: /^Acting as/ })
    .first()
    .waitFor();
  return { page, problems };
}

const ROOT = join(import.meta.dirname, '../../..');

/**
 * Keeps what the page looks like, for people to look at, where `SCREENSHOTS` is set: drawing it takes long without a screen.
 * @param page the page
 * @param name what it shows
 */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS) await screenshot(page, join(ROOT, 'artefacts', `page-${name}.png`));
}

/**
 * Keeps the picture that the README shows; in its place when `README_IMAGE` is set, otherwise to look at.
 * @param page the page
 */
export async function keepReadmeImage(page: Page): Promise<void> {
  const inPlace = join(ROOT, 'docs', 'images', 'local-discord.png');
  if (process.env.README_IMAGE) await screenshot(page, inPlace);
  else await keepScreenshot(page, 'readme');
}

async function screenshot(page: Page, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
}
