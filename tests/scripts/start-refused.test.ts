import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE } from '../../config/load.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { freePorts, npmStart, processesOf, type RunningStart } from '../support/npm-start.ts';
import { sharedServers } from '../support/servers.ts';

type Ports = RunningStart['ports'];

/** Something is wrong. */
interface Case {
  /** What is set otherwise than for a guild that is served well. `folder` is the case's own. */
  readonly environment: (folder: string, ports: Ports) => Promise<Record<string, string>>;
  /** What is said of it. */
  readonly says: readonly RegExp[];
  /** What is never shown. */
  readonly hides?: string;
}

/** What the start sees before it starts anything. */
const SEEN_BY_THE_START: Record<string, Case> = {
  'a port that is taken': {
    environment: async (_, { botHealth }) => {
      await new Promise<void>((resolve) => taken.listen(botHealth, '127.0.0.1', resolve));
      return {};
    },
    says: [/Port \d+, for the bot's health and metrics, is taken.*BOT_HEALTH_PORT=/],
  },
  'a port that is none': {
    environment: async () => ({ BOT_HEALTH_PORT: 'x' }),
    says: [/BOT_HEALTH_PORT="x" is not a port/],
  },
  'a folder that cannot be written': {
    environment: async (folder) => {
      await writeFile(join(folder, 'file'), '');
      return { TIXL_DATA: join(folder, 'file', 'data') };
    },
    says: [/file\/data cannot be written.*TIXL_DATA/],
  },
  'half of the access to a real guild': {
    environment: async () => ({ DISCORD_BOT_TOKEN: 'secret', DISCORD_GUILD_ID: '' }),
    says: [/DISCORD_BOT_TOKEN is set but DISCORD_GUILD_ID is not/],
  },
  'a wrong token, which is not shown': {
    environment: async () => ({ DISCORD_BOT_TOKEN: 'wrong-secret' }),
    says: [/DISCORD_BOT_TOKEN: Discord refuses it/],
    hides: 'wrong-secret',
  },
  'no network': {
    environment: async () => ({ DISCORD_API_URL: 'http://127.0.0.1:9/api' }),
    says: [/Discord cannot be reached.*Check the network/],
  },
  'a PostgreSQL that does not answer, without showing its password': {
    environment: async () => ({ DATABASE_URL: 'postgresql://tixl:my-password@127.0.0.1:9/tixl' }),
    says: [/DATABASE_URL: PostgreSQL cannot be used/],
    hides: 'my-password',
  },
  'a Temporal that does not answer': {
    environment: async () => ({ TEMPORAL_ADDRESS: '127.0.0.1:9' }),
    says: [/TEMPORAL_ADDRESS=127.0.0.1:9: no Temporal answers/],
  },
};

/** What the worker or the bot sees when it starts. */
const SEEN_BY_OURS: Record<string, Case> = {
  'a guild that the bot is not in': {
    environment: async () => ({ DISCORD_GUILD_ID: '1399999999999999999' }),
    says: [/the bot is not in the guild 1399999999999999999: invite it/],
  },
  'a database of a newer version': {
    environment: async () => {
      const { url, orm, close } = await freshDatabase();
      await orm.em.fork().execute(`insert into migrations (name) values ('2099-01-01-from-the-future')`);
      await close();
      return { DATABASE_URL: url };
    },
    says: [/newer version.*Update the code/],
  },
  'a mistake in the configuration, with its line and key': {
    environment: (folder) => overlay(folder, 'onboarding:\n  steps:\n    - name: guide\n      after: -5s\n'),
    says: [/overlay\.yaml:4: onboarding\.steps\.guide\.after: expected a duration/],
  },
  'a channel or role that the guild does not have': {
    environment: (folder) =>
      overlay(
        folder,
        'onboarding: { steps: [{ name: welcome, channel: nowhere, role: Nobody, text: "see {#moon}" }] }',
      ),
    says: [
      /onboarding\.steps\.welcome\.channel: the guild has no channel #nowhere/,
      /onboarding\.steps\.welcome\.text: the guild has no channel #moon/,
      /onboarding\.steps\.welcome\.role: the guild has no role "Nobody"/,
    ],
  },
  "a role above the bot's own": {
    environment: (folder) => overlay(folder, 'onboarding: { steps: [{ name: welcome, role: Admin }] }'),
    says: [/the role "Admin" stands above the bot's own/],
  },
};

async function overlay(folder: string, content: string): Promise<Record<string, string>> {
  const file = join(folder, 'overlay.yaml');
  await writeFile(file, content);
  return { COMMUNITY_CONFIG: [COMMUNITY_FILE, file].join(',') };
}

/** How a start ended. */
interface Ending {
  readonly code: number | null;
  readonly output: string;
  readonly processesLeft: readonly string[];
}

const taken = createServer();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let discord: LocalDiscord;
let servedWell: Record<string, string>;

beforeAll(async () => {
  folder = await temporaryFolder();
  discord = await startTestDiscord();
  servedWell = {
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: await emptyDatabase(),
    TEMPORAL_ADDRESS: sharedServers().temporalAddress,
    TEMPORAL_NAMESPACE: 'tests',
  };
});
afterAll(async () => {
  taken.close();
  await discord.stop();
  await folder.remove();
});

async function endingOf(name: string, { environment }: Case): Promise<[string, Ending]> {
  const data = join(folder.path, name.replaceAll(/\W/g, '-'));
  await mkdir(data);
  const ports = await freePorts();
  const started = npmStart(data, ports, { ...servedWell, ...(await environment(data, ports)) });
  const code = await started.ended;
  return [name, { code, output: started.output(), processesLeft: await processesOf(data) }];
}

describe.each([
  ['before it starts anything', SEEN_BY_THE_START],
  ['when the worker and the bot start', SEEN_BY_OURS],
])('npm start says in a line what is wrong and what to do, and stops: %s', (_, cases) => {
  let endings: Map<string, Ending>;
  // All at once: for the most part each waits for programs to load.
  beforeAll(async () => {
    endings = new Map(await Promise.all(Object.entries(cases).map(([name, one]) => endingOf(name, one))));
  }, 90_000);

  test.each(Object.entries(cases))('%s', (name, { says, hides }) => {
    const ending = endings.get(name);
    expect(ending).toMatchObject({ code: 1, processesLeft: [] });
    for (const text of says) expect(ending?.output).toMatch(text);
    if (hides !== undefined) expect(ending?.output).not.toContain(hides);
  });
});
