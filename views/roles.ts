import {
  type APIActionRowComponent,
  type APIEmbed,
  type APIMessage,
  type APIStringSelectComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { type PersonalWelcome, type RolesSettings, roleMenuId } from '../domain/roles.ts';
import { COLORS } from './colors.ts';
import type { MarkedMessage } from './marked-message.ts';
import { channelsMentioned, fill, type TextContext } from './text.ts';

/** The menu from which a member chooses one kind. */
export function roleMenu(
  { placeholder, kinds }: RolesSettings,
  customId = roleMenuId(),
): APIActionRowComponent<APIStringSelectComponent> {
  const options = kinds.map(({ name, label, description, emoji }) => ({
    value: name,
    label,
    ...(description !== undefined && { description }),
    ...(emoji !== undefined && { emoji: { name: emoji } }),
  }));
  const menu = { type: ComponentType.StringSelect as const, custom_id: customId, placeholder, options };
  return { type: ComponentType.ActionRow, components: [menu] };
}

/** The names of the channels to which a personal welcome leads. */
export function channelsOfWelcome(welcome: PersonalWelcome): string[] {
  return [...channelsMentioned(welcome), ...welcome.channels];
}

/** What a member is told who has chosen, with links to the channels. */
export function personalWelcome({ title, text, channels }: PersonalWelcome, context: TextContext): APIEmbed {
  const links = channels.map((name) => fill(`{#${name}}`, context)).join(' ');
  return {
    title,
    description: [fill(text, context), links].filter((part) => part !== '').join('\n\n'),
    color: COLORS.green,
  };
}

/**
 * What stands in the panel, and what `/roles` shows.
 *
 * @param customId of the menu
 */
export function roleChoices(settings: RolesSettings, context: TextContext, customId = roleMenuId()) {
  const { title, text } = settings.panel;
  return {
    embeds: [{ title, description: fill(text, context), color: COLORS.blue }] satisfies APIEmbed[],
    components: [roleMenu(settings, customId)],
  };
}

/** The message of the panel. `mark` is in the menu's `custom_id`. */
export function rolePanelMessage(settings: RolesSettings, context: TextContext, mark: string): MarkedMessage {
  const marker = roleMenuId(mark);
  return {
    marker,
    body: { ...roleChoices(settings, context, marker), allowed_mentions: { parse: [] } },
  };
}

/** Whether `message` says and offers what `panel` does. Discord adds much to what it was sent: that does not count. */
export function saysTheSame(
  message: Pick<APIMessage, 'embeds' | 'components'>,
  { body }: MarkedMessage,
): boolean {
  return JSON.stringify(essence(message)) === JSON.stringify(essence(body));
}

function essence({ embeds, components }: Pick<MarkedMessage['body'], 'embeds' | 'components'>) {
  const rows = (components ?? []).filter((row) => row.type === ComponentType.ActionRow);
  const menus = rows
    .flatMap((row) => row.components)
    .filter((component) => component.type === ComponentType.StringSelect);
  return {
    embeds: (embeds ?? []).map(({ title, description, color }) => [title, description, color]),
    menus: menus.map(({ custom_id, placeholder, options }) => [
      custom_id,
      placeholder,
      options.map(({ value, label, description, emoji }) => [value, label, description, emoji?.name]),
    ]),
  };
}
