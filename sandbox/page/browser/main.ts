// The page's entry: connects to the local Discord, and draws what the store holds whenever it changes.
import { render } from 'lit';
import { connect } from './store/live.ts';
import { onChange, state, update } from './store/store.ts';
import { page } from './views/page.ts';
import { themeComponents } from './views/skyra.ts';

const TICK_MS = 15_000;

const root = document.querySelector<HTMLElement>('#page');
if (!root) throw new Error('The page has no element to draw in.');

themeComponents();
onChange(() => {
  document.documentElement.dataset.theme = state.theme;
  render(page(state), root);
});
connect();

// Relative times and "is typing" go stale without an event.
setInterval(
  () =>
    update(() => {
      state.now = Date.now();
    }),
  TICK_MS,
);
