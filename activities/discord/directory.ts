import type { REST } from '@discordjs/rest';
import {
  type APIChannel,
  type APIRole,
  ChannelType,
  RESTJSONErrorCodes,
  Routes,
} from 'discord-api-types/v10';
import type { NamedThing } from '../../config/names.ts';
import { type ChannelId, type GuildId, type RoleId, toChannelId, toRoleId } from '../../domain/ids.ts';
import { channelsMentioned, type TextContext } from '../../views/text.ts';
import { ask, type Refusal } from './errors.ts';
import { IdsByName } from './ids-by-name.ts';

/** Channels under which messages stand, but in which none can be written. */
export const NOT_FOR_MESSAGES: readonly ChannelType[] = [ChannelType.GuildCategory];

type Asked<Answer> = { answer: Answer } | { refusal: Refusal };
type Ask<Id, Answer> = (id: Id) => Promise<Asked<Answer>>;

/**
 * The ids behind the names of a guild's channels and roles. Read once and kept; read again when a name is not found or
 * an id has turned out to be dead.
 */
export class GuildDirectory {
  readonly #rest: REST;
  readonly #guildId: GuildId;
  readonly #channels = new IdsByName(() => this.#readChannels());
  readonly #roles = new IdsByName(() => this.#readRoles());

  constructor(rest: REST, guildId: GuildId) {
    this.#rest = rest;
    this.#guildId = guildId;
  }

  /** The id of the channel with this name, or undefined if there is none. The first in the guild's order wins. */
  channel(name: string): Promise<ChannelId | undefined> {
    return this.#channels.find(name);
  }

  /** The id of the role with this name, or undefined if there is none. */
  role(name: string): Promise<RoleId | undefined> {
    return this.#roles.find(name);
  }

  /**
   * Asks Discord for something in a channel of this directory. If that was deleted and made again under the same name, asks once
   * more, for the one that is there now.
   */
  askOfChannel<Answer>(channelId: ChannelId, ask: Ask<ChannelId, Answer>): Promise<Asked<Answer>> {
    return askAgainIfReplaced(channelId, ask, RESTJSONErrorCodes.UnknownChannel, this.#channels);
  }

  /** Asks Discord for something with a role of this directory: as `askOfChannel` does. */
  askOfRole<Answer>(roleId: RoleId, ask: Ask<RoleId, Answer>): Promise<Asked<Answer>> {
    return askAgainIfReplaced(roleId, ask, RESTJSONErrorCodes.UnknownRole, this.#roles);
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
    this.#channels.forget();
    this.#roles.forget();
  }

  /** What is missing in the guild of the channels and roles that the configuration names: a line for each. */
  async missing(names: { channels: readonly NamedThing[]; roles: readonly NamedThing[] }): Promise<string[]> {
    const channels = new Map(await this.#readChannels());
    const roles = new Map(await this.#readRoles());
    return [
      ...names.channels
        .filter(({ name }) => !channels.has(name))
        .map(({ name, key }) => `${key}: the guild has no channel #${name}: create it, or name another`),
      ...names.roles
        .filter(({ name }) => !roles.has(name))
        .map(({ name, key }) => `${key}: the guild has no role "${name}": create it, or name another`),
    ];
  }

  async #readChannels(): Promise<[string, ChannelId][]> {
    const channels = await this.#read<APIChannel[]>(Routes.guildChannels(this.#guildId));
    const usable = channels.filter(({ type }) => !NOT_FOR_MESSAGES.includes(type));
    return usable.map(({ id, name }) => [name ?? '', toChannelId(id)]);
  }

  async #readRoles(): Promise<[string, RoleId][]> {
    const roles = await this.#read<APIRole[]>(Routes.guildRoles(this.#guildId));
    return roles.map(({ id, name }) => [name, toRoleId(id)]);
  }

  async #read<Answer>(route: `/${string}`): Promise<Answer> {
    const result = await ask(() => this.#rest.get(route) as Promise<Answer>);
    if ('refusal' in result)
      throw new Error(`the guild ${this.#guildId} cannot be read: ${result.refusal.reason}`);
    return result.answer;
  }
}

async function askAgainIfReplaced<Id extends string, Answer>(
  id: Id,
  ask: Ask<Id, Answer>,
  saysDeleted: RESTJSONErrorCodes,
  ids: IdsByName<Id>,
): Promise<Asked<Answer>> {
  const asked = await ask(id);
  if ('answer' in asked || asked.refusal.code !== saysDeleted) return asked;
  const replacement = await ids.replacementOf(id);
  return replacement === undefined ? asked : ask(replacement);
}
