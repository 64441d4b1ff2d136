/** What `npm start` gives its worker and bot where the environment says nothing else. */

import { COMMUNITY_FILE, DEMO_FILE } from '../../config/load.ts';
import { planLocalDiscord } from './local-discord.ts';
import { planLocalGithub } from './local-github.ts';
import { planLocalPlatforms } from './local-platforms.ts';
import { DATA } from './paths.ts';
import { planPostgres } from './postgres.ts';
import type { StartSettings } from './settings.ts';
import { findTokensKey } from './tokens-key.ts';

/** The environment of a process that works on what `npm start` has started, such as `npm run connect`. */
export async function environmentBeside(settings: StartSettings): Promise<Record<string, string>> {
  const { databaseUrl, discord, usesLocalGithub, usesLocalPlatforms, ports, namespace } = settings;
  const key = process.env.TOKENS_KEY || (await findTokensKey(DATA));
  return {
    ...(discord.kind === 'local' && {
      ...planLocalDiscord(DATA, ports.localDiscord, '').forBot,
      COMMUNITY_CONFIG: communityConfig(),
    }),
    ...(usesLocalGithub && planLocalGithub(DATA, ports.localGithub).forWorker),
    ...(usesLocalPlatforms && planLocalPlatforms(DATA, ports.localPlatforms).forWorker),
    ...(key !== undefined && { TOKENS_KEY: key }),
    DATABASE_URL: databaseUrl ?? (await planPostgres(DATA, ports.postgres)).url,
    TEMPORAL_NAMESPACE: namespace,
  };
}

/** The configuration with which the local Discord is served: with shorter delays, unless theirs is another. */
export function communityConfig(): string {
  return process.env.COMMUNITY_CONFIG || [COMMUNITY_FILE, DEMO_FILE].join(',');
}
