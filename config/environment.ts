import { z } from 'zod';
import { type GuildId, toGuildId } from '../domain/ids.ts';
import { COMMUNITY_FILE, ConfigError } from './load.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const variablesSchema = z.object({
  DISCORD_BOT_TOKEN: z.string().min(1),
  DISCORD_GUILD_ID: z.string().transform((text, context): GuildId => {
    try {
      return toGuildId(text);
    } catch {
      context.issues.push({
        code: 'custom',
        input: text,
        message: 'expected the 17 to 20 digits of a guild id',
      });
      return z.NEVER;
    }
  }),
  /** Another Discord than the real one: the local Discord's address, with /api at its end. */
  DISCORD_API_URL: z.url().default('https://discord.com/api'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[\w.-]+:\d+$/, 'expected host:port')
    .default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('tixl-community'),
  /** For reading the repositories whose pull requests count; with the client id below, or neither. */
  GITHUB_TOKEN: z.string().optional(),
  /** Of the OAuth application by which members link their accounts. */
  GITHUB_CLIENT_ID: z.string().optional(),
  /** Another GitHub than the public one: of an Enterprise Server, or of the local GitHub. */
  GITHUB_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.github.com'),
  /** Of the application by which we post on each platform; a platform without both is switched off. */
  X_CLIENT_ID: z.string().optional(),
  X_CLIENT_SECRET: z.string().optional(),
  LINKEDIN_CLIENT_ID: z.string().optional(),
  LINKEDIN_CLIENT_SECRET: z.string().optional(),
  YOUTUBE_CLIENT_ID: z.string().optional(),
  YOUTUBE_CLIENT_SECRET: z.string().optional(),
  /** With which the tokens of connected accounts are encrypted in the database. */
  TOKENS_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'expected 32 bytes in base64, as "openssl rand -base64 32" makes them')
    .optional(),
  /** Of the service that writes texts for each platform, if the configuration names one. */
  LANGUAGE_MODEL_API_KEY: z.string().optional(),
  /** Other platforms than the real ones to publish posts on: the address of the local ones, without a slash at its end. */
  PLATFORMS_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** Files of the configuration, separated by commas, each laid over the ones before it. */
  COMMUNITY_CONFIG: z
    .string()
    .default(COMMUNITY_FILE)
    .transform((text) => text.split(',')),
  /** Where /healthz, /readyz and /metrics are served. 0 takes any free port. */
  HEALTH_PORT: port.default(0),
  HEALTH_HOST: z.string().default('127.0.0.1'),
  /** Where links of our own are served that count clicks. Without a port they are not. */
  LINKS_PORT: port.optional(),
  LINKS_HOST: z.string().default('127.0.0.1'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** Variables that are of no use without each other, and what is left out where none of them is set. */
const TOGETHER = [
  { names: ['GITHUB_TOKEN', 'GITHUB_CLIENT_ID'], leavesOut: 'GitHub' },
  { names: ['X_CLIENT_ID', 'X_CLIENT_SECRET'], leavesOut: 'X' },
  { names: ['LINKEDIN_CLIENT_ID', 'LINKEDIN_CLIENT_SECRET'], leavesOut: 'LinkedIn' },
  { names: ['YOUTUBE_CLIENT_ID', 'YOUTUBE_CLIENT_SECRET'], leavesOut: 'YouTube' },
] as const;

const environmentSchema = variablesSchema.check(({ value, issues }) => {
  for (const { names, leavesOut } of TOGETHER) {
    const missing = names.filter((name) => value[name] === undefined);
    const [name] = missing;
    if (name === undefined || missing.length === names.length) continue;
    const message = `is not set: set ${names.join(' and ')}, or neither to leave ${leavesOut} out`;
    issues.push({ code: 'custom', input: undefined, path: [name], message });
  }
});

/** The names of the variables that a bot or worker reads. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(variablesSchema.shape);

/** The addresses and secrets that a process is given. */
export type Environment = z.output<typeof environmentSchema>;

/**
 * Reads the environment of a bot or worker. Empty values count as not set.
 *
 * @throws ConfigError with a line for each variable that is missing or wrong. It never holds a value, since that
 *   may be a secret.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map(({ code, path, message }) => {
      const name = String(path[0]);
      const problem = given[name] === undefined && code !== 'custom' ? 'is not set' : message;
      return `environment: ${name}: ${problem}. See .env.example`;
    }),
  );
}
