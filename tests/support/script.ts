import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../../config/environment.ts';

/**
 * Runs a script of `scripts/` on what a worker works with. Gives what it prints, and how it ends.
 *
 * @param variables set beside, or in place of, those of the worker
 */
export function runScript(
  name: string,
  worker: Environment,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<{ code: number; output: string; errors: string }> {
  const script = fileURLToPath(new URL(`../../scripts/${name}.ts`, import.meta.url));
  const { DISCORD_GUILD_ID, DISCORD_BOT_TOKEN, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, DATABASE_URL } = worker;
  const env = {
    ...{ DISCORD_GUILD_ID, DISCORD_BOT_TOKEN, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, DATABASE_URL },
    ...variables,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, output, errors) =>
      resolve({ code: Number(error?.code ?? 0), output, errors }),
    );
  });
}
