// Every request that the bot makes, as it makes it.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RequestEntry } from '../../../control/api.ts';
import type { Guild, State } from '../store/state.ts';
import { update } from '../store/store.ts';
import { timeOfDayInSeconds } from '../text/times.ts';

const MOST_SHOWN = 150;

/**
 * Draws the request log.
 * @param state the state
 * @param _guild not needed: requests are shown as they came
 * @returns the newest requests first
 */
export function requestsPanel(state: State, _guild: Guild): TemplateResult {
  const { failedOnly } = state.staffPanel;
  const entries = state.requests.filter((entry) => !failedOnly || isFailure(entry)).slice(0, MOST_SHOWN);
  const toggle = (event: Event) =>
    update(() => {
      state.staffPanel = { ...state.staffPanel, failedOnly: (event.target as HTMLInputElement).checked };
    });
  return html`
    <label class="switch-line">
      <input type="checkbox" role="switch" .checked=${failedOnly} @change=${toggle} /><span>Failed ones alone</span>
    </label>
    ${limitedLine(state.requests)}
    <table class="request-log">
      <thead><tr><th scope="col">Time</th><th scope="col">Request</th><th scope="col" title="Left in the rate limit's bucket">Left</th><th scope="col">Status</th></tr></thead>
      <tbody>${repeat(entries, ({ id }) => id, entryRow)}</tbody>
    </table>
    ${entries.length === 0 ? html`<p class="notice">Nothing yet. What the bot asks of Discord appears here.</p>` : nothing}
  `;
}

function isFailure(entry: RequestEntry): boolean {
  return entry.status === 0 || entry.status >= 400;
}

function limitedLine(entries: RequestEntry[]): TemplateResult {
  const limited = entries.filter((entry) => entry.status === 429).length;
  return html`<p class="panel-note">${entries.length} shown • ${limited === 0 ? 'no rate limit was hit' : html`<b class="bad">${limited} hit a rate limit</b>`}</p>`;
}

/** A long route breaks at its slashes. */
function breakable(route: string): TemplateResult[] {
  return route
    .split('/')
    .slice(1)
    .map((part) => html`/<wbr />${part}`);
}

function entryRow(entry: RequestEntry): TemplateResult {
  const status = entry.status === 0 ? 'cut' : String(entry.status);
  const tone = entry.status === 429 ? 'limited' : isFailure(entry) ? 'bad' : 'good';
  return html`
    <tr>
      <td><time datetime=${entry.at}>${timeOfDayInSeconds(entry.at)}</time></td>
      <td><b>${entry.method}</b> <span class="route" title=${entry.path}>${breakable(entry.route)}</span>${entry.fault ? html`<span class="chip">${entry.fault}</span>` : nothing}</td>
      <td>${entry.remaining ?? '–'}</td>
      <td class=${tone} title="${Math.round(entry.durationMs)} ms">${status}${entry.code ? html` <small>${entry.code}</small>` : nothing}</td>
    </tr>
  `;
}
