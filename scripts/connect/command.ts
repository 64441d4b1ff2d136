/** What `npm run connect` is asked to do. */

import { parseArgs } from 'node:util';
import { ACCOUNT_PLATFORMS, type AccountPlatform } from '../../domain/platforms.ts';
import { SetupError } from '../stack/report.ts';

/** Where the platforms send people back to: it has to be registered with each application. */
const REDIRECT_PORT = 8490;
const LAST_PORT = 65_535;

const USAGE = `npm run connect -- PLATFORM [--port PORT] [--page URN]
    connects an account, or connects it again: x, linkedin, youtube or github
    --port   where this program waits for you to be sent back, ${REDIRECT_PORT} unless given: the redirect address
             http://127.0.0.1:${REDIRECT_PORT}/callback has to be registered with your application
    --page   LinkedIn: which page, if you administer several
npm run connect -- --list
    shows where each platform stands
npm run connect -- --disconnect PLATFORM
    forgets an account: its platform is switched off`;

export type ConnectCommand =
  | { readonly kind: 'list' }
  | { readonly kind: 'disconnect'; readonly platform: AccountPlatform }
  | {
      readonly kind: 'connect';
      readonly platform: AccountPlatform;
      readonly port: number;
      readonly page: string | undefined;
    };

/** Reads the arguments. @throws SetupError that says what is wrong, and how it is used */
export function readCommand(args: readonly string[]): ConnectCommand {
  const { values, positionals } = parse(args);
  const { list = false, disconnect, port, page } = values;
  const asked = [list, disconnect !== undefined, positionals.length > 0].filter(Boolean).length;
  if (asked !== 1 || positionals.length > 1) throw new SetupError(USAGE);
  if (list) return { kind: 'list' };
  if (disconnect !== undefined) return { kind: 'disconnect', platform: toPlatform(disconnect) };
  const platform = toPlatform(positionals[0] ?? '');
  if (page !== undefined && platform !== 'linkedin')
    throw new SetupError('--page is for LinkedIn: only there one person has several pages to post on.');
  return { kind: 'connect', platform, port: toPort(port ?? String(REDIRECT_PORT)), page };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        list: { type: 'boolean' },
        disconnect: { type: 'string' },
        port: { type: 'string' },
        page: { type: 'string' },
      },
    });
  } catch (error) {
    throw new SetupError(`${(error as Error).message}\n${USAGE}`);
  }
}

function toPlatform(text: string): AccountPlatform {
  const platform = ACCOUNT_PLATFORMS.find((name) => name === text.toLowerCase());
  if (platform !== undefined) return platform;
  throw new SetupError(
    `"${text}" is no platform with accounts: expected one of ${ACCOUNT_PLATFORMS.join(', ')}.`,
  );
}

function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= LAST_PORT) return port;
  throw new SetupError(`--port ${text}: expected a whole number from 1 to ${LAST_PORT}.`);
}
