// What every test of the page needs: a local Discord with its page, a bot in it, and a browser to look at it.
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
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
