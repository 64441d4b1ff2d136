/** Reads a guild's description (guilds/*.yaml) and sets the guild up as described. */

import { readFileSync } from 'node:fs';
import {
  type APIOverwrite,
  ChannelType,
  GuildFeature,
  OverwriteType,
  PermissionFlagsBits,
  type Snowflake,
} from 'discord-api-types/v10';
import { parse } from 'yaml';
import { z } from 'zod';
import { newGuildChannel, newMember, newRole, newUser, usernameFor } from './new-records.ts';
import type { GuildChannelRecord, GuildChannelType } from './records.ts';
import { fixedSnowflake, isSnowflake } from './snowflake.ts';
import { toDiscordTime, type World } from './world.ts';

const channelTypes = {
  text: ChannelType.GuildText,
  announcement: ChannelType.GuildAnnouncement,
  voice: ChannelType.GuildVoice,
  stage: ChannelType.GuildStageVoice,
  forum: ChannelType.GuildForum,
} as const satisfies Record<string, GuildChannelType>;

const permissionName = z
  .string()
  .refine((name) => name in PermissionFlagsBits, 'is no permission of Discord');
const permissionList = z.array(permissionName).default([]);
const roleNames = z.array(z.string()).optional();
const snowflake = z.string().refine(isSnowflake, 'is no id of Discord');

const roleSchema = z.strictObject({
  name: z.string().min(1).max(100),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#000000'),
  hoist: z.boolean().default(false),
  mentionable: z.boolean().default(false),
  /** The role of the bot itself. */
  bot: z.boolean().default(false),
  permissions: permissionList,
});

const channelSchema = z.strictObject({
  name: z.string().min(1).max(100),
  type: z.enum(['text', 'announcement', 'voice', 'stage', 'forum']).default('text'),
  topic: z.string().max(1024).optional(),
  /** Discord's own notices go here. */
  system: z.boolean().default(false),
  tags: z.array(z.string().min(1).max(20)).max(20).default([]),
  sees: roleNames,
  writes: roleNames,
});

const guildSchema = z.strictObject({
  name: z.string().min(2).max(100),
  description: z.string().optional(),
  id: snowflake,
  applicationId: snowflake,
  createdAt: z.union([z.string(), z.date()]).transform((time) => new Date(time).getTime()),
  owner: z.string(),
  everyone: permissionList,
  roles: z.array(roleSchema),
  categories: z.array(
    z.strictObject({ name: z.string(), sees: roleNames, channels: z.array(channelSchema).default([]) }),
  ),
  members: z.array(
    z.strictObject({
      name: z.string(),
      roles: z.array(z.string()).default([]),
      dms: z.enum(['open', 'closed']).default('open'),
    }),
  ),
});

/** A guild's description as its file gives it. */
export type GuildFile = z.infer<typeof guildSchema>;

/**
 * Reads and checks the file.
 * @throws Error with one line that names the file and everything that is wrong in it.
 */
export function readGuildFile(path: string): GuildFile {
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(
      `${path} cannot be read: ${cause instanceof Error ? cause.message.split('\n')[0] : cause}`,
    );
  }
  const result = guildSchema.safeParse(content);
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`,
    );
    throw new Error(`${path} is no description of a guild: ${problems.join('; ')}`);
  }
  return checkNames(path, result.data);
}

function checkNames(path: string, file: GuildFile): GuildFile {
  const roles = new Set(file.roles.map((role) => role.name));
  const used = [
    ...file.members.flatMap((member) => member.roles),
    ...file.categories.flatMap((category) => [
      ...(category.sees ?? []),
      ...category.channels.flatMap((channel) => [...(channel.sees ?? []), ...(channel.writes ?? [])]),
    ]),
  ];
  const unknown = used.find((name) => !roles.has(name));
  if (unknown !== undefined) throw new Error(`${path}: there is no role "${unknown}".`);
  if (file.roles.filter((role) => role.bot).length !== 1)
    throw new Error(`${path}: exactly one role must be the bot's (bot: true).`);
  if (!file.members.some((member) => member.name === file.owner))
    throw new Error(`${path}: the owner "${file.owner}" is not among the members.`);
  return file;
}

