// What lies behind: workflows, faults, requests.
import { html, nothing, type TemplateResult } from 'lit';
import { openStaffPanel } from '../actions/page.ts';
import type { Guild, State } from '../store/state.ts';
import { update } from '../store/store.ts';
import { faultsPanel } from './faults-panel.ts';
import { icon } from './icons.ts';
import { requestsPanel } from './requests-panel.ts';
import { workflowsPanel } from './workflows-panel.ts';

type Tab = State['staffPanel']['tab'];

const TABS: Record<Tab, { label: string; panel: (state: State, guild: Guild) => TemplateResult }> = {
  workflows: { label: 'Workflows', panel: workflowsPanel },
  faults: { label: 'Faults', panel: faultsPanel },
  requests: { label: 'Requests', panel: requestsPanel },
};

/**
 * Draws the panel.
 * @param state the state
 * @param guild the guild
 * @returns the panel; nothing while it is closed
 */
export function staffPanel(state: State, guild: Guild): TemplateResult | typeof nothing {
  const { open, tab } = state.staffPanel;
  if (!open) return nothing;
  return html`
    <aside class="staff-panel" aria-label="Staff panel" @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && openStaffPanel(false)}>
      <header>
        <h2>Staff panel</h2>
        <button type="button" class="plain-icon" aria-label="Close the staff panel" @click=${() => openStaffPanel(false)}>${icon('close')}</button>
      </header>
      <div class="tabs" role="tablist" aria-label="Staff panel" @keydown=${moveTab}>
        ${tabs().map((name) => tabButton(name, name === tab))}
      </div>
      <div class="tab-panel" role="tabpanel" id="staff-${tab}" aria-labelledby="tab-${tab}" tabindex="0">${TABS[tab].panel(state, guild)}</div>
    </aside>
  `;
}

function tabs(): Tab[] {
  return Object.keys(TABS) as Tab[];
}

function tabButton(name: Tab, selected: boolean): TemplateResult {
  return html`<button type="button" role="tab" id="tab-${name}" aria-selected=${selected} aria-controls=${selected ? `staff-${name}` : nothing}
    tabindex=${selected ? 0 : -1} @click=${() => choose(name)}>${TABS[name].label}</button>`;
}

function choose(tab: Tab): void {
  update((state) => {
    state.staffPanel = { ...state.staffPanel, tab, search: '' };
  });
}

function moveTab(event: KeyboardEvent): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  const all = tabs();
  const current = all.findIndex((name) => `tab-${name}` === (event.target as HTMLElement).id);
  const next = all[(current + step + all.length) % all.length];
  if (!next) return;
  choose(next);
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
}
