/** What the local servers have in common as processes of their own. */

/** "Configuration error" in sysexits: whoever started this has to change something. */
const BAD_CONFIGURATION = 78;

/** A server that runs, and what is said of it once it is ready. */
export interface RunningServer {
  readonly ready: object;
  stop(): Promise<void>;
}

/** Reads the port of a server from the environment. 0 is any free one. @throws Error if it is none */
export function readPort(name: string, standard: number): number {
  const port = Number(process.env[name] ?? standard);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${name} is no port: ${process.env[name]}`);
  return port;
}

/**
 * Runs a server until this process is told to stop, or until the process that started it is gone: nobody else would end it. It
 * ends by `process.exit`, since connections that others keep open must not hold it.
 */
export async function runServer(start: () => Promise<RunningServer>): Promise<void> {
  try {
    const server = await start();
    process.stdout.write(`${JSON.stringify({ ready: true, ...server.ready })}\n`);
    let stopping = false;
    const stop = async () => {
      if (stopping) return;
      stopping = true;
      await server.stop();
      process.exit(0);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    process.once('disconnect', stop);
    // Whoever has started this wants to know when it is ready.
    process.send?.({ ready: true });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(BAD_CONFIGURATION);
  }
}