/** Fills an empty world with the guild; ids are the same each time. Nobody is told. */
export function setUpGuild(world: World, file: GuildFile, guildId: Snowflake = file.id): void {
  let index = 0;
  const nextId = () => fixedSnowflake(file.createdAt, ++index);
  const created = toDiscordTime(file.createdAt);
  const botRole = file.roles.findIndex((role) => role.bot);
  const roleIds = new Map(file.roles.map((role) => [role.name, nextId()]));
  const idOf = (name: string) => roleIds.get(name) ?? '0';
  world.identity = {
    guildId,
    applicationId: file.applicationId,
    botRoleId: idOf(file.roles[botRole]?.name ?? ''),
  };
  setUpRoles(world, file, idOf);
  for (const member of file.members) {
    const user = world.setUser(
      newUser(nextId(), usernameFor(world, member.name), member.name, { dmsOpen: member.dms === 'open' }),
    );
    world.members.set(user.id, { ...newMember(user.id, created), roles: member.roles.map(idOf) });
    if (member.name === file.owner) setUpGuildRecord(world, file, user.id);
  }
  const botName = file.roles[botRole]?.name ?? 'Bot';
  world.setUser(newUser(file.applicationId, usernameFor(world, botName), null, { bot: true, name: botName }));
  world.members.set(file.applicationId, {
    ...newMember(file.applicationId, created),
    roles: [world.identity.botRoleId],
  });
  setUpChannels(world, file, idOf, nextId);
}

function setUpGuildRecord(world: World, file: GuildFile, ownerId: Snowflake): void {
  const { guildId } = world.identity;
  world.guilds.set(guildId, {
    id: guildId,
    name: file.name,
    description: file.description ?? null,
    ownerId,
    systemChannelId: null,
    rulesChannelId: null,
    features: [GuildFeature.Community, GuildFeature.News],
    verificationLevel: 1,
    preferredLocale: 'en-US',
    createdAt: toDiscordTime(file.createdAt),
    incidents: { invitesDisabledUntil: null, dmsDisabledUntil: null },
  });
}

function setUpRoles(world: World, file: GuildFile, idOf: (name: string) => Snowflake): void {
  const { guildId, applicationId } = world.identity;
  world.roles.set(guildId, newRole(guildId, '@everyone', 0, { permissions: permissionBits(file.everyone) }));
  file.roles.forEach((role, index) => {
    const record = newRole(idOf(role.name), role.name, file.roles.length - index, {
      permissions: permissionBits(role.permissions),
      color: Number.parseInt(role.color.slice(1), 16),
      hoist: role.hoist,
      mentionable: role.mentionable,
      ...(role.bot ? { managed: true, tags: { bot_id: applicationId } } : {}),
    });
    world.roles.set(record.id, record);
  });
}

function setUpChannels(
  world: World,
  file: GuildFile,
  idOf: (name: string) => Snowflake,
  nextId: () => Snowflake,
): void {
  const { guildId } = world.identity;
  let position = 0;
  const add = (channel: GuildChannelRecord) => world.channels.set(channel.id, channel);
  file.categories.forEach((category, index) => {
    const overwrites = onlyFor('ViewChannel', category.sees, idOf, guildId);
    const parent = newGuildChannel(nextId(), ChannelType.GuildCategory, category.name, index, { overwrites });
    add(parent);
    for (const channel of category.channels) {
      const record = newGuildChannel(nextId(), channelTypes[channel.type], channel.name, position++, {
        parentId: parent.id,
        topic: channel.topic ?? null,
        overwrites: merged([
          ...onlyFor('ViewChannel', channel.sees ?? category.sees, idOf, guildId),
          ...onlyFor('SendMessages', channel.writes, idOf, guildId),
        ]),
        tags: channel.tags.map((name) => ({
          id: nextId(),
          name,
          moderated: false,
          emoji_id: null,
          emoji_name: null,
        })),
      });
      add(record);
      if (channel.system) world.guilds.set(guildId, { ...world.guild, systemChannelId: record.id });
    }
  });
}

function onlyFor(
  permission: 'ViewChannel' | 'SendMessages',
  roles: string[] | undefined,
  idOf: (name: string) => Snowflake,
  everyoneId: Snowflake,
): APIOverwrite[] {
  if (roles === undefined) return [];
  const bits = PermissionFlagsBits[permission].toString();
  return [
    { id: everyoneId, type: OverwriteType.Role, allow: '0', deny: bits },
    ...roles.map((name) => ({ id: idOf(name), type: OverwriteType.Role, allow: bits, deny: '0' })),
  ];
}

function merged(overwrites: APIOverwrite[]): APIOverwrite[] {
  const byId = new Map<Snowflake, APIOverwrite>();
  for (const next of overwrites) {
    const known = byId.get(next.id);
    byId.set(next.id, {
      ...next,
      allow: (BigInt(known?.allow ?? 0) | BigInt(next.allow)).toString(),
      deny: (BigInt(known?.deny ?? 0) | BigInt(next.deny)).toString(),
    });
  }
  return [...byId.values()];
}

function permissionBits(names: string[]): string {
  let bits = 0n;
  for (const [name, bit] of Object.entries(PermissionFlagsBits)) if (names.includes(name)) bits |= bit;
  return bits.toString();
}
