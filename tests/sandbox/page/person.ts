// What a person does on the page, by the names that a screen reader would say.
import type { Locator, Page } from 'playwright-core';

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
