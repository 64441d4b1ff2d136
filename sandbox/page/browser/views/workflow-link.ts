// Links to the Temporal UI.
import { html, nothing, type TemplateResult } from 'lit';
import type { Settings } from '../../../control/api.ts';
import { safeAddress } from '../text/markdown.ts';
import { icon } from './icons.ts';

/** What a link leads to: the workflows of a member, of an event, or of anything else with an id. */
export type WorkflowOf = { member: string } | { event: string } | { id: string };

/**
 * Fills in the address of the workflows of something.
 * @param template an address with `{member}`, `{event}` or `{id}` in it; null when nothing serves them
 * @param of what; percent-encoded in the address
 * @returns the address, or null when there is none
 */
export function workflowAddress(template: string | null | undefined, of: WorkflowOf): string | null {
  if (!template) return null;
  const [[name, value] = ['id', '']] = Object.entries(of);
  const names = [`{${name}}`, '{id}'];
  const placeholder = names.find((candidate) => template.includes(candidate));
  return safeAddress(placeholder ? template.replaceAll(placeholder, encodeURIComponent(value)) : null);
}

/**
 * Draws a link to the workflows of something.
 * @param settings where the Temporal UI is
 * @param of what
 * @returns the link; nothing where there is no Temporal UI
 */
export function workflowLink(settings: Settings | null, of: WorkflowOf): TemplateResult | typeof nothing {
  const address = workflowAddress(settings?.workflowUrl, of);
  if (!address) return nothing;
  return html`<a class="workflow-link" href=${address} target="_blank" rel="noopener">${icon('link')} Workflow</a>`;
}
