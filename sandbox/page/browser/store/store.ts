// The page's one state, and the only way to change it.
import { readPreferences } from './preferences.ts';
import type { State } from './state.ts';

const preferences = readPreferences();

/** What the page knows. Read it anywhere; change it in `update` alone. */
export const state: State = {
  connection: 'connecting',
  settings: null,
  guild: null,
  columns: [],
  activeColumn: 0,
  histories: new Map(),
  viewers: new Map(),
  interactions: new Map(),
  commandNames: new Map(),
  typing: new Map(),
  overlay: null,
  dialog: null,
  modals: [],
  openSelect: null,
  toasts: [],
  theme: preferences.theme,
  firstStep: preferences.firstStepsSeen ? null : 0,
  staffPanel: { open: false, tab: 'workflows', search: '', failedOnly: false },
  requests: [],
  faults: { rules: [], awayUntil: null },
  limits: null,
  now: Date.now(),
  announcement: '',
};

let draw: () => void = () => undefined;
let scheduled = false;

/**
 * Says what draws the page.
 * @param drawing called at most once a frame after changes
 */
export function onChange(drawing: () => void): void {
  draw = drawing;
  schedule();
}

/**
 * Changes the state; the page is drawn with the next frame.
 * @param change makes the changes
 */
export function update(change: (state: State) => void): void {
  change(state);
  schedule();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  // A hidden tab gets no frames, but must not fall behind either.
  const next = document.hidden ? (callback: () => void) => setTimeout(callback, 100) : requestAnimationFrame;
  next(() => {
    scheduled = false;
    draw();
  });
}
