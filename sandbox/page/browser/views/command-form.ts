// A slash command with its options, in place of the composer.
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandOptionChoice,
} from 'discord-api-types/v10';
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { askForChoices, changeEntry, runEntry } from '../actions/commands.ts';
import { upload } from '../actions/writing.ts';
import { draftOf, updateDraft } from '../store/columns.ts';
import type { CommandEntry } from '../store/command-entry.ts';
import type { Guild } from '../store/state.ts';
import { search } from '../text/search.ts';
import { neighbour } from './focus.ts';
import { focusComposer } from './message-toolbar.ts';
import { type Choice, channelChoices, memberChoices, roleChoices } from './select-menu.ts';
import type { View } from './view.ts';

const MOST_SHOWN = 25;

/**
 * Draws a command while it is being filled in.
 * @param view the column
 * @param entry the command
 * @returns a form; Enter runs it, Escape leaves it
 */
export function commandForm(view: View, entry: CommandEntry): TemplateResult {
  const { picked, shown } = entry;
  const { id } = view.column;
  const options = picked.options.filter((option) => shown.includes(option.name));
  const others = picked.options.filter((option) => !shown.includes(option.name));
  return html`
    <form id="command-form-${id}" class="command-form" aria-label="Command ${picked.name}"
      @submit=${(event: Event) => submit(event, view)} @keydown=${(event: KeyboardEvent) => leaveOnEscape(event, view)}>
      <p class="command-form-title"><b>/${picked.name}</b> <span>${picked.description}</span></p>
      ${options.length > 0 ? html`<div class="command-fields">${options.map((option) => fieldView(view, entry, option))}</div>` : nothing}
      ${entry.error ? html`<p class="field-error" role="alert">${entry.error}</p>` : nothing}
      <div class="command-actions">
        ${others.map(
          (option) =>
            html`<button type="button" class="chip" title=${option.description} @click=${() => show(view, entry, option.name)}>+ ${option.name}</button>`,
        )}
        <span class="spring"></span>
        <button type="button" class="button secondary" @click=${() => leaveForm(view)}>Cancel</button>
        <button type="submit" class="button primary">Run</button>
      </div>
    </form>
  `;
}

function submit(event: Event, view: View): void {
  event.preventDefault();
  void runEntry(view.column).then(() => {
    if (!draftOf(view.column).command) focusComposer(view.column.id);
  });
}

function leaveOnEscape(event: KeyboardEvent, view: View): void {
  if (event.key === 'Escape') leaveForm(view);
}

function leaveForm(view: View): void {
  updateDraft(view.column.id, { command: null, text: '' });
  focusComposer(view.column.id);
}

function show(view: View, entry: CommandEntry, option: string): void {
  changeEntry(view.column.id, { shown: [...entry.shown, option] });
  setTimeout(() => document.querySelector<HTMLElement>(`#option-${view.column.id}-${option}`)?.focus(), 50);
}

function fieldView(
  view: View,
  entry: CommandEntry,
  option: APIApplicationCommandBasicOption,
): TemplateResult {
  const id = `option-${view.column.id}-${option.name}`;
  const required = option.required ? html`<span aria-hidden="true" class="required">*</span>` : nothing;
  return html`
    <div class="command-field">
      <label for=${id}>${option.name}${required}</label>
      ${inputView(view, entry, option, id)}
      <small id="${id}-help">${option.description}</small>
    </div>
  `;
}

function inputView(
  view: View,
  entry: CommandEntry,
  option: APIApplicationCommandBasicOption,
  id: string,
): TemplateResult {
  if (option.type === ApplicationCommandOptionType.Attachment) return fileInput(view, entry, option, id);
  const choices = fixedChoices(option);
  if (choices) return choiceInput(view, entry, option, id, choices);
  return listInput(view, entry, option, id);
}

function fileInput(
  view: View,
  entry: CommandEntry,
  option: APIApplicationCommandBasicOption,
  id: string,
): TemplateResult {
  const choose = async (event: Event) => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (file) changeEntry(view.column.id, { values: { ...entry.values, [option.name]: await upload(file) } });
  };
  return html`<input id=${id} type="file" aria-describedby="${id}-help" @change=${(event: Event) => void choose(event)} />`;
}

function fixedChoices(option: APIApplicationCommandBasicOption): APIApplicationCommandOptionChoice[] | null {
  if (option.type === ApplicationCommandOptionType.Boolean) {
    return [
      { name: 'True', value: 'true' },
      { name: 'False', value: 'false' },
    ];
  }
  return 'choices' in option && option.choices?.length ? option.choices : null;
}

function choiceInput(
  view: View,
  entry: CommandEntry,
  option: APIApplicationCommandBasicOption,
  id: string,
  choices: APIApplicationCommandOptionChoice[],
): TemplateResult {
  const choose = (event: Event) => {
    const text = (event.target as HTMLSelectElement).value;
    changeEntry(view.column.id, { texts: { ...entry.texts, [option.name]: text }, error: null });
  };
  return html`
    <select id=${id} aria-describedby="${id}-help" ?required=${option.required ?? false} @change=${choose}>
      <option value="">Choose…</option>
      ${choices.map((choice) => html`<option value=${choice.value} ?selected=${entry.texts[option.name] === String(choice.value)}>${choice.name}</option>`)}
    </select>
  `;
}

