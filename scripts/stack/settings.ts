import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA } from './paths.ts';
import { SetupError } from './report.ts';

/** Which Discord is served. */
export type DiscordChoice =
  | { readonly kind: 'local' }
  | { readonly kind: 'real'; readonly token: string; readonly guildId: string };

/** What `npm start` is asked to do. */
export interface StartSettings {
  readonly discord: DiscordChoice;
  /** Whether a local GitHub is used: with the local Discord, unless the environment names an application of theirs. */
  readonly usesLocalGithub: boolean;
  /** Whether a local X, LinkedIn and YouTube are used: with the local Discord, unless the environment names others or applications of theirs. */
  readonly usesLocalPlatforms: boolean;
  /** A PostgreSQL of theirs, used instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** A Temporal of theirs, used instead of the dev server. */
  readonly temporalAddress: string | undefined;
  readonly namespace: string;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly logFolder: string;
}

/** The ports that `npm start` takes, and the variables that change them. */
export const PORTS = {
  localDiscord: { variable: 'LOCAL_DISCORD_PORT', port: 8480, part: 'the local Discord' },
  localGithub: { variable: 'LOCAL_GITHUB_PORT', port: 8481, part: 'the local GitHub' },
  localPlatforms: { variable: 'LOCAL_PLATFORMS_PORT', port: 8482, part: 'the local platforms' },
  links: { variable: 'LINKS_PORT', port: 8483, part: 'links that count clicks' },
  postgres: { variable: 'POSTGRES_PORT', port: 5433, part: 'PostgreSQL' },
  temporal: { variable: 'TEMPORAL_PORT', port: 7233, part: 'Temporal' },
  temporalUi: { variable: 'TEMPORAL_UI_PORT', port: 8233, part: "Temporal's UI" },
  workerHealth: { variable: 'WORKER_HEALTH_PORT', port: 9101, part: "the worker's health and metrics" },
  botHealth: { variable: 'BOT_HEALTH_PORT', port: 9102, part: "the bot's health and metrics" },
} as const;
export type PortName = keyof typeof PORTS;

/** Whoever sets one of these means platforms of their own. */
const PLATFORM_VARIABLES = ['PLATFORMS_URL', 'X_CLIENT_ID', 'LINKEDIN_CLIENT_ID', 'YOUTUBE_CLIENT_ID'];

const LAST_PORT = 65_535;

/**
 * Reads what to do from the environment, of which `.env` is a part (see paths.ts).
 *
 * @throws SetupError if something contradicts itself or cannot be
 */
export function readStartSettings(): StartSettings {
  const discord = chooseDiscord(process.env.DISCORD_BOT_TOKEN, process.env.DISCORD_GUILD_ID);
  return {
    discord,
    usesLocalGithub: discord.kind === 'local' && !process.env.GITHUB_CLIENT_ID && !process.env.GITHUB_TOKEN,
    usesLocalPlatforms: discord.kind === 'local' && !PLATFORM_VARIABLES.some((name) => process.env[name]),
    databaseUrl: process.env.DATABASE_URL || undefined,
    temporalAddress: process.env.TEMPORAL_ADDRESS || undefined,
    namespace: process.env.TEMPORAL_NAMESPACE || 'tixl-community',
    ports: Object.fromEntries(
      Object.entries(PORTS).map(([name, { variable, port }]) => [name, readPort(variable, port)]),
    ) as Record<PortName, number>,
    logFolder: join(DATA, 'logs'),
  };
}

function chooseDiscord(token = '', guildId = ''): DiscordChoice {
  if (token === '' && guildId === '') return { kind: 'local' };
  if (token !== '' && guildId !== '') return { kind: 'real', token, guildId };
  const [given, missing] =
    token === '' ? ['DISCORD_GUILD_ID', 'DISCORD_BOT_TOKEN'] : ['DISCORD_BOT_TOKEN', 'DISCORD_GUILD_ID'];
  throw new SetupError(
    `${given} is set but ${missing} is not: set both to serve a real guild, or neither for the local Discord.`,
  );
}

function readPort(variable: string, standard: number): number {
  const text = process.env[variable] || String(standard);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= LAST_PORT) return port;
  throw new SetupError(
    `${variable}="${text}" is not a port: expected a whole number from 1 to ${LAST_PORT}.`,
  );
}

/** Makes the folder for data. @throws SetupError if it cannot be written */
export async function requireWritableData(): Promise<void> {
  try {
    await mkdir(DATA, { recursive: true });
    await access(DATA, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SetupError(
      `The folder ${DATA} cannot be written (${code}). Give yourself the right to, or set TIXL_DATA to a folder that can.`,
    );
  }
}
