import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Whether `path` is a program that we may run. */
export function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The path of the program `name` that a shell would find, or undefined. */
export async function onPath(name: string): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return firstExecutable(folders.map((folder) => join(folder, name)));
}

/** The first of `paths` that is a program which we may run, or undefined. */
export async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isExecutable(path)) return path;
  return undefined;
}

const ERROR_LENGTH = 800;

/**
 * Runs a program that may take minutes.
 *
 * @param onLine told each line that it prints to stderr
 * @throws Error with the end of what it printed, if it fails
 */
export function runLong(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  onLine: (line: string) => void = () => undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-ERROR_LENGTH);
      for (const line of chunk.toString().split('\n').filter(Boolean)) onLine(line);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ${args[0]} failed (${code}): ${output.trim()}`)),
    );
  });
}
