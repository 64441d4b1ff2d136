/** What a message may contain (Discord docs, "Create Message", "Embed Limits"). */

import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { type TopLevelComponent, topLevelComponent } from './components.ts';
import { DiscordError } from './errors.ts';
import { formError, problem } from './form.ts';
import { isoTime, list, optional, snowflake, text, url } from './scalars.ts';

const webUrl = url(['http', 'https', 'attachment']);
const embedImage = z.object({ url: webUrl });

/** An embed as an application sends it. */
const embed = z.object({
  title: optional(text(0, 256)),
  description: optional(text(0, 4096)),
  url: optional(url(['http', 'https'])),
  timestamp: optional(isoTime),
  color: optional(z.int().min(0).max(0xffffff)),
  footer: optional(z.object({ text: text(1, 2048), icon_url: optional(webUrl) })),
  image: optional(embedImage),
  thumbnail: optional(embedImage),
  author: optional(
    z.object({ name: text(1, 256), url: optional(url(['http', 'https'])), icon_url: optional(webUrl) }),
  ),
  fields: optional(
    list(z.object({ name: text(1, 256), value: text(1, 1024), inline: optional(z.boolean()) }), 25),
  ),
});
type Embed = z.output<typeof embed>;

/** All texts of all embeds together. */
const maximumEmbedCharacters = 6000;

function embedCharacters(value: Embed): number {
  const fields = value.fields?.map((field) => field.name.length + field.value.length) ?? [];
  const texts = [value.title, value.description, value.footer?.text, value.author?.name];
  return [...texts.map((part) => part?.length ?? 0), ...fields].reduce((sum, length) => sum + length, 0);
}

const embeds = list(embed, 10).refine(
  (values) => values.reduce((sum, value) => sum + embedCharacters(value), 0) <= maximumEmbedCharacters,
  problem('MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000'),
);

