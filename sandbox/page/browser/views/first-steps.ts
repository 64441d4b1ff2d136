// What a first visitor is told, in three steps that can be closed at any time.
import { html, nothing, type TemplateResult } from 'lit';
import { join } from '../actions/members.ts';
import { openStaffPanel, showFirstStep } from '../actions/page.ts';
import { goTo } from '../store/columns.ts';
import type { State } from '../store/state.ts';
import { icon } from './icons.ts';

interface Step {
  title: string;
  text: string;
  action: string;
  act: (state: State) => Promise<unknown> | undefined;
}

const STEPS: Step[] = [
  {
    title: 'Let somebody join',
    text: 'This is a Discord of your own, on this machine alone. The bot is real; the members are you. Start as every member does: by joining.',
    action: 'Join as a new member',
    act: () => join({ show: 'here' }),
  },
  {
    title: 'Watch what the bot does',
    text: 'The welcome appears in #welcome, roles follow, and direct messages arrive in the inbox at the top left. Press its buttons, choose in its menus, type / for commands.',
    action: 'Open the inbox',
    act: (state) => {
      goTo(state.activeColumn, { kind: 'dms' });
      return undefined;
    },
  },
  {
    title: 'Look behind it',
    text: 'In the staff panel each member and event leads to its workflow. There you can also break Discord on purpose, and watch every request that the bot makes.',
    action: 'Open the staff panel',
    act: () => {
      openStaffPanel(true);
      return undefined;
    },
  },
];

/**
 * Draws the step that the visitor is at.
 * @param state the state
 * @returns a card; nothing once it was closed
 */
export function firstSteps(state: State): TemplateResult | typeof nothing {
  const index = state.firstStep;
  const step = index === null ? undefined : STEPS[index];
  if (index === null || !step || !state.guild) return nothing;
  const last = index === STEPS.length - 1;
  const next = last ? null : index + 1;
  return html`
    <aside class="first-steps" aria-label="First steps">
      <small>
        <span class="step-dots" aria-hidden="true">${STEPS.map((_, at) => html`<i class=${at <= index ? 'done' : ''}></i>`)}</span>
        Step ${index + 1} of ${STEPS.length}
      </small>
      <div class="step-text"><h2>${step.title}</h2><p>${step.text}</p></div>
      <button type="button" class="button primary" @click=${() => void act(state, step, next)}>${step.action}</button>
      <button type="button" class="link" @click=${() => showFirstStep(next)}>${last ? 'Done' : 'Next'}</button>
      <button type="button" class="plain-icon" aria-label="Close the first steps" @click=${() => showFirstStep(null)}>${icon('close')}</button>
    </aside>
  `;
}

async function act(state: State, step: Step, next: number | null): Promise<void> {
  await step.act(state);
  showFirstStep(next);
}
