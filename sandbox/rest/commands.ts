/** Application commands, for all guilds and for ours. */

import type { APIApplicationCommand, Snowflake } from 'discord-api-types/v10';
import { z } from 'zod';
import { type CommandForm, commandForm, maximumCommands } from '../rules/command-form.ts';
import { ensure, found } from '../rules/errors.ts';
import { checkForm } from '../rules/form.ts';
import { optional, queryBoolean } from '../rules/scalars.ts';
import type { CommandRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { Reply, type Route, route } from './route.ts';

/** Null: commands of all guilds. */
type Scope = Snowflake | null;

function commandsIn(world: World, scope: Scope): CommandRecord[] {
  return [...world.commands.values()].filter((command) => (command.guild_id ?? null) === scope);
}

function findCommand(world: World, scope: Scope, id: Snowflake): CommandRecord {
  const command = found(world.commands.get(id), 'unknownCommand');
  ensure((command.guild_id ?? null) === scope, 'unknownCommand');
  return command;
}

/** Adds a command, or replaces that of the same name and type: then it keeps its id. */
function putCommand(
  world: World,
  scope: Scope,
  form: CommandForm,
): { command: CommandRecord; isNew: boolean } {
  const existing = commandsIn(world, scope);
  const known = existing.find(({ name, type }) => name === form.name && type === form.type);
  const sameType = existing.filter(({ type }) => type === form.type);
  ensure(known !== undefined || sameType.length < (maximumCommands[form.type] ?? 0), 'maximumCommands');
  const { name_localizations, description_localizations, options, ...rest } = form;
  const command = {
    ...rest,
    id: known?.id ?? world.newId(),
    application_id: world.identity.applicationId,
    version: world.newId(),
    description: form.description ?? '',
    name_localizations: name_localizations ?? null,
    description_localizations: description_localizations ?? null,
    default_member_permissions: form.default_member_permissions ?? null,
    dm_permission: form.dm_permission ?? true,
    contexts: form.contexts ?? null,
    integration_types: form.integration_types ?? [0],
    nsfw: form.nsfw ?? false,
    ...(options === undefined || options === null || options.length === 0 ? {} : { options }),
    ...(scope === null ? {} : { guild_id: scope }),
  } as unknown as CommandRecord;
  world.commands.set(command.id, JSON.parse(JSON.stringify(command)) as CommandRecord);
  return { command: found(world.commands.get(command.id), 'unknownCommand'), isNew: known === undefined };
}

function tell(world: World): void {
  world.events.side({ kind: 'commands' });
}

const partialForm = z.record(z.string(), z.unknown());
const listQuery = z.object({ with_localizations: optional(queryBoolean) });

/** Commands are shown with their localizations only when asked for. */
function viewCommand(command: CommandRecord, withLocalizations: boolean | undefined): APIApplicationCommand {
  if (withLocalizations) return command;
  const { name_localizations: _names, description_localizations: _descriptions, ...rest } = command;
  return rest as APIApplicationCommand;
}

/** The same routes for both scopes. */
function routesFor(
  base: '/applications/:applicationId/commands' | '/applications/:applicationId/guilds/:guildId/commands',
): Route[] {
  const scopeOf = (world: World): Scope => (base.includes(':guildId') ? world.guild.id : null);
  return [
    route({
      method: 'GET',
      path: base,
      query: listQuery,
      handle: ({ world, query }) =>
        commandsIn(world, scopeOf(world)).map((command) => viewCommand(command, query.with_localizations)),
    }),
    route({
      method: 'POST',
      path: base,
      bucket: 'change-commands',
      body: commandForm,
      handle: ({ world, body }) => {
        const { command, isNew } = putCommand(world, scopeOf(world), body);
        tell(world);
        return new Reply(isNew ? 201 : 200, command);
      },
    }),
    route({
      method: 'PUT',
      path: base,
      bucket: 'change-commands',
      body: z.array(commandForm),
      handle: ({ world, body }) => {
        const scope = scopeOf(world);
        const kept = new Set(body.map((form) => `${form.type}/${form.name}`));
        for (const { id, name, type } of commandsIn(world, scope))
          if (!kept.has(`${type}/${name}`)) world.commands.delete(id);
        const commands = body.map((form) => putCommand(world, scope, form).command);
        tell(world);
        return commands;
      },
    }),
    route({
      method: 'GET',
      path: `${base}/:commandId`,
      handle: ({ world, params }) => findCommand(world, scopeOf(world), params.commandId),
    }),
    route({
      method: 'PATCH',
      path: `${base}/:commandId`,
      bucket: 'change-commands',
      body: partialForm,
      handle: ({ world, params, body }) => {
        const scope = scopeOf(world);
        const before = findCommand(world, scope, params.commandId);
        const form = checkForm(commandForm, { ...before, ...body });
        world.commands.delete(before.id);
        const { command } = putCommand(world, scope, form);
        world.commands.delete(command.id);
        world.commands.set(before.id, { ...command, id: before.id });
        tell(world);
        return { ...command, id: before.id };
      },
    }),
    route({
      method: 'DELETE',
      path: `${base}/:commandId`,
      bucket: 'change-commands',
      handle: ({ world, params }) => {
        world.commands.delete(findCommand(world, scopeOf(world), params.commandId).id);
        tell(world);
      },
    }),
  ];
}

export const commandRoutes: Route[] = [
  ...routesFor('/applications/:applicationId/commands'),
  ...routesFor('/applications/:applicationId/guilds/:guildId/commands'),
];
