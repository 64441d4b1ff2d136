import { REST } from '@discordjs/rest';
import type { Environment } from '../config/environment.ts';
import { discordRateLimits, discordRequests } from './metrics.ts';

/** Below Discord's 50, so that clocks that differ a little do no harm (design: "Rates"). */
const REQUESTS_PER_SECOND = 48;
const TIMEOUT_MS = 10_000;
/** Limits that pass as soon as this are waited for in the client; Temporal waits for longer ones. */
const LONGEST_WAIT_MS = 12_000;

/** What to tell operators when Discord refuses the token. It never holds the token. */
export const TOKEN_REFUSED =
  'Discord refuses DISCORD_BOT_TOKEN: copy it anew from the Developer Portal (your application, "Bot", "Reset Token")';

/**
 * discord.js's client forgets its token after a single 401 and sends nothing from then on. A 401 may pass, and how often it
 * is tried again is up to Temporal, so this one keeps its token.
 */
class LastingRest extends REST {
  override setToken(token: string | null): this {
    return token === null ? this : super.setToken(token);
  }
}

/**
 * The client with which activities talk to Discord. It knows every bucket and the global limit, so there must be one
 * at a time in a deployment. When a limit is reached that does not pass within seconds it throws a `RateLimitError`, and
 * Temporal tries again, as with everything else that fails: this client never does.
 */
export function createDiscordRest(
  settings: Pick<Environment, 'DISCORD_API_URL' | 'DISCORD_BOT_TOKEN'>,
): REST {
  const rest = new LastingRest({
    version: '10',
    api: settings.DISCORD_API_URL,
    globalRequestsPerSecond: REQUESTS_PER_SECOND,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > LONGEST_WAIT_MS,
    retries: 0,
    timeout: TIMEOUT_MS,
  }).setToken(settings.DISCORD_BOT_TOKEN);
  rest.on('response', ({ method }, { status }) => discordRequests.inc({ method, status }));
  rest.on('rateLimited', ({ scope }) => discordRateLimits.inc({ scope }));
  return rest;
}
