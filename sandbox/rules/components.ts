/** Message components and modals: what Discord takes (Discord docs, "Components"). */

import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { problem } from './form.ts';
import { list, optional, snowflake, text, url } from './scalars.ts';

const componentId = optional(
  z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
);
const customId = text(1, 100);
const emoji = z.object({
  id: snowflake.nullish(),
  name: z.string().max(100).nullish(),
  animated: z.boolean().nullish(),
});

const button = z
  .object({
    type: z.literal(ComponentType.Button),
    id: componentId,
    style: z.union([1, 2, 3, 4, 5, 6].map((style) => z.literal(style as ButtonStyle))),
    label: optional(text(0, 80)),
    emoji: optional(emoji),
    custom_id: optional(customId),
    url: optional(url(['http', 'https', 'discord'], 512)),
    sku_id: optional(snowflake),
    disabled: optional(z.boolean()),
  })
  .superRefine((value, context) => {
    const fail = (path: string, code: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], ...problem(code, message), input: value });
    const isLink = value.style === ButtonStyle.Link;
    if (isLink && value.url === undefined)
      fail('url', 'BUTTON_COMPONENT_URL_REQUIRED', 'A url is required for link buttons');
    if (isLink && value.custom_id !== undefined)
      fail(
        'custom_id',
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    if (!isLink && value.style !== ButtonStyle.Premium && value.custom_id === undefined)
      fail('custom_id', 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
    if (!isLink && value.url !== undefined)
      fail('url', 'BUTTON_COMPONENT_INVALID_FIELDS', 'Only link buttons may have a url');
    if (value.style !== ButtonStyle.Premium && value.label === undefined && value.emoji === undefined)
      fail('label', 'BASE_TYPE_REQUIRED', 'A label or an emoji is required');
  });

const selectCommon = {
  id: componentId,
  custom_id: customId,
  placeholder: optional(text(0, 150)),
  min_values: optional(z.int().min(0).max(25)),
  max_values: optional(z.int().min(1).max(25)),
  disabled: optional(z.boolean()),
  /** In modals only. */
  required: optional(z.boolean()),
};

const selectOption = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: optional(text(0, 100)),
  emoji: optional(emoji),
  default: optional(z.boolean()),
});

const stringSelect = z
  .object({
    type: z.literal(ComponentType.StringSelect),
    ...selectCommon,
    options: list(selectOption, 25, 1),
  })
  .superRefine((value, context) => {
    const seen = new Set<string>();
    value.options.forEach((option, index) => {
      if (seen.has(option.value))
        context.addIssue({
          code: 'custom',
          path: ['options', index, 'value'],
          ...problem(
            'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
            'The specified option value is already used',
          ),
          input: value,
        });
      seen.add(option.value);
    });
  });

function autoSelect<Type extends ComponentType, Kind extends 'user' | 'role' | 'channel'>(
  type: Type,
  kinds: readonly Kind[],
) {
  const defaults = z.object({ id: snowflake, type: z.enum(kinds) });
  return z.object({
    type: z.literal(type),
    ...selectCommon,
    default_values: optional(list(defaults, 25)),
    channel_types: optional(z.array(z.int())),
  });
}

const selects = [
  stringSelect,
  autoSelect(ComponentType.UserSelect, ['user']),
  autoSelect(ComponentType.RoleSelect, ['role']),
  autoSelect(ComponentType.MentionableSelect, ['user', 'role']),
  autoSelect(ComponentType.ChannelSelect, ['channel']),
] as const;

const actionRow = z
  .object({
    type: z.literal(ComponentType.ActionRow),
    id: componentId,
    components: list(z.discriminatedUnion('type', [button, ...selects]), 5, 1),
  })
  .superRefine((row, context) => {
    const hasSelect = row.components.some((component) => component.type !== ComponentType.Button);
    if (hasSelect && row.components.length > 1)
      context.addIssue({
        code: 'custom',
        path: ['components'],
        ...problem('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width'),
        input: row,
      });
  });