const allowedMentions = z
  .object({
    parse: optional(z.array(z.enum(['users', 'roles', 'everyone']))),
    users: optional(list(snowflake, 100)),
    roles: optional(list(snowflake, 100)),
    replied_user: optional(z.boolean()),
  })
  .superRefine((value, context) => {
    for (const kind of ['users', 'roles'] as const)
      if (value.parse?.includes(kind) && (value[kind]?.length ?? 0) > 0)
        context.addIssue({
          code: 'custom',
          path: [],
          input: value,
          ...problem(
            'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          ),
        });
  });
export type AllowedMentions = z.output<typeof allowedMentions>;

const attachment = z.object({
  id: snowflake,
  filename: optional(z.string().max(1024)),
  description: optional(text(0, 1024)),
  title: optional(z.string().max(1024)),
});

const pollMedia = (maximum: number) =>
  z.object({
    text: text(1, maximum),
    emoji: optional(z.object({ id: snowflake.nullish(), name: z.string().nullish() })),
  });

export const pollForm = z.object({
  question: pollMedia(300),
  answers: list(z.object({ poll_media: pollMedia(55) }), 10, 1),
  /** Hours. */
  duration: optional(z.int().min(1).max(768)),
  allow_multiselect: optional(z.boolean()),
  layout_type: optional(z.literal(1)),
});
export type PollForm = z.output<typeof pollForm>;

const nonce = z.union([z.int(), z.string().max(25, { error: 'too long' })]);

const components = z.array(topLevelComponent);

/** The fields that both sending and editing take. */
const commonFields = {
  content: z
    .string()
    .nullish()
    .refine(
      (value) => [...(value ?? '')].length <= 2000,
      problem('BASE_TYPE_MAX_LENGTH', 'Must be 2000 or fewer in length.'),
    ),
  embeds: embeds.nullish(),
  allowed_mentions: optional(allowedMentions),
  components: components.nullish(),
  attachments: list(attachment, 10).nullish(),
  flags: optional(z.int()),
};

/** The body of "Create Message", of a follow-up, and of the message in an interaction's callback. */
export const messageForm = z.object({
  ...commonFields,
  tts: optional(z.boolean()),
  nonce: optional(nonce),
  enforce_nonce: optional(z.boolean()),
  message_reference: optional(
    z.object({
      // Forwarding (1) is not there.
      type: optional(z.literal(0)),
      message_id: optional(snowflake),
      channel_id: optional(snowflake),
      guild_id: optional(snowflake),
      fail_if_not_exists: optional(z.boolean()),
    }),
  ),
  sticker_ids: optional(list(snowflake, 3)),
  poll: optional(pollForm),
  /** Of a webhook's message only. */
  username: optional(text(1, 80)),
  thread_name: optional(text(1, 100)),
});
export type MessageForm = z.output<typeof messageForm>;

/** The body of "Edit Message": null empties a field, its absence leaves it. */
export const messageEditForm = z.object(commonFields);
export type MessageEditForm = z.output<typeof messageEditForm>;

/** What Discord counts of one message's components. */
const maximumRows = 5;
const maximumComponents = 40;
const maximumTextCharacters = 4000;

type AnyComponent = { type: number; custom_id?: unknown; content?: unknown } & Record<string, unknown>;

/** The component and all within it, in order. */
export function* withNested(component: AnyComponent): Generator<AnyComponent> {
  yield component;
  for (const key of ['components', 'accessory', 'component'] as const) {
    const nested = component[key];
    const children = Array.isArray(nested) ? nested : nested === undefined ? [] : [nested];
    for (const child of children) yield* withNested(child as AnyComponent);
  }
}

/**
 * The rules that bind a message's parts to each other.
 * @throws DiscordError 50035 or 50006
 */
export function checkMessageParts(message: {
  content: string;
  embeds: unknown[];
  components: TopLevelComponent[];
  flags: number;
  poll: unknown;
  stickers: unknown[];
  attachments: unknown[];
}): void {
  const isV2 = (message.flags & MessageFlags.IsComponentsV2) !== 0;
  checkUniqueCustomIds(message.components);
  if (isV2) {
    checkV2(message);
    return;
  }
  checkV1(message.components);
  const parts = [message.embeds, message.components, message.stickers, message.attachments];
  const isEmpty =
    message.content.trim() === '' && message.poll === null && parts.every((part) => part.length === 0);
  if (isEmpty) throw new DiscordError('emptyMessage');
}

function checkV1(components: TopLevelComponent[]): void {
  if (components.length > maximumRows)
    throw formError(
      ['components'],
      'BASE_TYPE_BAD_LENGTH',
      `Must be between 1 and ${maximumRows} in length.`,
    );
  const index = components.findIndex((component) => component.type !== ComponentType.ActionRow);
  if (index !== -1)
    throw formError(
      ['components', index, 'type'],
      'UNION_TYPE_CHOICES',
      'Value of field "type" must be one of (1,).',
    );
}

function checkV2(message: Parameters<typeof checkMessageParts>[0]): void {
  for (const [field, value] of [
    ['content', message.content],
    ['embeds', message.embeds],
    ['sticker_ids', message.stickers],
  ] as const)
    if (value.length > 0)
      throw formError(
        [field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      );
  if (message.poll !== null)
    throw formError(
      ['poll'],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      "The 'poll' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
    );
  if (message.components.length === 0) throw new DiscordError('emptyMessage');
  const all = message.components.flatMap((component) => [...withNested(component)]);
  if (all.length > maximumComponents)
    throw formError(
      ['components'],
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `Total number of components cannot exceed ${maximumComponents}`,
    );
  const characters = all.reduce(
    (sum, { content }) => sum + (typeof content === 'string' ? content.length : 0),
    0,
  );
  if (characters > maximumTextCharacters)
    throw formError(
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Displayable text size exceeds maximum size of ${maximumTextCharacters}`,
    );
}

function checkUniqueCustomIds(components: TopLevelComponent[]): void {
  const seen = new Set<unknown>();
  components.forEach((component, index) => {
    for (const { custom_id: id } of withNested(component)) {
      if (id !== undefined && seen.has(id))
        throw formError(
          ['components', index],
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          'Component custom id cannot be duplicated',
        );
      seen.add(id);
    }
  });
}
