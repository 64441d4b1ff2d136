// Chooses whom to act as.
import type { Snowflake } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { actAs, addColumn } from '../store/columns.ts';
import { isNewer } from '../store/histories.ts';
import type { Guild, Overlay, State } from '../store/state.ts';
import { update } from '../store/store.ts';
import { avatarOf } from '../text/avatar.ts';
import { nameOf, rolesOf } from '../text/names.ts';
import { search } from '../text/search.ts';
import { neighbour } from './focus.ts';
import { icon } from './icons.ts';
import { closeOverlay, openDialog, popover } from './overlay.ts';

type Switching = Extract<Overlay, { kind: 'switch-member' }>;

const MOST_SHOWN = 40;
let active = 0;

/**
 * Draws the list of those whom one can act as.
 * @param state the state
 * @param guild the guild
 * @param overlay which column is asked for, and what is searched
 * @returns a search with its list
 */
export function memberSwitcher(state: State, guild: Guild, overlay: Switching): TemplateResult {
  const people = candidates(state, guild, overlay.search);
  const label = overlay.columnId === 'new' ? 'Open a member beside' : 'Act as';
  return popover(
    overlay.anchor,
    label,
    'dialog',
    html`
      <div class="switcher">
        <label class="search">${icon('search')}
          <input type="search" role="combobox" aria-expanded="true" aria-controls="switcher-list" aria-label="Search by name"
            aria-activedescendant=${people[active] ? `switcher-${active}` : nothing}
            placeholder="Search by name" autocomplete="off" .value=${overlay.search}
            @input=${(event: Event) => typeSearch(overlay, (event.target as HTMLInputElement).value)}
            @keydown=${(event: KeyboardEvent) => keys(event, state, guild)} />
        </label>
        <ul id="switcher-list" role="listbox" aria-label=${label}>
          ${people.map((userId, index) => person(state, guild, overlay, userId, index))}
          ${people.length === 0 ? html`<li class="empty" role="presentation">Nobody is called that.</li>` : nothing}
        </ul>
        <button type="button" class="button primary wide" @click=${() => openDialog({ kind: 'join', error: null })}>${icon('join')} Let somebody new join</button>
      </div>
    `,
  );
}

/** Those who are acted as already come first, then whoever joined last. */
function candidates(state: State, guild: Guild, typed: string): Snowflake[] {
  const shown = new Set(state.columns.map((column) => column.memberId));
  const people = [...guild.members.values()].filter(({ member }) => !member.user.bot);
  const former = [...shown].filter((id) => !guild.members.has(id));
  const rank = (id: Snowflake) => (shown.has(id) ? 0 : 1);
  const all = [...former, ...people.map(({ member }) => member.user.id)].sort(
    (a, b) => rank(a) - rank(b) || byJoining(guild, a, b),
  );
  const nameAndUser = (id: Snowflake) => `${nameOf(guild, id)} ${guild.users.get(id)?.username ?? ''}`;
  return search(all, typed, nameAndUser).slice(0, MOST_SHOWN);
}

function byJoining(guild: Guild, a: Snowflake, b: Snowflake): number {
  const joined = (id: Snowflake) => guild.members.get(id)?.member.joined_at ?? '';
  return joined(b).localeCompare(joined(a)) || (isNewer(a, b) ? -1 : 1);
}

function person(
  state: State,
  guild: Guild,
  overlay: Switching,
  userId: Snowflake,
  index: number,
): TemplateResult {
  const member = guild.members.get(userId);
  const current = state.columns.some(
    (column) => column.id === overlay.columnId && column.memberId === userId,
  );
  const [role] = member ? rolesOf(guild, member) : [];
  const note = member ? (userId === guild.guild.owner_id ? 'Owner' : (role?.name ?? '')) : 'has left';
  return html`
    <li id="switcher-${index}" role="option" aria-selected=${current} class=${index === active ? 'active' : ''}
      @mousedown=${(event: Event) => event.preventDefault()} @click=${() => choose(overlay, userId)}>
      <img class="avatar small" src=${avatarOf(guild.users.get(userId))} alt="" />
      <span class="choice-text"><bdi>${nameOf(guild, userId)}</bdi><small>${note}</small></span>
      ${current ? icon('check') : nothing}
    </li>
  `;
}

function typeSearch(overlay: Switching, text: string): void {
  active = 0;
  update((state) => {
    state.overlay = { ...overlay, search: text };
  });
}

function keys(event: KeyboardEvent, state: State, guild: Guild): void {
  const { overlay } = state;
  if (overlay?.kind !== 'switch-member') return;
  // Fingers may be quicker than the drawing of the list.
  const people = candidates(state, guild, overlay.search);
  const target = event.key.startsWith('Arrow') ? neighbour(event.key, active, people.length) : null;
  if (target !== null) {
    event.preventDefault();
    active = target;
    update(() => undefined);
    requestAnimationFrame(() =>
      document.querySelector(`#switcher-${active}`)?.scrollIntoView({ block: 'nearest' }),
    );
  }
  const chosen = people[active];
  if (event.key === 'Enter' && chosen) {
    event.preventDefault();
    choose(overlay, chosen);
  }
}

function choose(overlay: Switching, userId: Snowflake): void {
  active = 0;
  closeOverlay();
  if (overlay.columnId === 'new') addColumn(userId);
  else actAs(overlay.columnId, userId);
}
