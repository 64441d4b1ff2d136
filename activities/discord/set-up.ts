import { isDeepStrictEqual } from 'node:util';
import {
  type APIApplication,
  type APIApplicationCommand,
  RESTJSONErrorCodes,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10';
import type { GuildId } from '../../domain/ids.ts';
import { type CommandRegistration, setUpId } from '../../domain/set-up.ts';
import { COMMANDS } from '../../views/commands/index.ts';
import type { DiscordContext } from './context.ts';
import { ask, type Refusal } from './errors.ts';

/** What we say of a command. Discord adds ids, a version, and defaults. */
const SAID = ['type', 'name', 'description', 'options', 'default_member_permissions', 'contexts'] as const;

/** What sets up a guild on Discord. */
export function setUpOnDiscord(context: DiscordContext) {
  return {
    /**
     * Tells Discord of our slash commands, all at once: those of the guild become these. Nothing is changed where they are
     * the same already, since Discord limits how many are made in a day.
     */
    async registerCommands(guildId: GuildId): Promise<CommandRegistration> {
      const commands = COMMANDS.map(({ name }) => name);
      const application = await get<APIApplication>(Routes.currentApplication());
      if ('refusal' in application) return refuse(guildId, application.refusal);
      const route = Routes.applicationGuildCommands(application.answer.id, guildId);
      const known = await get<APIApplicationCommand[]>(route);
      if ('refusal' in known) return refuse(guildId, known.refusal);
      if (areSame(known.answer, COMMANDS)) return { kind: 'unchanged', commands };
      const result = await ask(() => context.rest.put(route, { body: COMMANDS }));
      return 'refusal' in result ? refuse(guildId, result.refusal) : { kind: 'registered', commands };
    },
  };

  function get<Answer>(route: `/${string}`) {
    return ask(() => context.rest.get(route) as Promise<Answer>);
  }

  function refuse(guildId: GuildId, { code, reason: ofDiscord }: Refusal): CommandRegistration {
    const reason =
      code === RESTJSONErrorCodes.MissingAccess
        ? 'the bot was invited without the scope applications.commands: invite it again with that scope'
        : ofDiscord;
    context.logger.warn(
      { workflowId: setUpId(guildId), code },
      `the slash commands could not be registered: ${reason}`,
    );
    return { kind: 'refused', reason };
  }
}

function areSame(
  known: readonly APIApplicationCommand[],
  wanted: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[],
): boolean {
  return isDeepStrictEqual(known.map(said).sort(byName), wanted.map(said).sort(byName));
}

type Said = { readonly [Key in (typeof SAID)[number]]?: unknown };

/** What is said of a command, without what is the same as saying nothing. */
function said(command: Said): Said {
  const ours = Object.fromEntries(SAID.map((key) => [key, command[key]]));
  return JSON.parse(
    JSON.stringify(ours, (_, value) => (value === false || value === null ? undefined : value)),
  );
}

function byName(one: Said, other: Said): number {
  return String(one.name).localeCompare(String(other.name), 'en');
}
