import type { REST } from '@discordjs/rest';
import { type APIChannel, type APIRole, ChannelType, Routes } from 'discord-api-types/v10';
import type { NamedThing } from '../../config/names.ts';
import { type ChannelId, type GuildId, type RoleId, toChannelId, toRoleId } from '../../domain/ids.ts';
import { channelsMentioned, type TextContext } from '../../views/text.ts';
import { ask } from './errors.ts';

/** Channels under which messages stand, but in which none can be written. */
export const NOT_FOR_MESSAGES: readonly ChannelType[] = [ChannelType.GuildCategory];

/**
 * The ids behind the names of a guild's channels and roles. Read once and kept; read again when a name is not found or
 * an id has turned out to be dead.
 */
export class GuildDirectory {
  readonly #rest: REST;
  readonly #guildId: GuildId;
  #channels: Map<string, ChannelId> | undefined;
  #roles: Map<string, RoleId> | undefined;

  constructor(rest: REST, guildId: GuildId) {
    this.#rest = rest;
    this.#guildId = guildId;
  }

  /** The id of the channel with this name, or undefined if there is none. The first in the guild's order wins. */
  async channel(name: string): Promise<ChannelId | undefined> {
    this.#channels ??= await this.#readChannels();
    if (!this.#channels.has(name)) this.#channels = await this.#readChannels();
    return this.#channels.get(name);
  }

  /** The id of the role with this name, or undefined if there is none. */
  async role(name: string): Promise<RoleId | undefined> {
    this.#roles ??= await this.#readRoles();
    if (!this.#roles.has(name)) this.#roles = await this.#readRoles();
    return this.#roles.get(name);
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
    const found = await Promise.all(names.map(async (name) => [name, await this.channel(name)] as const));
    const known = found.filter((entry): entry is [string, ChannelId] => entry[1] !== undefined);
    return { links, values, channels: new Map(known) };
  }

  /** Forgets what was read: something turned out to be dead. */
  forget(): void {
    this.#channels = undefined;
    this.#roles = undefined;
  }

  /** What is missing in the guild of the channels and roles that the configuration names: a line for each. */
  async missing(names: { channels: readonly NamedThing[]; roles: readonly NamedThing[] }): Promise<string[]> {
    const channels = await this.#readChannels();
    const roles = await this.#readRoles();
    return [
      ...names.channels
        .filter(({ name }) => !channels.has(name))
        .map(({ name, key }) => `${key}: the guild has no channel #${name}: create it, or name another`),
      ...names.roles
        .filter(({ name }) => !roles.has(name))
        .map(({ name, key }) => `${key}: the guild has no role "${name}": create it, or name another`),
    ];
  }

  async #readChannels(): Promise<Map<string, ChannelId>> {
    const channels = await this.#read<APIChannel[]>(Routes.guildChannels(this.#guildId));
    const usable = channels.filter(({ type }) => !NOT_FOR_MESSAGES.includes(type));
    return firstByName(usable.map(({ id, name }) => [name ?? '', toChannelId(id)]));
  }

  async #readRoles(): Promise<Map<string, RoleId>> {
    const roles = await this.#read<APIRole[]>(Routes.guildRoles(this.#guildId));
    return firstByName(roles.map(({ id, name }) => [name, toRoleId(id)]));
  }

  async #read<Answer>(route: `/${string}`): Promise<Answer> {
    const result = await ask(() => this.#rest.get(route) as Promise<Answer>);
    if ('refusal' in result)
      throw new Error(`the guild ${this.#guildId} cannot be read: ${result.refusal.reason}`);
    return result.answer;
  }
}

function firstByName<Id>(entries: readonly (readonly [string, Id])[]): Map<string, Id> {
  return new Map([...entries].reverse());
}
