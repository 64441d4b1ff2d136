// The page's entry: connects to the local Discord and draws what it knows.
import { html, render } from 'lit';

const root = document.querySelector<HTMLElement>('#page');
if (root) render(html`<p>Connecting to the local Discord…</p>`, root);
