/** A member fills in a modal and sends it. */

import { type APIAttachment, ComponentType, InteractionType, type Snowflake } from 'discord-api-types/v10';
import { keepAttachments } from '../actions/attachments.ts';
import type { FileUpload } from '../control/api.ts';
import type { ModalValue } from '../control/calls.ts';
import { allow } from '../control/refusal.ts';
import { uploaded } from '../control/uploads.ts';
import type { ModalForm } from '../rules/components.ts';
import { found } from '../rules/errors.ts';
import type { ChannelRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { InteractionDesk } from './desk.ts';
import { type IdsToResolve, resolve } from './resolved.ts';
import { checkChoice, idsOfSelect, type SelectLike, startInteraction } from './start.ts';

type Values = Record<string, ModalValue>;
type ModalInput = Extract<ModalForm['components'][number], { type: ComponentType.Label }>['component'];

/** What one input makes of what was filled in, and the ids that it names. */
interface Filled {
  data: object;
  ids: IdsToResolve;
}

/**
 * Sends a modal that is open.
 * @throws Refusal when it is not open, or what was filled in is not what it asks for
 */
export function submitModal(
  world: World,
  desk: InteractionDesk,
  userId: Snowflake,
  interactionId: Snowflake,
  values: Values,
): Snowflake {
  const opener = desk.openModal(interactionId, userId);
  allow(opener?.progress.state === 'modal', 'This modal is not open (any more).', 'conflict');
  const { modal } = opener.progress;
  const channel = found(world.channels.get(opener.channelId), 'unknownChannel');
  checkNames(modal, values);
  const filled = modal.components.map((component) => fillTopLevel(world, channel, component, values));
  const ids = mergeIds(filled.map((part) => part.ids));
  const source = opener.sourceMessageId === null ? null : world.messages.records.get(opener.sourceMessageId);
  const id = startInteraction(world, desk, {
    type: InteractionType.ModalSubmit,
    userId,
    channel,
    name: modal.custom_id,
    data: {
      custom_id: modal.custom_id,
      components: filled.map(({ data }) => data),
      resolved: resolve(world, channel, ids),
    },
    source: source ?? null,
    metadata: { triggering_interaction_metadata: opener.metadata },
  });
  desk.closeModal(opener);
  return id;
}

/** Nothing may be filled in that the modal does not have. */
function checkNames(modal: ModalForm, values: Values): void {
  const known = modal.components.flatMap((component) => inputsIn(component).map((input) => input.custom_id));
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  allow(unknown === undefined, `The modal has no input "${unknown}".`, 'invalid');
}

function inputsIn(component: ModalForm['components'][number]): ModalInput[] {
  if (component.type === ComponentType.Label) return [component.component];
  return component.type === ComponentType.ActionRow ? component.components : [];
}

function fillTopLevel(
  world: World,
  channel: ChannelRecord,
  component: ModalForm['components'][number],
  values: Values,
): Filled {
  const fillIn = (input: ModalInput) => fillInput(world, channel, input, values[input.custom_id]);
  const id = component.id ?? 0;
  if (component.type === ComponentType.TextDisplay) return { data: { type: component.type, id }, ids: {} };
  if (component.type === ComponentType.Label) {
    const { data, ids } = fillIn(component.component);
    return { data: { type: component.type, id, component: data }, ids };
  }
  const inputs = component.components.map(fillIn);
  return {
    data: { type: component.type, id, components: inputs.map(({ data }) => data) },
    ids: mergeIds(inputs.map(({ ids }) => ids)),
  };
}

function fillInput(
  world: World,
  channel: ChannelRecord,
  input: ModalInput,
  value: ModalValue | undefined,
): Filled {
  const common = { type: input.type, id: input.id ?? 0, custom_id: input.custom_id };
  switch (input.type) {
    case ComponentType.TextInput:
      return { data: { ...common, value: checkText(input, value) }, ids: {} };
    case ComponentType.Checkbox:
      return { data: { ...common, value: value === true }, ids: {} };
    case ComponentType.RadioGroup:
      return { data: { ...common, value: checkRadio(input, value) }, ids: {} };
    case ComponentType.CheckboxGroup:
      return { data: { ...common, values: checkBoxes(input, asList(input.custom_id, value)) }, ids: {} };
    case ComponentType.FileUpload: {
      const files = keepFiles(world, channel, input, value);
      return { data: { ...common, values: files.map(({ id }) => id) }, ids: { attachments: files } };
    }
    default: {
      const values = asList(input.custom_id, value);
      const mayBeEmpty = input.required === false && values.length === 0;
      if (!mayBeEmpty) checkChoice(input as SelectLike, values);
      return { data: { ...common, values }, ids: idsOfSelect(input.type, values) };
    }
  }
}

type InputOf<Type extends ComponentType> = Extract<ModalInput, { type: Type }>;

function checkText(input: InputOf<ComponentType.TextInput>, value: ModalValue | undefined): string {
  const text = value ?? input.value ?? '';
  allow(typeof text === 'string', `"${input.custom_id}" takes text.`, 'invalid');
  if (text === '' && input.required === false) return text;
  const minimum = Math.max(input.min_length ?? 1, 1);
  const maximum = input.max_length ?? 4000;
  allow(
    text.length >= minimum && text.length <= maximum,
    `"${input.custom_id}" takes ${minimum} to ${maximum} characters, not ${text.length}.`,
    'invalid',
  );
  return text;
}

function checkRadio(input: InputOf<ComponentType.RadioGroup>, value: ModalValue | undefined): string | null {
  const chosen = value ?? input.options.find((option) => option.default)?.value;
  if (chosen === undefined) {
    allow(input.required === false, `"${input.custom_id}" has to be answered.`, 'invalid');
    return null;
  }
  allow(
    typeof chosen === 'string' && input.options.some((option) => option.value === chosen),
    `"${input.custom_id}" does not offer that.`,
    'invalid',
  );
  return chosen;
}

function checkBoxes(input: InputOf<ComponentType.CheckboxGroup>, values: string[]): string[] {
  const minimum = input.min_values ?? (input.required === false ? 0 : 1);
  const maximum = input.max_values ?? input.options.length;
  allow(
    values.length >= minimum && values.length <= maximum,
    `"${input.custom_id}" takes ${minimum} to ${maximum} marks, not ${values.length}.`,
    'invalid',
  );
  const isOffered = (chosen: string) => input.options.some((option) => option.value === chosen);
  allow(values.every(isOffered), `"${input.custom_id}" does not offer that.`, 'invalid');
  return values;
}

function asList(name: string, value: ModalValue | undefined): string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [value];
  allow(Array.isArray(value), `"${name}" takes a list of values.`, 'invalid');
  return value.map((entry) => {
    allow(typeof entry === 'string', `"${name}" takes a list of values.`, 'invalid');
    return entry;
  });
}

function keepFiles(
  world: World,
  channel: ChannelRecord,
  input: InputOf<ComponentType.FileUpload>,
  value: ModalValue | undefined,
): APIAttachment[] {
  const files = Array.isArray(value)
    ? value.filter((entry): entry is FileUpload => typeof entry === 'object')
    : [];
  const minimum = input.min_values ?? (input.required === false ? 0 : 1);
  const maximum = input.max_values ?? 1;
  allow(
    files.length >= minimum && files.length <= maximum,
    `"${input.custom_id}" takes ${minimum} to ${maximum} files, not ${files.length}.`,
    'invalid',
  );
  return keepAttachments(world, channel.id, uploaded(files), []);
}

/** The ids of several inputs together. */
export function mergeIds(parts: IdsToResolve[]): IdsToResolve {
  return {
    users: parts.flatMap((part) => part.users ?? []),
    roles: parts.flatMap((part) => part.roles ?? []),
    channels: parts.flatMap((part) => part.channels ?? []),
    attachments: parts.flatMap((part) => part.attachments ?? []),
    mentionable: parts.some((part) => part.mentionable),
  };
}
