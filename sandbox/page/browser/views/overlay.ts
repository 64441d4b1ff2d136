// What opens at a point of the page and closes by Escape, by a click elsewhere, or when something was chosen.
import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Anchor, Dialog, Overlay } from '../store/state.ts';
import { state, update } from '../store/store.ts';
import { moveFocus, rememberFocus, returnFocus } from './focus.ts';

/**
 * Gives the place of what was clicked.
 * @param event a click or a key press
 * @returns where to open a menu
 */
export function anchorOf(event: Event): Anchor {
  const { left, top, bottom, right } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return { left, top, bottom, right };
}

/**
 * Opens an overlay; one that is open closes.
 * @param overlay what
 */
export function openOverlay(overlay: Overlay): void {
  rememberFocus();
  update(() => {
    state.overlay = overlay;
  });
}

/** Closes the overlay. */
export function closeOverlay(): void {
  if (!state.overlay) return;
  update(() => {
    state.overlay = null;
  });
  returnFocus();
}

/**
 * Opens a dialog; an overlay closes.
 * @param dialog what
 */
export function openDialog(dialog: Dialog): void {
  rememberFocus();
  update(() => {
    state.overlay = null;
    state.dialog = dialog;
  });
}

/** Closes the dialog. */
export function closeDialog(): void {
  update(() => {
    state.dialog = null;
  });
  returnFocus();
}

/**
 * Draws an overlay at its place.
 * @param anchor what it belongs to
 * @param label what it is called
 * @param role what it is
 * @param content what is in it
 * @returns the overlay
 */
export function popover(
  anchor: Anchor,
  label: string,
  role: 'menu' | 'dialog',
  content: unknown,
): TemplateResult {
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      closeOverlay();
    }
    if (role === 'menu') moveFocus(event, event.currentTarget as HTMLElement, '[role^=menuitem]');
    if (event.key === 'Tab') keepInside(event, event.currentTarget as HTMLElement);
  };
  return html`
    <div class="backdrop" @click=${closeOverlay} @contextmenu=${preventAndClose}></div>
    <div class="popover" role=${role} aria-label=${label} tabindex="-1" @keydown=${keys} ${ref((element) => place(element, anchor))}>
      ${content}
    </div>
  `;
}

function preventAndClose(event: Event): void {
  event.preventDefault();
  closeOverlay();
}

function keepInside(event: KeyboardEvent, container: HTMLElement): void {
  const stops = [
    ...container.querySelectorAll<HTMLElement>('button:not([disabled]):not([tabindex="-1"]), input, a[href]'),
  ];
  const first = stops[0];
  const last = stops.at(-1);
  const edge = event.shiftKey ? first : last;
  if (document.activeElement !== edge && stops.length > 1) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

const placed = new WeakSet<Element>();
const GAP = 6;
const MARGIN = 8;

function place(element: Element | undefined, anchor: Anchor): void {
  if (!(element instanceof HTMLElement) || placed.has(element)) return;
  placed.add(element);
  requestAnimationFrame(() => {
    const { width, height } = element.getBoundingClientRect();
    const below = anchor.bottom + GAP;
    const above = anchor.top - GAP - height;
    const top = below + height <= innerHeight - MARGIN || above < MARGIN ? below : above;
    element.style.left = `${clamp(anchor.left, innerWidth - width - MARGIN)}px`;
    element.style.top = `${clamp(top, innerHeight - height - MARGIN)}px`;
    element.classList.add('placed');
    const first = element.querySelector<HTMLElement>('[autofocus], input, [role^=menuitem], button');
    (first ?? element).focus();
  });
}

function clamp(value: number, most: number): number {
  return Math.max(MARGIN, Math.min(value, most));
}

/**
 * Draws one item of a menu.
 * @param label what it does
 * @param action does it; the menu closes first
 * @param tone whether it destroys something
 * @returns the item
 */
export function menuItem(
  label: unknown,
  action: () => void,
  tone: 'plain' | 'danger' = 'plain',
): TemplateResult {
  const choose = () => {
    closeOverlay();
    action();
  };
  return html`<button type="button" role="menuitem" class="menu-item ${tone}" tabindex="-1" @click=${choose}>${label}</button>`;
}
