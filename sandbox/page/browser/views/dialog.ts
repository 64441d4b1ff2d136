// The frame of a dialog: the browser's own, which keeps the keyboard inside and closes by Escape.
import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { state } from '../store/store.ts';
import { rememberFocus } from './focus.ts';
import { icon } from './icons.ts';

/** What a dialog is made of. */
export interface DialogFrame {
  title: string;
  /** Below the title. */
  note?: unknown;
  content: unknown;
  /** The buttons, from left to right. */
  actions: unknown;
  onSubmit: (form: HTMLFormElement) => void;
  onClose: () => void;
  size?: 'small' | 'large';
}

/**
 * Draws a dialog.
 * @param frame what it is made of
 * @returns the dialog, opened over everything else
 */
export function dialogView({
  title,
  note,
  content,
  actions,
  onSubmit,
  onClose,
  size,
}: DialogFrame): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    onSubmit(event.currentTarget as HTMLFormElement);
  };
  const cancel = (event: Event) => {
    event.preventDefault();
    onClose();
  };
  const outside = (event: Event) => event.target === event.currentTarget && onClose();
  return html`
    <dialog class="dialog ${size ?? 'small'}" aria-labelledby="dialog-title" @cancel=${cancel} @mousedown=${outside} ${ref(open)}>
      <form method="dialog" novalidate @submit=${submit}>
        <header>
          <h2 id="dialog-title">${title}</h2>
          <button type="button" class="plain-icon" aria-label="Close" @click=${onClose}>${icon('close')}</button>
          ${note ? html`<p class="dialog-note">${note}</p>` : ''}
        </header>
        <div class="dialog-content">${content}</div>
        ${problemLine()}
        <footer>${actions}</footer>
      </form>
    </dialog>
  `;
}

/** Notices lie below a dialog, so why something was refused is said in the dialog itself. */
function problemLine(): TemplateResult | string {
  const problem = state.toasts.findLast((toast) => toast.tone === 'problem');
  return problem ? html`<p class="field-error dialog-problem" role="alert">${problem.text}</p>` : '';
}

function open(element: Element | undefined): void {
  if (!(element instanceof HTMLDialogElement) || element.open) return;
  // It must be on the page first, and its fields in it.
  requestAnimationFrame(() => {
    if (!element.isConnected || element.open) return;
    rememberFocus();
    element.showModal();
    element
      .querySelector<HTMLElement>('.dialog-content :is(input, textarea, select, .select-button)')
      ?.focus();
  });
}

/**
 * Draws a field with its label.
 * @param label what is asked for
 * @param input the input, with `name`
 * @param help below it
 * @returns the field
 */
export function field(label: string, input: unknown, help?: unknown): TemplateResult {
  return html`<label class="field"><span class="field-label">${label}</span>${input}${help ? html`<small>${help}</small>` : ''}</label>`;
}

/**
 * Reads a text field of a form.
 * @param form the form
 * @param name the field's name
 * @returns what stands in it, without spaces around
 */
export function textIn(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? '').trim();
}