/** Choices to pick from as one types: from the bot for autocomplete, or members, roles and channels. */
function listInput(
  view: View,
  entry: CommandEntry,
  option: APIApplicationCommandBasicOption,
  id: string,
): TemplateResult {
  const list = entry.list?.option === option.name ? entry.list : null;
  const choices = list ? shownChoices(view.guild, entry, option) : [];
  const suggests = hasAutocomplete(option) || entityChoices(view.guild, option) !== null;
  return html`
    <span class="list-input">
      <input
        id=${id}
        type="text"
        inputmode=${isNumber(option) ? 'numeric' : 'text'}
        autocomplete="off"
        role=${suggests ? 'combobox' : nothing}
        aria-expanded=${suggests ? choices.length > 0 : nothing}
        aria-controls=${suggests ? `${id}-list` : nothing}
        aria-activedescendant=${choices.length > 0 ? `${id}-choice-${list?.active}` : nothing}
        aria-describedby="${id}-help"
        aria-required=${option.required ?? false}
        .value=${live(entry.texts[option.name] ?? '')}
        @focus=${() => suggests && openList(view, option)}
        @blur=${() => changeEntry(view.column.id, { list: null })}
        @input=${(event: Event) => typed(event, view, option)}
        @keydown=${(event: KeyboardEvent) => keys(event, view, option, choices)}
      />
      ${
        suggests && list
          ? html`<ul id="${id}-list" class="suggestions" role="listbox" aria-label="Suggestions for ${option.name}">
              ${choices.map((choice, index) => suggestion(view, option, choice, `${id}-choice-${index}`, index === list.active))}
              ${choices.length === 0 ? html`<li class="empty" role="presentation">${list.loading ? 'Loading…' : 'No options match your search.'}</li>` : nothing}
            </ul>`
          : nothing
      }
    </span>
  `;
}

function suggestion(
  view: View,
  option: APIApplicationCommandBasicOption,
  choice: Choice,
  id: string,
  active: boolean,
): TemplateResult {
  return html`
    <li id=${id} role="option" aria-selected=${active} class=${active ? 'active' : ''}
      @mousedown=${(event: Event) => event.preventDefault()} @click=${() => choose(view, option, choice)}>
      <span class="lead">${choice.lead}</span><span class="choice-text"><span>${choice.label}</span></span>
    </li>
  `;
}

function hasAutocomplete(option: APIApplicationCommandBasicOption): boolean {
  return 'autocomplete' in option && option.autocomplete === true;
}

function isNumber(option: APIApplicationCommandBasicOption): boolean {
  return (
    option.type === ApplicationCommandOptionType.Integer ||
    option.type === ApplicationCommandOptionType.Number
  );
}

function entityChoices(guild: Guild, option: APIApplicationCommandBasicOption): Choice[] | null {
  switch (option.type) {
    case ApplicationCommandOptionType.User:
      return memberChoices(guild);
    case ApplicationCommandOptionType.Role:
      return roleChoices(guild);
    case ApplicationCommandOptionType.Mentionable:
      return [...memberChoices(guild), ...roleChoices(guild)];
    case ApplicationCommandOptionType.Channel:
      return channelChoices(guild, option.channel_types);
    default:
      return null;
  }
}

function shownChoices(guild: Guild, entry: CommandEntry, option: APIApplicationCommandBasicOption): Choice[] {
  const entities = entityChoices(guild, option);
  if (!entities)
    return (entry.list?.choices ?? []).map(({ name, value }) => ({
      value: String(value),
      label: name,
      lead: '',
    }));
  return search(entities, entry.texts[option.name] ?? '', ({ label }) => label).slice(0, MOST_SHOWN);
}

function openList(view: View, option: APIApplicationCommandBasicOption): void {
  const loading = hasAutocomplete(option);
  changeEntry(view.column.id, { list: { option: option.name, choices: [], active: 0, loading } });
  if (loading) askForChoices(view.column, option);
}

function typed(event: Event, view: View, option: APIApplicationCommandBasicOption): void {
  const entry = draftOf(view.column).command;
  if (!entry) return;
  const { [option.name]: _, ...values } = entry.values;
  const texts = { ...entry.texts, [option.name]: (event.target as HTMLInputElement).value };
  changeEntry(view.column.id, { texts, values, error: null });
  openList(view, option);
}

function keys(
  event: KeyboardEvent,
  view: View,
  option: APIApplicationCommandBasicOption,
  choices: Choice[],
): void {
  const entry = draftOf(view.column).command;
  if (!entry?.list || choices.length === 0) return;
  const target = neighbour(event.key, entry.list.active, choices.length);
  if (target !== null && event.key.startsWith('Arrow')) {
    event.preventDefault();
    changeEntry(view.column.id, { list: { ...entry.list, active: target } });
  }
  const picked = choices[entry.list.active];
  if (event.key === 'Enter' && picked && entry.values[option.name] === undefined) {
    event.preventDefault();
    choose(view, option, picked);
  }
}

function choose(view: View, option: APIApplicationCommandBasicOption, choice: Choice): void {
  const entry = draftOf(view.column).command;
  if (!entry) return;
  changeEntry(view.column.id, {
    texts: { ...entry.texts, [option.name]: choice.label },
    values: { ...entry.values, [option.name]: isNumber(option) ? Number(choice.value) : choice.value },
    list: null,
    error: null,
  });
}
