// Short notices in a corner.
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Toast } from '../store/state.ts';
import { dismiss } from '../store/toasts.ts';
import { icon } from './icons.ts';

/**
 * Draws the notices.
 * @param toasts the notices
 * @returns them, the newest last
 */
export function toastsView(toasts: Toast[]): TemplateResult {
  return html`
    <div class="toasts" role="status" aria-live="polite">
      ${repeat(
        toasts,
        ({ id }) => id,
        (toast) => html`
          <div class="toast ${toast.tone}">
            ${icon(toast.tone === 'problem' ? 'warn' : 'check')} <span>${toast.text}</span>
            <button type="button" class="plain-icon" aria-label="Dismiss" @click=${() => dismiss(toast.id)}>${icon('close')}</button>
          </div>
        `,
      )}
    </div>
  `;
}
