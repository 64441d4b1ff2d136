import { createServer } from 'node:net';
import { SetupError } from './report.ts';

const LOOPBACK = '127.0.0.1';

/** A port of the loopback interface that nobody listens on. */
export function freePort(): Promise<number> {
  return tryPort(0);
}

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

function tryPort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
