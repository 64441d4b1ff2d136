import type { REST } from '@discordjs/rest';
import { type APIChannel, type APIRole, ChannelType, Routes } from 'discord-api-types/v10';
import type { NamedThing } from '../../config/names.ts';
import { type ChannelId, type GuildId, type RoleId, toChannelId, toRoleId } from '../../domain/ids.ts';
import { channelsMentioned, type TextContext } from '../../views/text.ts';
import { ask } from './errors.ts';
import { GuildList } from './guild-list.ts';

/** Channels in which no messages stand: they hold other channels, or posts with threads. */
const NOT_FOR_MESSAGES: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildCategory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
  ChannelType.GuildDirectory,
]);

/** Whether messages can be written in a channel of this type. */
export function takesMessages({ type }: { readonly type: ChannelType }): boolean {
  return !NOT_FOR_MESSAGES.has(type);
}

/** Whether members can meet in a channel of this type and talk. */
export function isForTalking({ type }: { readonly type: ChannelType }): boolean {
  return type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice;
}

interface KnownChannel {
  readonly id: ChannelId;
  readonly name: string;
  readonly type: ChannelType;
}

interface KnownRole {
  readonly id: RoleId;
  readonly name: string;
}

/** The ids behind the names of a guild's channels and roles. */
export class GuildDirectory {
  readonly #rest: REST;
  readonly #guildId: GuildId;
  readonly #channels = new GuildList<KnownChannel>(() => this.#readChannels());
  readonly #roles = new GuildList<KnownRole>(() => this.#readRoles());

  constructor(rest: REST, guildId: GuildId) {
    this.#rest = rest;
    this.#guildId = guildId;
  }

  /** The id of the channel with this name that takes messages (the first in the guild's order wins), or why there is none. */
  async channelForMessages(
    name: string,
  ): Promise<{ channelId: ChannelId } | { readonly kind: 'refused'; readonly reason: string }> {
    const channel = await this.#channels.find(name, takesMessages);
    return channel === undefined
      ? { kind: 'refused', reason: `the guild has no channel #${name} that takes messages` }
      : { channelId: channel.id };
  }

  /** The id of the voice or stage channel with this name (the first in the guild's order wins), or why there is none. */
  async channelForTalking(
    name: string,
  ): Promise<{ channelId: ChannelId } | { readonly kind: 'refused'; readonly reason: string }> {
    const channel = await this.#channels.find(name, isForTalking);
    return channel === undefined
      ? { kind: 'refused', reason: `the guild has no voice or stage channel "${name}"` }
      : { channelId: channel.id };
  }

  /** The id of the role with this name, or undefined if there is none. */
  async role(name: string): Promise<RoleId | undefined> {
    return (await this.#roles.find(name))?.id;
  }

  /** The channel for messages that has the name of one that was deleted, or undefined if there is none. */
  async successorOfChannel(deleted: ChannelId): Promise<ChannelId | undefined> {
    return (await this.#channels.successorOf(deleted, takesMessages))?.id;
  }

  /** The role that has the name of one that was deleted, or undefined if there is none. */
  async successorOfRole(deleted: RoleId): Promise<RoleId | undefined> {
    return (await this.#roles.successorOf(deleted))?.id;
  }

  /**
   * What fills in the texts of a part of the configuration: the channels that it mentions, with these links and values.
   */
  async textContext(
    links: TextContext['links'],
    part: unknown,
    values: TextContext['values'] = {},
  ): Promise<TextContext> {
    const names = channelsMentioned(part);
    const found = await Promise.all(names.map((name) => this.#channels.find(name)));
    const known = found.filter((channel) => channel !== undefined);
    return { links, values, channels: new Map(known.map(({ name, id }) => [name, id])) };
  }

  /** Forgets what was read: something turned out to be dead. */
  forget(): void {
    this.#channels.forget();
    this.#roles.forget();
  }

  /** What is missing in the guild of the channels and roles that the configuration names: a line for each. */
  async missing(names: { channels: readonly NamedThing[]; roles: readonly NamedThing[] }): Promise<string[]> {
    const channels = namesOf(await this.#readChannels());
    const roles = namesOf(await this.#readRoles());
    return [
      ...names.channels
        .filter(({ name }) => !channels.has(name))
        .map(({ name, key }) => `${key}: the guild has no channel #${name}: create it, or name another`),
      ...names.roles
        .filter(({ name }) => !roles.has(name))
        .map(({ name, key }) => `${key}: the guild has no role "${name}": create it, or name another`),
    ];
  }

  async #readChannels(): Promise<KnownChannel[]> {
    const channels = await this.#get<APIChannel[]>(Routes.guildChannels(this.#guildId));
    return channels
      .filter(({ type }) => type !== ChannelType.GuildCategory)
      .map(({ id, name, type }) => ({ id: toChannelId(id), name: name ?? '', type }));
  }

  async #readRoles(): Promise<KnownRole[]> {
    const roles = await this.#get<APIRole[]>(Routes.guildRoles(this.#guildId));
    return roles.map(({ id, name }) => ({ id: toRoleId(id), name }));
  }

  async #get<Answer>(route: `/${string}`): Promise<Answer> {
    const result = await ask(() => this.#rest.get(route) as Promise<Answer>);
    if ('refusal' in result)
      throw new Error(`the guild ${this.#guildId} cannot be read: ${result.refusal.reason}`);
    return result.answer;
  }
}

function namesOf(items: readonly { readonly name: string }[]): ReadonlySet<string> {
  return new Set(items.map(({ name }) => name));
}
