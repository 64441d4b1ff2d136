// Breaks Discord on purpose.
import { html, nothing, type TemplateResult } from 'lit';
import type { FaultKind, FaultRule, FaultState } from '../../../control/api.ts';
import { actOnGateway, enforceLimits, setAway, setFaults } from '../actions/staff.ts';
import type { Guild, State } from '../store/state.ts';
import { field, textIn } from './dialog.ts';
import { icon } from './icons.ts';

const AWAY_MS = 30_000;

/** What can go wrong with a request, ready to be chosen. */
const FAULTS: { label: string; fault: FaultKind }[] = [
  { label: 'Error 500', fault: { kind: 'error', status: 500 } },
  {
    label: 'Error 403, missing permissions',
    fault: { kind: 'error', status: 403, code: 50013, message: 'Missing Permissions' },
  },
  {
    label: 'Error 404, unknown channel',
    fault: { kind: 'error', status: 404, code: 10003, message: 'Unknown Channel' },
  },
  { label: 'Answer 5 seconds late', fault: { kind: 'delay', ms: 5_000 } },
  { label: 'Cut before it takes effect', fault: { kind: 'drop-before' } },
  { label: 'Cut after it took effect', fault: { kind: 'drop-after' } },
];

/** The requests that are worth breaking. */
const ROUTES: { label: string; match: FaultRule['match'] }[] = [
  { label: 'Every request', match: { route: '/*' } },
  { label: 'Sending messages', match: { method: 'POST', route: '/channels/:channelId/messages' } },
  { label: 'Opening direct messages', match: { method: 'POST', route: '/users/@me/channels' } },
  { label: 'Giving roles', match: { method: 'PUT', route: '/guilds/:guildId/members/*' } },
  { label: 'Answering interactions', match: { method: 'POST', route: '/interactions/*' } },
];

/**
 * Draws the switches.
 * @param state the state
 * @param guild the guild
 * @returns Discord's absence, the gateway, faults of requests, rate limits
 */
export function faultsPanel(state: State, guild: Guild): TemplateResult {
  return html`
    <h3>Discord</h3>
    ${awaySwitch(state.faults)}
    <h3>Gateway <small class="${guild.botOnline ? 'good' : 'bad'}">${guild.botOnline ? 'bot connected' : 'bot not connected'}</small></h3>
    <div class="button-row">
      <button type="button" class="button secondary" @click=${() => void actOnGateway({ action: 'disconnect' }, 'The connection was cut. It can be resumed.')}>Disconnect</button>
      <button type="button" class="button secondary" @click=${() => void actOnGateway({ action: 'invalidate' }, 'The session is lost, and so is what happens until the bot is back.')}>Lose the session</button>
      <button type="button" class="button secondary" @click=${() => void actOnGateway({ action: 'reconnect' }, 'The bot was asked to reconnect.')}>Ask to reconnect</button>
    </div>
    <h3>Requests</h3>
    ${faultForm(state.faults)} ${activeRules(state.faults)}
    <h3>Rate limits</h3>
    <label class="switch-line">
      <input type="checkbox" role="switch" .checked=${state.limits?.enforced ?? true} @change=${(event: Event) => void enforceLimits((event.target as HTMLInputElement).checked)} />
      <span>As strict as Discord<small>When off, nothing is limited.</small></span>
    </label>
  `;
}

function awaySwitch(faults: FaultState): TemplateResult {
  const away = faults.awayUntil !== null;
  return html`
    <label class="switch-line">
      <input type="checkbox" role="switch" .checked=${away} @change=${() => void setAway(away ? null : 'until-cleared')} />
      <span>Away for the bot<small>Every connection is refused or cut. This page stays.</small></span>
    </label>
    <div class="button-row"><button type="button" class="button secondary" ?disabled=${away} @click=${() => void setAway(AWAY_MS)}>Away for 30 seconds</button></div>
  `;
}

function faultForm(faults: FaultState): TemplateResult {
  const add = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fault = FAULTS[Number(textIn(form, 'fault'))];
    const route = ROUTES[Number(textIn(form, 'route'))];
    const times = Number(textIn(form, 'times'));
    if (!fault || !route) return;
    const rule: FaultRule = { match: route.match, fault: fault.fault, ...(times > 0 ? { times } : {}) };
    void setFaults([...plainRules(faults), rule]);
  };
  return html`
    <form class="fault-form" @submit=${add}>
      ${field('What', html`<select name="route">${ROUTES.map((route, index) => html`<option value=${index}>${route.label}</option>`)}</select>`)}
      ${field('How', html`<select name="fault">${FAULTS.map((fault, index) => html`<option value=${index}>${fault.label}</option>`)}</select>`)}
      ${field('How often', html`<select name="times"><option value="1">once</option><option value="5">5 times</option><option value="0">until removed</option></select>`)}
      <button type="submit" class="button primary">Add fault</button>
    </form>
  `;
}

/** The server counts how often a rule was applied, and takes rules without that count. */
function plainRules(faults: FaultState): FaultRule[] {
  return faults.rules.map(({ applied: _, ...rule }) => rule);
}

function activeRules(faults: FaultState): TemplateResult | typeof nothing {
  if (faults.rules.length === 0) return nothing;
  const remove = (index: number) => () => void setFaults(plainRules(faults).toSpliced(index, 1));
  return html`
    <ul class="fault-list" aria-label="Active faults">
      ${faults.rules.map(
        (rule, index) => html`
          <li>
            <span class="choice-text"><span>${describe(rule.fault)}</span><small>${rule.match.method ?? 'any'} ${rule.match.route} • ${rule.applied} of ${rule.times ?? '∞'}</small></span>
            <button type="button" class="plain-icon" aria-label="Remove this fault" @click=${remove(index)}>${icon('close')}</button>
          </li>
        `,
      )}
    </ul>
  `;
}

function describe(fault: FaultKind): string {
  switch (fault.kind) {
    case 'error':
      return `Error ${fault.status}${fault.code ? ` (${fault.code})` : ''}`;
    case 'delay':
      return `${fault.ms / 1_000} s late`;
    case 'drop-before':
      return 'Cut before the effect';
    case 'drop-after':
      return 'Cut after the effect';
  }
}
