// A small choice of emoji.
import { html, nothing, type TemplateResult } from 'lit';
import { toggleReaction } from '../actions/writing.ts';
import { columnById, draftOf, updateDraft } from '../store/columns.ts';
import { historyKey, type Overlay } from '../store/state.ts';
import { state } from '../store/store.ts';
import { EMOJI, type Emoji } from './emoji.ts';
import { focusComposer } from './message-toolbar.ts';
import { closeOverlay, popover } from './overlay.ts';

type Picking = Extract<Overlay, { kind: 'react' | 'insert-emoji' }>;

/**
 * Draws the picker.
 * @param overlay what the emoji is for
 * @returns a search and a grid of emoji
 */
export function emojiPicker(overlay: Picking): TemplateResult {
  const type = (event: Event) => {
    const search = (event.target as HTMLInputElement).value.trim().toLowerCase();
    const grid = (event.target as HTMLElement).closest('.emoji-picker');
    for (const button of grid?.querySelectorAll<HTMLElement>('[data-names]') ?? []) {
      button.hidden = !button.dataset.names?.includes(search);
    }
  };
  return popover(
    overlay.anchor,
    overlay.kind === 'react' ? 'Choose a reaction' : 'Choose an emoji',
    'dialog',
    html`
      <div class="emoji-picker" @keydown=${moveInGrid}>
        <label class="search"><input type="search" placeholder="Search emoji" aria-label="Search emoji" @input=${type} /></label>
        <div class="emoji-grid">${EMOJI.map((emoji) => emojiButton(emoji, overlay))}</div>
      </div>
    `,
  );
}

const PER_ROW = 8;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -PER_ROW, ArrowDown: PER_ROW };

function moveInGrid(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const grid = event.currentTarget as HTMLElement;
  if (step === undefined) return;
  const buttons = [...grid.querySelectorAll<HTMLElement>('[data-names]:not([hidden])')];
  const current = buttons.indexOf(document.activeElement as HTMLElement);
  if (current < 0 && event.key !== 'ArrowDown') return;
  event.preventDefault();
  buttons[current < 0 ? 0 : Math.max(0, Math.min(buttons.length - 1, current + step))]?.focus();
}

function emojiButton({ emoji, names }: Emoji, overlay: Picking): TemplateResult {
  return html`<button type="button" class="emoji-button" title=":${names[0]}:" aria-label=${names[0] ?? nothing}
    data-names=${names.join(' ')} @click=${() => pick(emoji, overlay)}>${emoji}</button>`;
}

function pick(emoji: string, overlay: Picking): void {
  closeOverlay();
  const column = columnById(overlay.columnId);
  if (!column) return;
  if (overlay.kind === 'insert-emoji') {
    updateDraft(column.id, { text: `${draftOf(column).text}${emoji}` });
    focusComposer(column.id);
    return;
  }
  const history = state.histories.get(historyKey(column.memberId, overlay.channelId));
  const viewed = history?.messages.find(({ message }) => message.id === overlay.messageId);
  const mine = viewed?.message.reactions?.find((reaction) => reaction.emoji.name === emoji)?.me ?? false;
  void toggleReaction(column.memberId, { channel_id: overlay.channelId, id: overlay.messageId }, emoji, mine);
}