const media = z.object({ url: url(['http', 'https', 'attachment']) });
const textDisplay = z.object({
  type: z.literal(ComponentType.TextDisplay),
  id: componentId,
  content: text(1, 4000),
});
const thumbnail = z.object({
  type: z.literal(ComponentType.Thumbnail),
  id: componentId,
  media,
  description: optional(text(0, 1024)),
  spoiler: optional(z.boolean()),
});
const section = z.object({
  type: z.literal(ComponentType.Section),
  id: componentId,
  components: list(textDisplay, 3, 1),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});
const gallery = z.object({
  type: z.literal(ComponentType.MediaGallery),
  id: componentId,
  items: list(
    z.object({ media, description: optional(text(0, 1024)), spoiler: optional(z.boolean()) }),
    10,
    1,
  ),
});
const file = z.object({
  type: z.literal(ComponentType.File),
  id: componentId,
  file: z.object({ url: url(['attachment']) }),
  spoiler: optional(z.boolean()),
});
const separator = z.object({
  type: z.literal(ComponentType.Separator),
  id: componentId,
  divider: optional(z.boolean()),
  spacing: optional(z.union([z.literal(1), z.literal(2)])),
});
const container = z.object({
  type: z.literal(ComponentType.Container),
  id: componentId,
  components: list(
    z.discriminatedUnion('type', [actionRow, textDisplay, section, gallery, file, separator]),
    40,
    1,
  ),
  accent_color: optional(z.int().min(0).max(0xffffff)),
  spoiler: optional(z.boolean()),
});

/** What may stand at the top of a message. */
export const topLevelComponent = z.discriminatedUnion('type', [
  actionRow,
  textDisplay,
  section,
  gallery,
  file,
  separator,
  container,
]);

const textInput = z.object({
  type: z.literal(ComponentType.TextInput),
  id: componentId,
  custom_id: customId,
  style: z.union([z.literal(1), z.literal(2)]),
  /** Only outside a label component. */
  label: optional(text(1, 45)),
  min_length: optional(z.int().min(0).max(4000)),
  max_length: optional(z.int().min(1).max(4000)),
  required: optional(z.boolean()),
  value: optional(text(0, 4000)),
  placeholder: optional(text(0, 100)),
});
const choice = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: optional(text(0, 100)),
  default: optional(z.boolean()),
});
const radioGroup = z.object({
  type: z.literal(ComponentType.RadioGroup),
  id: componentId,
  custom_id: customId,
  options: list(choice, 10, 2),
  required: optional(z.boolean()),
});
const checkboxGroup = z.object({
  type: z.literal(ComponentType.CheckboxGroup),
  id: componentId,
  custom_id: customId,
  options: list(choice, 10, 1),
  min_values: optional(z.int().min(0).max(10)),
  max_values: optional(z.int().min(1).max(10)),
  required: optional(z.boolean()),
});
const checkbox = z.object({
  type: z.literal(ComponentType.Checkbox),
  id: componentId,
  custom_id: customId,
  default: optional(z.boolean()),
});
const fileUpload = z.object({
  type: z.literal(ComponentType.FileUpload),
  id: componentId,
  custom_id: customId,
  min_values: optional(z.int().min(0).max(10)),
  max_values: optional(z.int().min(1).max(10)),
  required: optional(z.boolean()),
});
const label = z.object({
  type: z.literal(ComponentType.Label),
  id: componentId,
  label: text(1, 45),
  description: optional(text(0, 100)),
  component: z.discriminatedUnion('type', [
    textInput,
    ...selects,
    radioGroup,
    checkboxGroup,
    checkbox,
    fileUpload,
  ]),
});
const labelledTextInput = textInput.refine((input) => input.label !== undefined, {
  path: ['label'],
  ...problem('BASE_TYPE_REQUIRED', 'This field is required'),
});
const modalRow = z.object({
  type: z.literal(ComponentType.ActionRow),
  id: componentId,
  components: list(labelledTextInput, 1, 1),
});

/** A modal: a title and one to five inputs (text between them does not count as one). */
export const modalForm = z.object({
  custom_id: customId,
  title: text(1, 45),
  components: list(z.discriminatedUnion('type', [modalRow, label, textDisplay]), 5, 1),
});

export type ModalForm = z.output<typeof modalForm>;
export type TopLevelComponent = z.output<typeof topLevelComponent>;
