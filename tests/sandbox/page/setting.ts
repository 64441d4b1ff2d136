// What every test of the page needs: a local Discord with its page, a bot in it, and a browser to look at it.
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { registerPage } from '../../../sandbox/page/serve.ts';
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from '../../../sandbox/start.ts';
import { findChromium, launchBrowser } from './browser.ts';
import { type GreeterBot, startGreeterBot } from './greeter-bot.ts';

/** What runs while the tests of a `describeInBrowser` do. */
export interface Setting {
  browser: Browser;
  discord: LocalDiscord;
  bot: GreeterBot;
}

// Long enough for a busy machine, short enough to wait for.
const FIRST_ANSWER_MS = 1_500;

/**
 * Describes behaviour in a real browser. Without one the tests are reported as skipped; on CI they fail.
 * @param name what is described
 * @param options of the local Discord
 * @param body defines the tests; `setting()` may be called within them
 */
export function describeInBrowser(
  name: string,
  options: LocalDiscordOptions,
  body: (setting: () => Setting) => void,
): void {
  if (!findChromium() && process.env.CI === 'true') {
    test(`${name}: a Chromium is there on CI`, () => {
      throw new Error('No Chromium was found. Name one by CHROMIUM.');
    });
    return;
  }
  const describeIfPossible = findChromium() ? describe : describe.skip;
  describeIfPossible(name, () => {
    const started: Partial<Setting> = {};
    beforeAll(async () => {
      started.browser = await launchBrowser();
      started.discord = await startLocalDiscord({
        registerPage,
        ...options,
        limits: { firstAnswerMs: FIRST_ANSWER_MS, ...options.limits },
      });
      started.bot = await startGreeterBot(started.discord);
    });
    afterAll(async () => {
      await started.bot?.stop();
      await started.browser?.close();
      await started.discord?.stop();
    });
    body(() => complete(started));
  });
}

function complete({ browser, discord, bot }: Partial<Setting>): Setting {
  if (!browser || !discord || !bot) throw new Error('The setting is not up yet.');
  return { browser, discord, bot };
}

/**
 * Finds a message, as a screen reader names it: by its author and text.
 * @param within the page, or one column of it
 * @param text what is written in it, or the title of its embed
 * @returns the message
 */
export function message(within: Page | Locator, text: string | RegExp): Locator {
  return within.getByRole('article', { name: text });
}

/**
 * Goes to a channel.
 * @param within the page, or one column of it
 * @param name the channel's name
 */
export async function openChannel(within: Page | Locator, name: string): Promise<void> {
  await within.getByRole('button', { name: new RegExp(`^${name} .*channel`) }).click();
  await within.getByRole('heading', { level: 2, name }).waitFor();
}

/**
 * Writes a message where one is.
 * @param within the page, or one column of it
 * @param text what
 */
export async function write(within: Page | Locator, text: string): Promise<void> {
  const composer = within.getByRole('textbox', { name: /^Message / });
  await composer.fill(text);
  await composer.press('Enter');
}
