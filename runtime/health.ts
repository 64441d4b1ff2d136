import Fastify from 'fastify';
import { registry } from './metrics.ts';

/** Something without which the process cannot do its work. Throws, with a reason, when it is not there. */
export type HealthCheck = () => Promise<void>;

/** A running health server. */
export interface HealthServer {
  readonly address: string;
  stop(): Promise<void>;
}

const CHECK_TIMEOUT_MS = 2_000;

/**
 * Serves `/healthz` (the process lives), `/readyz` (each of `checks` passes; otherwise 503 with what does not) and
 * `/metrics` (ours, and those of Temporal's SDK where `sdkMetrics` says that it serves them).
 */
export async function serveHealth(
  { host, port }: { host: string; port: number },
  checks: Readonly<Record<string, HealthCheck>>,
  sdkMetrics?: string,
): Promise<HealthServer> {
  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.get('/healthz', () => ({ status: 'alive' }));
  app.get('/readyz', async (_, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await outcomeOf(check)] as const),
    );
    const ready = results.every(([, outcome]) => outcome === 'ok');
    return reply.code(ready ? 200 : 503).send({ ready, ...Object.fromEntries(results) });
  });
  app.get('/metrics', async (_, reply) => {
    const ofSdk = sdkMetrics === undefined ? '' : await readText(sdkMetrics);
    return reply.type(registry.contentType).send(`${await registry.metrics()}\n${ofSdk}`);
  });
  const address = await app.listen({ host, port });
  return { address, stop: () => app.close() };
}

async function outcomeOf(check: HealthCheck): Promise<string> {
  const timeout = new AbortController();
  try {
    await Promise.race([check(), deadline(timeout.signal)]);
    return 'ok';
  } catch (error) {
    return (error as Error).message;
  } finally {
    timeout.abort();
  }
}

function deadline(cancelled: AbortSignal): Promise<never> {
  const expired = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  return new Promise((_, reject) => {
    expired.addEventListener(
      'abort',
      () => cancelled.aborted || reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)),
    );
  });
}

async function readText(url: string): Promise<string> {
  const response = await fetch(url).catch(() => undefined);
  return response?.ok ? response.text() : '# the metrics of the SDK are not there yet\n';
}
