// Names in the colour of their role.
import { html, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';

/**
 * Draws a name.
 * @param name the name
 * @param color a CSS colour, or null for the ordinary one
 * @returns the name, kept apart from the direction of the text around it
 */
export function coloredName(name: string, color: string | null): TemplateResult {
  return html`<bdi class="colored-name" style=${styleMap(color ? { color } : {})}>${name}</bdi>`;
}
