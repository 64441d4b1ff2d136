/** A member presses, chooses, submits: checked as Discord's own client does, then handed to the bot. */

import {
  type APIMessageComponent,
  type APIMessageInteractionMetadata,
  ApplicationIntegrationType,
  ComponentType,
  InteractionType,
  type Snowflake,
} from 'discord-api-types/v10';
import { findMessage } from '../actions/messages.ts';
import { allow } from '../control/refusal.ts';
import { found } from '../rules/errors.ts';
import { withNested } from '../rules/message-form.ts';
import { channelPermissions, maySee } from '../rules/permissions.ts';
import type { ChannelRecord, MessageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewChannel } from '../views/channels.ts';
import { viewMessage } from '../views/messages.ts';
import { viewMember, viewUser } from '../views/users.ts';
import type { InteractionDesk } from './desk.ts';
import type { InteractionRecord } from './records.ts';
import { resolve } from './resolved.ts';

/** An interaction to be handed to the bot. */
export interface NewInteraction {
  type: InteractionType;
  userId: Snowflake;
  channel: ChannelRecord;
  name: string;
  data: object;
  source: MessageRecord | null;
  /** What the metadata of messages that come of it says besides id, type and user. */
  metadata?: object;
}

/** Hands an interaction to the bot and gives its id. */
export function startInteraction(world: World, desk: InteractionDesk, wanted: NewInteraction): Snowflake {
  const { type, userId, channel, source } = wanted;
  const id = world.newId();
  const token = desk.newToken();
  const member = world.members.get(userId);
  const inGuild = channel.kind !== 'dm';
  const owners = inGuild
    ? { [ApplicationIntegrationType.GuildInstall]: world.guild.id }
    : { [ApplicationIntegrationType.GuildInstall]: '0' };
  const metadata = {
    id,
    type,
    user: viewUser(world, userId),
    authorizing_integration_owners: owners,
    ...wanted.metadata,
  } as unknown as APIMessageInteractionMetadata;
  const record: InteractionRecord = {
    id,
    token,
    type,
    userId,
    channelId: channel.id,
    name: wanted.name,
    sourceMessageId: source?.id ?? null,
    createdAt: world.now(),
    answeredAt: null,
    progress: { state: 'waiting' },
    originalId: null,
    followUpIds: [],
    modalOpen: false,
    metadata,
  };
  const payload = {
    version: 1,
    id,
    token,
    type,
    application_id: world.identity.applicationId,
    data: wanted.data,
    channel_id: channel.id,
    channel: {
      ...viewChannel(world, channel),
      permissions: channelPermissions(world, userId, channel).toString(),
    },
    locale: 'en-US',
    app_permissions: channelPermissions(world, world.botId, channel).toString(),
    entitlements: [],
    authorizing_integration_owners: owners,
    context: inGuild ? 0 : 1,
    attachment_size_limit: 10_485_760,
    ...(inGuild
      ? {
          guild_id: world.guild.id,
          guild: { id: world.guild.id, features: world.guild.features, locale: world.guild.preferredLocale },
          guild_locale: world.guild.preferredLocale,
        }
      : {}),
    ...(inGuild && member !== undefined
      ? {
          member: {
            ...viewMember(world, member),
            permissions: channelPermissions(world, userId, channel).toString(),
          },
        }
      : { user: viewUser(world, userId) }),
    ...(source === null ? {} : { message: viewMessage(world, source, world.botId) }),
  };
  desk.start(record, payload as never);
  return id;
}

/** Where a component is: message and custom id. */
export interface ComponentPlace {
  userId: Snowflake;
  channelId: Snowflake;
  messageId: Snowflake;
  customId: string;
}

type AnyComponent = APIMessageComponent & { custom_id?: string; disabled?: boolean };

function findComponent(
  world: World,
  place: ComponentPlace,
): { message: MessageRecord; channel: ChannelRecord; component: AnyComponent } {
  const channel = found(world.channels.get(place.channelId), 'unknownChannel');
  allow(maySee(world, place.userId, channel), 'This member does not see the channel.');
  const message = findMessage(world, place.userId, channel, place.messageId);
  const all = message.components.flatMap((row) => [...withNested({ ...row })]) as unknown as AnyComponent[];
  const component = all.find(({ custom_id: id }) => id === place.customId);
  allow(component !== undefined, `The message has no component "${place.customId}".`, 'not-found');
  allow(message.authorId === world.botId, 'Only components of the bot can be used.');
  allow(component.disabled !== true, `"${place.customId}" is disabled.`);
  return { message, channel, component };
}

/** @throws Refusal when there is no such button, or it cannot be pressed */
export function pressButton(world: World, desk: InteractionDesk, place: ComponentPlace): Snowflake {
  const { message, channel, component } = findComponent(world, place);
  allow(component.type === ComponentType.Button, `"${place.customId}" is no button.`, 'invalid');
  return startComponent(world, desk, place, channel, message, {
    custom_id: place.customId,
    component_type: component.type,
    id: component.id,
  });
}

/** @throws Refusal when the values are not what the select offers */
export function chooseInSelect(
  world: World,
  desk: InteractionDesk,
  place: ComponentPlace,
  values: string[],
): Snowflake {
  const { message, channel, component } = findComponent(world, place);
  checkChoice(component as unknown as SelectLike, values);
  const resolved = resolve(world, channel, idsOfSelect(component.type, values));
  return startComponent(world, desk, place, channel, message, {
    custom_id: place.customId,
    component_type: component.type,
    id: component.id,
    values,
    ...(component.type === ComponentType.StringSelect ? {} : { resolved }),
  });
}

function startComponent(
  world: World,
  desk: InteractionDesk,
  place: ComponentPlace,
  channel: ChannelRecord,
  message: MessageRecord,
  data: object,
): Snowflake {
  return startInteraction(world, desk, {
    type: InteractionType.MessageComponent,
    userId: place.userId,
    channel,
    name: place.customId,
    data,
    source: message,
    metadata: { interacted_message_id: message.id },
  });
}

/** What of a select the choice is checked against. */
export interface SelectLike {
  type: ComponentType;
  custom_id: string;
  min_values?: number;
  max_values?: number;
  required?: boolean;
  options?: { value: string }[];
}

/** @throws Refusal when too few, too many, or values that are not offered are chosen */
export function checkChoice(select: SelectLike, values: string[]): void {
  allow(selectTypes.has(select.type), `"${select.custom_id}" is no select.`, 'invalid');
  const minimum = select.min_values ?? 1;
  const maximum = select.max_values ?? 1;
  allow(
    values.length >= minimum && values.length <= maximum,
    `"${select.custom_id}" takes ${minimum} to ${maximum} values, not ${values.length}.`,
    'invalid',
  );
  allow(new Set(values).size === values.length, 'A value can be chosen once.', 'invalid');
  const unknown = values.find((value) => select.options?.every((option) => option.value !== value));
  allow(unknown === undefined, `"${select.custom_id}" does not offer "${unknown}".`, 'invalid');
}

const selectTypes: ReadonlySet<ComponentType> = new Set([
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]);

/** The ids that a select's values are, by kind. */
export function idsOfSelect(type: ComponentType, values: string[]) {
  return {
    users: type === ComponentType.UserSelect || type === ComponentType.MentionableSelect ? values : [],
    roles: type === ComponentType.RoleSelect || type === ComponentType.MentionableSelect ? values : [],
    channels: type === ComponentType.ChannelSelect ? values : [],
    mentionable: type === ComponentType.MentionableSelect,
  };
}
