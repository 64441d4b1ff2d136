// Modals: forms that the bot opens.
import type {
  APIModalComponent,
  APIModalInteractionResponseCallbackComponent,
  APITextInputComponent,
} from 'discord-api-types/v10';
import { ComponentType, TextInputStyle } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { ModalValue } from '../../../control/calls.ts';
import { upload } from '../actions/writing.ts';
import { closeModal, sendModal } from '../store/interactions.ts';
import type { Guild, OpenModal } from '../store/state.ts';
import { update } from '../store/store.ts';
import { markdown } from '../text/markdown.ts';
import { nameOf } from '../text/names.ts';
import { dialogView } from './dialog.ts';
import { returnFocus } from './focus.ts';
import { choicesOf, defaultsOf, selectView } from './select-menu.ts';

type Inner = Extract<APIModalComponent, { type: ComponentType.Label }>['component'];

/** One input with what stands around it. */
interface ModalField {
  label: string;
  description: string | undefined;
  input: Inner;
}

/**
 * Draws a modal.
 * @param open the modal
 * @param guild for members, roles and channels to choose from
 * @param botId whose modal it is
 * @returns the dialog
 */
export function modalView(open: OpenModal, guild: Guild, botId: string): TemplateResult {
  const close = () => {
    closeModal(open.interactionId);
    returnFocus();
  };
  return dialogView({
    title: open.modal.title,
    note: html`This form will be submitted to <b>${nameOf(guild, botId)}</b>. Do not share passwords or other sensitive information.`,
    content: html`
      ${open.error ? html`<p class="field-error" role="alert">${open.error}</p>` : nothing}
      ${open.modal.components.map((component) => partView(component, open, guild))}
    `,
    actions: html`
      <button type="button" class="button secondary" @click=${close}>Cancel</button>
      <button type="submit" class="button primary" ?disabled=${open.sending}>${open.sending ? 'Sending…' : 'Submit'}</button>
    `,
    onClose: close,
    onSubmit: (form) => void submit(form, open),
  });
}

function partView(
  component: APIModalInteractionResponseCallbackComponent,
  open: OpenModal,
  guild: Guild,
): unknown {
  if (component.type === ComponentType.TextDisplay) {
    return html`<div class="text-display">${markdown(component.content, { guild, memberId: open.memberId, now: Date.now() })}</div>`;
  }
  return fieldsOf(component).map((part) => fieldView(part, open, guild));
}

function fieldsOf(component: APIModalComponent): ModalField[] {
  if (component.type === ComponentType.Label) {
    return [{ label: component.label, description: component.description, input: component.component }];
  }
  if (component.type === ComponentType.ActionRow)
    return component.components.flatMap((inner) => fieldsOf(inner));
  const label = 'label' in component ? (component.label ?? '') : '';
  return [{ label, description: undefined, input: component }];
}

function fieldView({ label, description, input }: ModalField, open: OpenModal, guild: Guild): TemplateResult {
  const id = `modal-${input.custom_id}`;
  const required = isRequired(input) ? html`<span class="required" aria-hidden="true">*</span>` : nothing;
  return html`
    <div class="field">
      <label class="field-label" for=${id}>${label}${required}</label>
      ${description ? html`<small id="${id}-help">${description}</small>` : nothing} ${inputView(input, id, label, open, guild)}
    </div>
  `;
}

function isRequired(input: Inner): boolean {
  return !('required' in input) || input.required !== false;
}

function inputView(input: Inner, id: string, label: string, open: OpenModal, guild: Guild): TemplateResult {
  switch (input.type) {
    case ComponentType.TextInput:
      return textView(input, id);
    case ComponentType.FileUpload:
      return html`<input id=${id} name=${input.custom_id} type="file" ?multiple=${(input.max_values ?? 1) > 1} />`;
    case ComponentType.Checkbox:
      return html`<input id=${id} name=${input.custom_id} type="checkbox" ?checked=${input.default ?? false} />`;
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup: {
      const type = input.type === ComponentType.RadioGroup ? 'radio' : 'checkbox';
      return html`<div id=${id} role="group" aria-label=${label}>
        ${input.options.map((option) => html`<label class="check"><input type=${type} name=${input.custom_id} value=${option.value} ?checked=${option.default ?? false} /> <span>${option.label}${option.description ? html`<small>${option.description}</small>` : nothing}</span></label>`)}
      </div>`;
    }
    default:
      return selectInput(input, id, label, open, guild);
  }
}

type SelectInput = Exclude<
  Inner,
  {
    type:
      | ComponentType.TextInput
      | ComponentType.FileUpload
      | ComponentType.Checkbox
      | ComponentType.RadioGroup
      | ComponentType.CheckboxGroup;
  }
>;

/** What has been chosen in selects, by modal and input: a form keeps the values of its own fields, not of these. */
const chosenIn = new Map<string, string[]>();

function selectInput(
  input: SelectInput,
  id: string,
  label: string,
  open: OpenModal,
  guild: Guild,
): TemplateResult {
  const key = `${open.interactionId}/${input.custom_id}`;
  const chosen = chosenIn.get(key) ?? defaultsOf(input);
  return html`<div id=${id} data-select=${key}>${selectView({
    key,
    label,
    placeholder: input.placeholder ?? 'Make a selection',
    choices: choicesOf(input, guild),
    least: input.min_values ?? 1,
    most: input.max_values ?? 1,
    disabled: false,
    chosen,
    onChoose: (values) => {
      chosenIn.set(key, values);
      update(() => undefined);
    },
  })}</div>`;
}

function textView(input: APITextInputComponent, id: string): TemplateResult {
  const least = input.min_length ?? nothing;
  const most = input.max_length ?? 4_000;
  const value = input.value ?? '';
  const hint = input.placeholder ?? '';
  if (input.style === TextInputStyle.Paragraph) {
    return html`<textarea id=${id} name=${input.custom_id} rows="4" minlength=${least} maxlength=${most} placeholder=${hint} ?required=${input.required ?? true}>${value}</textarea>`;
  }
  return html`<input id=${id} name=${input.custom_id} type="text" minlength=${least} maxlength=${most} placeholder=${hint} value=${value} autocomplete="off" ?required=${input.required ?? true} />`;
}

async function submit(form: HTMLFormElement, open: OpenModal): Promise<void> {
  // The browser shows beside the field what is wrong, in the viewer's language.
  if (open.sending || !form.reportValidity()) return;
  const values: Record<string, ModalValue> = {};
  for (const component of open.modal.components) {
    if (component.type === ComponentType.TextDisplay) continue;
    for (const { input } of fieldsOf(component)) values[input.custom_id] = await readInput(form, input, open);
  }
  await sendModal(open, values);
  returnFocus();
}

async function readInput(form: HTMLFormElement, input: Inner, open: OpenModal): Promise<ModalValue> {
  const data = new FormData(form);
  switch (input.type) {
    case ComponentType.TextInput:
    case ComponentType.RadioGroup:
      return String(data.get(input.custom_id) ?? '');
    case ComponentType.Checkbox:
      return data.has(input.custom_id);
    case ComponentType.CheckboxGroup:
      return data.getAll(input.custom_id).map(String);
    case ComponentType.FileUpload: {
      const files = data.getAll(input.custom_id).filter((file) => file instanceof File && file.size > 0);
      return Promise.all(files.map((file) => upload(file as File)));
    }
    default:
      return chosenIn.get(`${open.interactionId}/${input.custom_id}`) ?? defaultsOf(input);
  }
}
