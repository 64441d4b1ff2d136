import { pino } from 'pino';
import type { Environment } from '../config/environment.ts';

export type Logger = pino.Logger;

/** Keys that never reach a log, wherever they stand. */
const SECRETS = ['token', 'password', 'authorization', 'DISCORD_BOT_TOKEN', 'DATABASE_URL'];

/**
 * A logger that writes JSON lines, or lines for people where `LOG_FORMAT` is `pretty`. Give it what a line is about
 * as fields (`workflowId`, `memberId`), and say in the message what happened.
 */
export function createLogger(
  process: string,
  settings: Pick<Environment, 'LOG_FORMAT' | 'LOG_LEVEL'>,
): Logger {
  return pino({
    level: settings.LOG_LEVEL,
    base: { process },
    redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`]), remove: true },
    ...(settings.LOG_FORMAT === 'pretty' && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' } },
    }),
  });
}
