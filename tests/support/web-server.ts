import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small server on this machine. */
export interface WebServer {
  readonly port: number;
  /** By the address of this machine in figures. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts a server that answers with `answer`, on IPv4 and IPv6. Closing it cuts all connections. */
export async function startWebServer(answer: RequestListener): Promise<WebServer> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '::', listening));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      return closed;
    },
  };
}
