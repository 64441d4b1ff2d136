// Each member's and event's open workflow.
import { html, nothing, type TemplateResult } from 'lit';
import type { MemberState } from '../../../control/api.ts';
import type { Guild, State } from '../store/state.ts';
import { update } from '../store/store.ts';
import { avatarOf } from '../text/avatar.ts';
import { nameOf } from '../text/names.ts';
import { fullDate, relativeTime } from '../text/times.ts';
import { icon } from './icons.ts';
import { workflowLink } from './workflow-link.ts';

const MOST_SHOWN = 60;

/**
 * Draws the list: whoever joined last comes first.
 * @param state the state
 * @param guild the guild
 * @returns members and events with links to the Temporal UI
 */
export function workflowsPanel(state: State, guild: Guild): TemplateResult {
  const template = state.settings?.workflowUrl;
  const search = (event: Event) =>
    update(() => {
      state.staffPanel = { ...state.staffPanel, search: (event.target as HTMLInputElement).value };
    });
  return html`
    ${template ? nothing : html`<p class="panel-note">No Temporal UI is known here. It is named by <code>SANDBOX_WORKFLOW_URL</code>.</p>`}
    <label class="search">${icon('search')}<input type="search" placeholder="Search members and events" aria-label="Search members and events" .value=${state.staffPanel.search} @input=${search} /></label>
    ${eventsPart(state, guild)}
    <h3>Members</h3>
    <ul class="workflow-list">${membersShown(state, guild).map((member) => memberLine(member, state, guild))}</ul>
  `;
}

function eventsPart(state: State, guild: Guild): TemplateResult | typeof nothing {
  const wanted = state.staffPanel.search.trim().toLowerCase();
  const events = [...guild.events.values()].filter(({ event }) => event.name.toLowerCase().includes(wanted));
  if (events.length === 0) return nothing;
  return html`
    <h3>Events</h3>
    <ul class="workflow-list">
      ${events.map(({ event }) => html`<li>${icon('calendar')}<span class="choice-text"><span>${event.name}</span><small>${fullDate(event.scheduled_start_time)}</small></span>${workflowLink(state.settings, { event: event.id })}</li>`)}
    </ul>
  `;
}

function membersShown(state: State, guild: Guild): MemberState[] {
  const wanted = state.staffPanel.search.trim().toLowerCase();
  return [...guild.members.values()]
    .filter(({ member }) => !member.user.bot)
    .filter(({ member }) =>
      `${nameOf(guild, member.user.id)} ${member.user.username}`.toLowerCase().includes(wanted),
    )
    .sort((a, b) => (b.member.joined_at ?? '').localeCompare(a.member.joined_at ?? ''))
    .slice(0, MOST_SHOWN);
}

function memberLine({ member }: MemberState, state: State, guild: Guild): TemplateResult {
  // The page's clock ticks every few seconds: whoever has just joined is not from the future.
  const since = member.joined_at ? Math.min(Date.parse(member.joined_at), state.now) : null;
  const joined = since === null ? '' : `joined ${relativeTime(since, state.now)}`;
  return html`
    <li>
      <img class="avatar small" src=${avatarOf(member.user)} alt="" />
      <span class="choice-text"><bdi>${nameOf(guild, member.user.id)}</bdi><small>${joined}</small></span>
      ${workflowLink(state.settings, { member: member.user.id })}
    </li>
  `;
}
