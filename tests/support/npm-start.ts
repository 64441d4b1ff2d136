import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/stack/ports.ts';
import { PORTS, type PortName } from '../../scripts/stack/settings.ts';

const START = fileURLToPath(new URL('../../scripts/start.ts', import.meta.url));

/** What is set, though empty, is not taken from a developer's `.env`: no test may ever reach a real guild. */
const NOTHING_FROM_ENV_FILE = {
  DISCORD_BOT_TOKEN: '',
  DISCORD_GUILD_ID: '',
  DISCORD_API_URL: '',
  GITHUB_TOKEN: '',
  GITHUB_CLIENT_ID: '',
  GITHUB_API_URL: '',
  PLATFORMS_URL: '',
  X_CLIENT_ID: '',
  X_CLIENT_SECRET: '',
  LINKEDIN_CLIENT_ID: '',
  LINKEDIN_CLIENT_SECRET: '',
  YOUTUBE_CLIENT_ID: '',
  YOUTUBE_CLIENT_SECRET: '',
  TOKENS_KEY: '',
  DATABASE_URL: '',
  TEMPORAL_ADDRESS: '',
  TEMPORAL_NAMESPACE: '',
  COMMUNITY_CONFIG: '',
};

/** `npm start`, on ports and data of its own. */
export interface RunningStart {
  readonly child: ChildProcess;
  readonly ports: Readonly<Record<PortName, number>>;
  /** What it has printed so far. */
  output(): string;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/** Free ports for everything that `npm start` starts. */
export async function freePorts(): Promise<Record<PortName, number>> {
  const names = Object.keys(PORTS) as PortName[];
  const ports = new Map<PortName, number>();
  for (const name of names) ports.set(name, await freePort());
  return Object.fromEntries(ports) as Record<PortName, number>;
}

/** Starts it with `environment` on top of what it needs to keep to itself. */
export function npmStart(
  data: string,
  ports: Readonly<Record<PortName, number>>,
  environment: Readonly<Record<string, string>> = {},
): RunningStart {
  const portVariables = Object.entries(PORTS).map(([name, { variable }]) => [
    variable,
    String(ports[name as PortName]),
  ]);
  const child = spawn(process.execPath, [START], {
    detached: true,
    env: {
      ...process.env,
      ...NOTHING_FROM_ENV_FILE,
      TIXL_DATA: data,
      ...Object.fromEntries(portVariables),
      ...environment,
    },
  });
  let printed = '';
  const collect = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, ports, output: () => printed, ended };
}

/** The processes that were started, at any remove, with `data` as the folder for their data. Linux alone can tell. */
export async function processesOf(data: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
      if (!environment.includes(`TIXL_DATA=${data}\0`)) return [];
      return [
        `${id} ${(await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')}`,
      ];
    }),
  );
  return found.flat();
}
