import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartPlan } from './part.ts';

const PROGRAM = fileURLToPath(new URL('../../sandbox/social/main.ts', import.meta.url));
const READY_WITHIN_MS = 30_000;

/** The local platforms, and what a worker needs to use them. */
export interface LocalPlatformsPlan extends PartPlan {
  readonly forWorker: Readonly<Record<string, string>>;
}

/**
 * How to run the local X, LinkedIn and YouTube, which keep what is published below `folder`. Their pages of consent answer at once,
 * so that nobody has to click for accounts that are nobody's.
 */
export function planLocalPlatforms(folder: string, port: number): LocalPlatformsPlan {
  return {
    name: 'local-platforms',
    program: PROGRAM,
    environment: {
      SANDBOX_SOCIAL_PORT: String(port),
      SANDBOX_SOCIAL_STATE_FILE: join(folder, 'local-platforms.json'),
      SANDBOX_SOCIAL_CONSENT: 'given',
    },
    logFolder: join(folder, 'logs'),
    readyWithinMs: READY_WITHIN_MS,
    // The applications that are registered there. They listen on loopback only: no secrets.
    forWorker: {
      PLATFORMS_URL: `http://127.0.0.1:${port}`,
      X_CLIENT_ID: 'local-x-client',
      X_CLIENT_SECRET: 'local-x-secret',
      LINKEDIN_CLIENT_ID: 'local-linkedin-client',
      LINKEDIN_CLIENT_SECRET: 'local-linkedin-secret',
      YOUTUBE_CLIENT_ID: 'local-youtube-client',
      YOUTUBE_CLIENT_SECRET: 'local-youtube-secret',
    },
  };
}
