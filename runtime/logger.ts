import { pino } from 'pino';
import type { Environment } from '../config/environment.ts';

export type Logger = pino.Logger;

/** Keys that never reach a log, at whatever depth they stand: `token`, `DISCORD_BOT_TOKEN`, `TOKENS_KEY`, `Authorization`. */
const SECRET = /(tokens?|_key|password|secret|authorization|database_url)$/i;

/**
 * A logger that writes JSON lines, or lines for people where `LOG_FORMAT` is `pretty`. Give it what a line is about
 * as fields (`workflowId`, `memberId`), and say in the message what happened.
 */
export function createLogger(
  processName: string,
  settings: Pick<Environment, 'LOG_FORMAT' | 'LOG_LEVEL'>,
): Logger {
  const options = {
    level: settings.LOG_LEVEL,
    base: { process: processName },
    formatters: {
      log: (fields: object) => withoutSecrets(fields),
      bindings: (fields: object) => withoutSecrets(fields),
    },
  };
  if (settings.LOG_FORMAT === 'pretty') {
    const lines = { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' } };
    return pino({ ...options, transport: lines });
  }
  // pino's own stream tries for ever to write to a reader that is gone, and the process would never end.
  process.stdout.on('error', () => undefined);
  return pino(options, process.stdout);
}

function withoutSecrets(fields: object, around: readonly object[] = []): Record<string, unknown> {
  const entries = Object.entries(fields).filter(([key]) => !SECRET.test(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, clean(value, [...around, fields])]));
}

/** `value` as it is logged. `around` are the objects that it stands in: one of them again would have no end. */
function clean(value: unknown, around: readonly object[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (around.includes(value)) return '[circular]';
  if (Array.isArray(value)) return value.map((item) => clean(item, [...around, value]));
  if (value instanceof Error) return withoutSecrets(pino.stdSerializers.err(value), [...around, value]);
  if ('toJSON' in value && typeof value.toJSON === 'function')
    return clean(value.toJSON(), [...around, value]);
  return withoutSecrets(value, around);
}
