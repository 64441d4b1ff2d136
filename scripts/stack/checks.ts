/** What is looked at before anything starts: servers that we are told to use have to be there. */

import { DiscordAPIError, REST } from '@discordjs/rest';
import { Connection } from '@temporalio/client';
import { Routes } from 'discord-api-types/v10';
import pg from 'pg';
import { SetupError } from './report.ts';

const TIMEOUT_MS = 5_000;
const UNAUTHORISED = 401;

/** Checks that PostgreSQL answers at `url`. @throws SetupError that says what is wrong; it never holds the password */
export async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    throw new SetupError(
      `DATABASE_URL: PostgreSQL cannot be used (${(error as Error).message}). Check that it runs, and user, password and database; or unset DATABASE_URL to use the embedded one.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Checks that Temporal answers at `address`. @throws SetupError that says what is wrong */
export async function checkTemporalAddress(address: string): Promise<void> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: TIMEOUT_MS });
    await connection.close();
  } catch {
    throw new SetupError(
      `TEMPORAL_ADDRESS=${address}: no Temporal answers there. Check that it runs; or unset TEMPORAL_ADDRESS to use the dev server.`,
    );
  }
}

/** Checks that Discord takes `token`. @throws SetupError that says what is wrong; it never holds the token */
export async function checkDiscordToken(token: string, api: string | undefined): Promise<void> {
  const rest = new REST({
    version: '10',
    retries: 0,
    timeout: TIMEOUT_MS,
    ...(api !== undefined && { api }),
  }).setToken(token);
  try {
    await rest.get(Routes.user());
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === UNAUTHORISED) {
      throw new SetupError(
        'DISCORD_BOT_TOKEN: Discord refuses it. Copy it anew from the Developer Portal (your application, "Bot", "Reset Token").',
      );
    }
    throw new SetupError(
      `Discord cannot be reached (${(error as Error).message}). Check the network; or unset DISCORD_BOT_TOKEN and DISCORD_GUILD_ID to use the local Discord.`,
    );
  }
}
