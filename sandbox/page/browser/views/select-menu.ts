// Select menus on messages, and the list of choices that they share with the selects of modals.
import type { APIMessage, APISelectMenuComponent, APIStringSelectComponent } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { chooseInSelect, componentKey } from '../store/interactions.ts';
import type { Guild } from '../store/state.ts';
import { state, update } from '../store/store.ts';
import { avatarOf } from '../text/avatar.ts';
import { channelKind, nameOf } from '../text/names.ts';
import { search } from '../text/search.ts';
import { emojiText } from './emoji-text.ts';
import { neighbour } from './focus.ts';
import { icon } from './icons.ts';
import type { View } from './view.ts';

/** Something that can be chosen. */
export interface Choice {
  value: string;
  label: string;
  description?: string;
  lead: unknown;
}

const MOST_SHOWN = 25;

/** A select as it is drawn, wherever it stands. */
export interface Select {
  /** Names this select on the page. */
  key: string;
  label: string;
  placeholder: string;
  choices: Choice[];
  least: number;
  most: number;
  disabled: boolean;
  /** What stands in it while it is closed. */
  chosen: string[];
  onChoose: (values: string[]) => void;
}

const lastChosen = new Map<string, string[]>();

/**
 * Draws a select menu of a message.
 * @param component the select
 * @param message what it is on
 * @param view the column
 * @returns the select
 */
export function messageSelect(
  component: APISelectMenuComponent,
  message: APIMessage,
  view: View,
): TemplateResult {
  const place = { channelId: message.channel_id, messageId: message.id, customId: component.custom_id };
  const key = `${view.column.id}/${componentKey(place)}`;
  // What somebody chose stays until the bot changes the message.
  const version = `${key}/${message.edited_timestamp}`;
  return selectView({
    key,
    label: component.placeholder ?? 'Make a selection',
    placeholder: component.placeholder ?? 'Make a selection',
    choices: choicesOf(component, view.guild),
    least: component.min_values ?? 1,
    most: component.max_values ?? 1,
    disabled: component.disabled ?? false,
    chosen: lastChosen.get(version) ?? defaultsOf(component),
    onChoose: (values) => {
      lastChosen.set(version, values);
      void chooseInSelect(view.column, place, values);
    },
  });
}

/**
 * Gives what stands in a select before anybody chooses.
 * @param component the select
 * @returns its default values
 */
export function defaultsOf(component: APISelectMenuComponent): string[] {
  if (component.type === ComponentType.StringSelect) {
    return component.options.filter((option) => option.default).map((option) => option.value);
  }
  return (component.default_values ?? []).map((value) => value.id);
}

/**
 * Gives what can be chosen in a select.
 * @param component the select
 * @param guild whose members, roles and channels there are
 * @returns the choices
 */
export function choicesOf(component: APISelectMenuComponent, guild: Guild): Choice[] {
  switch (component.type) {
    case ComponentType.StringSelect:
      return component.options.map(optionChoice);
    case ComponentType.UserSelect:
      return memberChoices(guild);
    case ComponentType.RoleSelect:
      return roleChoices(guild);
    case ComponentType.MentionableSelect:
      return [...roleChoices(guild), ...memberChoices(guild)];
    case ComponentType.ChannelSelect:
      return channelChoices(guild, component.channel_types);
  }
}

function optionChoice(option: APIStringSelectComponent['options'][number]): Choice {
  return {
    value: option.value,
    label: option.label,
    ...(option.description ? { description: option.description } : {}),
    lead: emojiText(option.emoji),
  };
}

/**
 * Gives the guild's members to choose from.
 * @param guild the guild
 * @returns a choice for each
 */
export function memberChoices(guild: Guild): Choice[] {
  return [...guild.members.values()].map(({ member: { user } }) => ({
    value: user.id,
    label: nameOf(guild, user.id),
    description: user.username,
    lead: html`<img class="avatar small" src=${avatarOf(user)} alt="" />`,
  }));
}

/**
 * Gives the guild's roles to choose from.
 * @param guild the guild
 * @returns a choice for each, highest first
 */
export function roleChoices(guild: Guild): Choice[] {
  return [...guild.roles.values()]
    .filter((role) => role.id !== guild.guild.id)
    .sort((a, b) => b.position - a.position)
    .map((role) => ({ value: role.id, label: role.name, lead: '@' }));
}

/**
 * Gives the guild's channels to choose from.
 * @param guild the guild
 * @param types the types of channels on offer; all but categories when absent
 * @returns a choice for each
 */
export function channelChoices(guild: Guild, types: readonly number[] | undefined): Choice[] {
  return [...guild.channels.values()]
    .filter((channel) => (types?.length ? types.includes(channel.type) : channelKind(channel) !== 'category'))
    .map((channel) => {
      const kind = channelKind(channel);
      return { value: channel.id, label: channel.name ?? '', lead: icon(kind) };
    });
}

/**
 * Draws a select.
 * @param select the select
 * @returns a button that opens a list below it
 */
