// Emoji of buttons, options and answers.
import type { APIMessageComponentEmoji, APIPartialEmoji } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';

/**
 * Draws the emoji of a button or an option.
 * @param emoji the emoji, if there is one
 * @returns the emoji; a custom one by its name
 */
export function emojiText(
  emoji: APIMessageComponentEmoji | APIPartialEmoji | undefined,
): TemplateResult | typeof nothing {
  if (!emoji) return nothing;
  return html`<span class="emoji" aria-hidden="true">${emoji.id ? `:${emoji.name}:` : emoji.name}</span>`;
}
