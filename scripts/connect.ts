/**
 * `npm run connect -- PLATFORM|--list|--disconnect PLATFORM`: the accounts in whose names posts are published. Takes an operator
 * through a platform's consent, and stores what it gives, encrypted.
 */

import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/orm.ts';
import { disconnectAccount, listAccounts } from '../database/platform-accounts.ts';
import { type AccountPlatform, PLATFORM_LABELS } from '../domain/platforms.ts';
import { isMisconfiguration } from '../runtime/process.ts';
import { type ConnectCommand, readCommand } from './connect/command.ts';
import {
  type Consented,
  consentOnGithub,
  consentOnPage,
  storeConnection,
  tellAddress,
} from './connect/connect.ts';
import { awaitCode, redirectUriOn } from './connect/consent.ts';
import { standingOfPlatforms } from './connect/list.ts';
import {
  type ConnectSettings,
  readConnectSettings,
  requirePlatform,
  requireSealer,
} from './connect/settings.ts';
import { checkDatabase } from './stack/checks.ts';
import { SetupError, toTerminal } from './stack/report.ts';

const NAME_WIDTH = 10;

try {
  await carryOut(readCommand(process.argv.slice(2)));
  process.exit(0);
} catch (error) {
  const isExpected = error instanceof SetupError || isMisconfiguration(error);
  const text = isExpected ? error.message : (error as Error).stack;
  process.stderr.write(`\n  ✗ ${text?.replaceAll('\n', '\n    ')}\n\n`);
  process.exit(1);
}

async function carryOut(command: ConnectCommand): Promise<void> {
  const settings = await readConnectSettings();
  // Before anybody consents: what cannot be stored is not asked for.
  if (command.kind === 'connect') {
    requirePlatform(settings, command.platform);
    requireSealer(settings);
  }
  await requireDatabase(settings.environment.DATABASE_URL);
  const database = openDatabase(settings.environment.DATABASE_URL);
  try {
    if (command.kind === 'list') await list(settings, database);
    else if (command.kind === 'disconnect') await disconnect(settings, database, command.platform);
    else await connect(settings, database, command);
  } finally {
    await database.close();
  }
}

async function requireDatabase(url: string): Promise<void> {
  await checkDatabase(url).catch((error: SetupError) => {
    if (process.env.DATABASE_URL) throw error;
    throw new SetupError(
      'PostgreSQL does not run. Set DATABASE_URL to yours, or start everything in another terminal: npm start',
    );
  });
  // Nobody connects an account before there is a worker; this is for whoever is quick.
  await migrate(url);
}

async function list(settings: ConnectSettings, database: Database): Promise<void> {
  const accounts = await listAccounts(database.em.fork(), settings.environment.DISCORD_GUILD_ID);
  const lines = standingOfPlatforms(settings, accounts).map(
    ({ name, text }) => `${name.padEnd(NAME_WIDTH)}${text}`,
  );
  toTerminal(`${lines.join('\n')}\n`);
}

async function disconnect(
  { environment }: ConnectSettings,
  database: Database,
  platform: AccountPlatform,
): Promise<void> {
  const account = { guildId: environment.DISCORD_GUILD_ID, platform };
  const name = PLATFORM_LABELS[platform];
  if (!(await disconnectAccount(database.em.fork(), account)))
    throw new SetupError(`No account on ${name} is connected.`);
  toTerminal(
    `\n  ✓ ${name} is switched off: its tokens are forgotten here. Take the application's access back on ${name} too.\n\n`,
  );
}

async function connect(
  settings: ConnectSettings,
  database: Database,
  { platform, port, page }: ConnectCommand & { kind: 'connect' },
): Promise<void> {
  const { name } = requirePlatform(settings, platform);
  const consented = await consent(settings, platform, port, name);
  const { accountName, woken } = await storeConnection(settings, database, platform, consented, page);
  const next =
    woken === 0 ? 'New posts can go there: /post create.' : `Posts that go on there now: ${woken}.`;
  toTerminal(`\n  ✓ ${name} is connected as ${accountName}. ${next}\n\n`);
}

function consent(
  settings: ConnectSettings,
  platform: AccountPlatform,
  port: number,
  name: string,
): Promise<Consented> {
  if (platform === 'github')
    return consentOnGithub(settings, (userCode, address) =>
      toTerminal(
        `\nOpen ${address} in a browser, signed in on GitHub as the account that posts are to be published by,\nand enter the code ${userCode}\n`,
      ),
    );
  const redirectUri = redirectUriOn(port);
  return consentOnPage(settings, platform, redirectUri, (consent) =>
    awaitCode(consent, port, toTerminal, () => tellAddress(toTerminal, name, consent.url, redirectUri)),
  );
}