export function selectView(select: Select): TemplateResult {
  const open = state.openSelect?.key === select.key;
  const labels = select.choices.filter((choice) => select.chosen.includes(choice.value));
  const text = labels.map((choice) => choice.label).join(', ');
  return html`
    <div class="select ${open ? 'open' : ''}" @focusout=${(event: FocusEvent) => leave(event, select)}>
      <button
        type="button"
        class="select-button"
        aria-haspopup="listbox"
        aria-expanded=${open}
        aria-label=${text ? `${select.label}: ${text}` : select.label}
        ?disabled=${select.disabled}
        @click=${() => (open ? close(select) : openSelect(select))}
        @keydown=${(event: KeyboardEvent) => event.key === 'ArrowDown' && !open && openSelect(select)}
      >
        <span class=${text ? '' : 'placeholder'}>${text || select.placeholder}</span>${icon('down')}
      </button>
      ${open ? listView(select) : nothing}
    </div>
  `;
}

function openSelect(select: Select): void {
  update(() => {
    state.openSelect = { key: select.key, search: '', active: 0, chosen: select.chosen };
  });
}

/** A select for several values is sent when it closes, as Discord does; one for a single value at once. */
function close(select: Select): void {
  const chosen = state.openSelect?.key === select.key ? state.openSelect.chosen : null;
  update(() => {
    state.openSelect = null;
  });
  if (chosen && select.most > 1 && isNew(chosen, select)) select.onChoose(chosen);
}

function isNew(chosen: string[], select: Select): boolean {
  const same =
    chosen.length === select.chosen.length && chosen.every((value) => select.chosen.includes(value));
  return !same && chosen.length >= select.least;
}

function leave(event: FocusEvent, select: Select): void {
  const next = event.relatedTarget;
  const here = event.currentTarget as HTMLElement;
  // Focus that goes nowhere is a click on something that takes none, for instance the list's own scroll bar.
  if (next instanceof Node && !here.contains(next) && state.openSelect?.key === select.key) close(select);
}

function shownChoices(select: Select): Choice[] {
  const typed = state.openSelect?.search ?? '';
  const words = (choice: Choice) => `${choice.label} ${choice.description ?? ''}`;
  return search(select.choices, typed, words).slice(0, MOST_SHOWN);
}

function listView(select: Select): TemplateResult {
  const choices = shownChoices(select);
  const active = state.openSelect?.active ?? 0;
  const id = `list-${select.key}`;
  return html`
    <div class="select-list">
      <label class="select-search">
        ${icon('search')}
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls=${id}
          aria-activedescendant=${choices[active] ? `${id}-${active}` : nothing}
          aria-label="Search ${select.label}"
          placeholder="Search"
          autocomplete="off"
          @input=${(event: Event) => typeSearch((event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => keys(event, select)}
          ${ref(focusOnce)}
        />
      </label>
      ${select.most > 1 ? html`<p class="select-hint">${hint(select)}</p>` : nothing}
      <ul id=${id} role="listbox" aria-label=${select.label} aria-multiselectable=${select.most > 1}>
        ${choices.map((choice, index) => choiceView(select, choice, index, index === active, id))}
        ${choices.length === 0 ? html`<li class="empty" role="presentation">Nothing found.</li>` : nothing}
      </ul>
    </div>
  `;
}

function hint(select: Select): string {
  const count = state.openSelect?.chosen.length ?? 0;
  const range = select.least === select.most ? `${select.most}` : `${select.least} to ${select.most}`;
  return `Choose ${range}, then close the list. ${count} chosen.`;
}

const focused = new WeakSet<Element>();

function focusOnce(element: Element | undefined): void {
  if (!(element instanceof HTMLElement) || focused.has(element)) return;
  focused.add(element);
  requestAnimationFrame(() => element.focus({ preventScroll: false }));
}

function choiceView(
  select: Select,
  choice: Choice,
  index: number,
  active: boolean,
  id: string,
): TemplateResult {
  const chosen = state.openSelect?.chosen.includes(choice.value) ?? false;
  return html`
    <li
      id="${id}-${index}"
      role="option"
      class=${active ? 'active' : ''}
      aria-selected=${chosen}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => toggle(select, choice.value)}
    >
      <span class="lead">${choice.lead}</span>
      <span class="choice-text"><span>${choice.label}</span>${choice.description ? html`<small>${choice.description}</small>` : nothing}</span>
      ${chosen ? icon('check') : nothing}
    </li>
  `;
}

function typeSearch(text: string): void {
  update(() => {
    if (state.openSelect) state.openSelect = { ...state.openSelect, search: text, active: 0 };
  });
}

function keys(event: KeyboardEvent, select: Select): void {
  // Fingers may be quicker than the drawing of the list.
  const choices = shownChoices(select);
  const active = state.openSelect?.active ?? 0;
  const target = neighbour(event.key, active, choices.length);
  if (target !== null) {
    event.preventDefault();
    update(() => {
      if (state.openSelect) state.openSelect = { ...state.openSelect, active: target };
    });
  }
  if (event.key === 'Enter') {
    event.preventDefault();
    const choice = choices[active];
    if (choice) toggle(select, choice.value);
  }
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    const button = (event.target as HTMLElement).closest('.select')?.querySelector('button');
    close(select);
    button?.focus();
  }
}

function toggle(select: Select, value: string): void {
  const chosen = state.openSelect?.chosen ?? [];
  if (select.most === 1) {
    update(() => {
      state.openSelect = null;
    });
    select.onChoose([value]);
    return;
  }
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  if (next.length > select.most) return;
  update(() => {
    if (state.openSelect) state.openSelect = { ...state.openSelect, chosen: next };
  });
}
