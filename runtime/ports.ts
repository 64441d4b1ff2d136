import { createServer } from 'node:net';

/** Only this machine reaches what listens here. */
const LOOPBACK = '127.0.0.1';

/** A port of the loopback interface that nobody listens on. */
export function freePort(): Promise<number> {
  return tryPort(0);
}

/**
 * Listens on `port` of the loopback interface for a moment; 0 takes any. Gives the port.
 *
 * @throws Error if somebody listens on it
 */
export function tryPort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
