// The line at the very top. It belongs to the local Discord and not to Discord: let people join, look behind.
import { html, type TemplateResult } from 'lit';
import { openStaffPanel, setTheme, showFirstStep } from '../actions/page.ts';
import type { State, Theme } from '../store/state.ts';
import { type IconName, icon } from './icons.ts';
import { openDialog } from './overlay.ts';

/**
 * Draws the line.
 * @param state the state
 * @returns name, state of the connection, and what can be done here alone
 */
export function topBar(state: State): TemplateResult {
  return html`
    <header class="top-bar">
      <span class="brand"><svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" /><path d="M9 10h14v9H15l-4 4v-4H9z" /></svg>
        <h1>Local Discord</h1></span>
      ${connection(state)}
      <span class="spring"></span>
      <button type="button" class="bar-button strong" @click=${() => openDialog({ kind: 'join', error: null })}>${icon('join')}<span class="bar-text">Somebody joins</span></button>
      <button type="button" class="bar-button" aria-pressed=${state.staffPanel.open} @click=${() => openStaffPanel(!state.staffPanel.open)}>${icon('tools')}<span class="bar-text">Staff panel</span></button>
      ${themeButton(state.theme)}
      <button type="button" class="bar-button" title="First steps" aria-label="First steps" @click=${() => showFirstStep(0)}>${icon('help')}</button>
    </header>
  `;
}

const CONNECTIONS: Record<State['connection'], string> = {
  connecting: 'Connecting…',
  live: 'Live',
  away: 'Reconnecting…',
};

function connection(state: State): TemplateResult {
  const discordAway = state.connection === 'live' && state.faults.awayUntil !== null;
  const text = discordAway ? 'Away for the bot' : CONNECTIONS[state.connection];
  return html`<span class="connection ${discordAway ? 'faulty' : state.connection}" role="status">${text}</span>`;
}

const NEXT_THEME: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' };
const THEMES: Record<Theme, { icon: IconName; label: string }> = {
  system: { icon: 'screen', label: 'Theme: as the system' },
  dark: { icon: 'moon', label: 'Theme: dark' },
  light: { icon: 'sun', label: 'Theme: light' },
};

function themeButton(theme: Theme): TemplateResult {
  const { icon: name, label } = THEMES[theme];
  return html`<button type="button" class="bar-button" title=${label} aria-label=${label} @click=${() => setTheme(NEXT_THEME[theme])}>${icon(name)}</button>`;
}
