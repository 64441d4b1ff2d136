import { tryPort } from '../../runtime/ports.ts';
import { SetupError } from './report.ts';

export { freePort } from '../../runtime/ports.ts';

/**
 * Checks that `port` is free for `part`.
 *
 * @param variable the environment variable that chooses another
 * @throws SetupError if somebody listens on it
 */
export async function requireFreePort(port: number, part: string, variable: string): Promise<void> {
  await tryPort(port).catch(() => {
    throw new SetupError(
      `Port ${port}, for ${part}, is taken. Stop the program that uses it (perhaps another "npm start"), or choose another port: ${variable}=${port + 100} npm start`,
    );
  });
}
