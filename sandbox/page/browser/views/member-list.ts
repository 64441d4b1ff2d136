// Who is in the guild, by role.
import type { APIRole } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { MemberState } from '../../../control/api.ts';
import { updateColumn } from '../store/columns.ts';
import type { Guild } from '../store/state.ts';
import { avatarOf } from '../text/avatar.ts';
import { colorOf, nameOf, rolesOf } from '../text/names.ts';
import { coloredName } from './colored-name.ts';
import { icon } from './icons.ts';
import { openMember, type View } from './view.ts';

const MOST_SHOWN = 120;

interface Group {
  key: string;
  title: string;
  members: MemberState[];
}

/**
 * Draws the member list. In a large guild the first ones are shown, and a search finds the others.
 * @param view the column
 * @returns the list
 */
export function memberList(view: View): TemplateResult {
  const { column, guild } = view;
  const search = (event: Event) =>
    updateColumn(column.id, (changed) => {
      changed.memberSearch = (event.target as HTMLInputElement).value;
    });
  return html`
    <aside class="members" aria-label="Members">
      <label class="search">${icon('search')}
        <input type="search" placeholder="Search ${guild.members.size} members" aria-label="Search members" .value=${column.memberSearch} @input=${search} />
      </label>
      <div class="members-scroll" tabindex="-1">
        ${guard([guild.revision, column.memberSearch, column.memberId], () => groupsView(view))}
      </div>
    </aside>
  `;
}

function groupsView(view: View): unknown {
  let room = MOST_SHOWN;
  const groups = groupsOf(view.guild, view.column.memberSearch);
  const drawn = groups.map((group) => {
    const shown = group.members.slice(0, Math.max(0, room));
    room -= shown.length;
    return shown.length > 0 ? groupView(group, shown, view) : nothing;
  });
  const hidden =
    groups.reduce((sum, group) => sum + group.members.length, 0) - (MOST_SHOWN - Math.max(0, room));
  const empty = groups.length === 0 ? html`<p class="notice">Nobody is called that.</p>` : nothing;
  const more =
    hidden > 0 ? html`<p class="notice">${hidden.toLocaleString()} more. Search to find them.</p>` : nothing;
  return html`${drawn} ${empty} ${more}`;
}

let cached: { revision: number; groups: Group[] } = { revision: -1, groups: [] };

function groupsOf(guild: Guild, search: string): Group[] {
  if (cached.revision !== guild.revision) cached = { revision: guild.revision, groups: groupByRole(guild) };
  const wanted = search.trim().toLowerCase();
  if (!wanted) return cached.groups;
  return cached.groups
    .map((group) => ({ ...group, members: group.members.filter((state) => isCalled(guild, state, wanted)) }))
    .filter((group) => group.members.length > 0);
}

function isCalled(guild: Guild, state: MemberState, wanted: string): boolean {
  const { user } = state.member;
  return `${nameOf(guild, user.id)} ${user.username}`.toLowerCase().includes(wanted);
}

function groupByRole(guild: Guild): Group[] {
  const groups = new Map<string, Group & { position: number }>();
  for (const state of guild.members.values()) {
    const { key, title, position } = groupOf(guild, state);
    const group = groups.get(key) ?? { key, title, position, members: [] };
    group.members.push(state);
    groups.set(key, group);
  }
  for (const group of groups.values()) group.members.sort(byName(guild));
  return [...groups.values()].sort((a, b) => b.position - a.position);
}

function byName(guild: Guild): (a: MemberState, b: MemberState) => number {
  const names = new Intl.Collator(undefined, { sensitivity: 'base' });
  return (a, b) => names.compare(nameOf(guild, a.member.user.id), nameOf(guild, b.member.user.id));
}

/** Members stand below the highest role that is shown apart; everybody in the local Discord counts as online. */
function groupOf(guild: Guild, state: MemberState): { key: string; title: string; position: number } {
  if (state.member.user.bot && !guild.botOnline) return { key: 'offline', title: 'Offline', position: -1 };
  const role: APIRole | undefined = rolesOf(guild, state).find((candidate) => candidate.hoist);
  return role
    ? { key: role.id, title: role.name, position: role.position }
    : { key: 'online', title: 'Online', position: 0 };
}

function groupView(group: Group, shown: MemberState[], view: View): TemplateResult {
  return html`
    <h3 class="members-title">${group.title} — ${group.members.length}</h3>
    <ul>${shown.map((state) => memberView(state, group.key === 'offline', view))}</ul>
  `;
}

function memberView(state: MemberState, offline: boolean, view: View): TemplateResult {
  const { guild, column } = view;
  const { user } = state.member;
  const name = nameOf(guild, user.id);
  return html`
    <li>
      <button type="button" class="member ${offline ? 'offline' : ''}" @click=${(event: Event) => openMember(view, user.id, event)}>
        <span class="presence ${offline ? 'offline' : 'online'}"><img class="avatar" src=${avatarOf(user)} alt="" /></span>
        <span class="member-names">
          <span class="member-name">${coloredName(name, colorOf(guild, user.id))}</span>
          ${user.id === column.memberId ? html`<small>you</small>` : state.member.pending ? html`<small>has not accepted the rules</small>` : nothing}
        </span>
        ${user.bot ? html`<span class="app-tag">App</span>` : nothing}
      </button>
    </li>
  `;
}
