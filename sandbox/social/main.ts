/** The local platforms as a process of their own; sandbox/README.md lists the environment that it reads. */

import { readPort, runServer } from '../process.ts';
import { startLocalPlatforms } from './start.ts';

await runServer(async () => {
  const {
    SANDBOX_SOCIAL_STATE_FILE,
    SANDBOX_SOCIAL_CONSENT: consent = 'ask',
    SANDBOX_SOCIAL_LIMITS: limits = 'strict',
  } = process.env;
  if (consent !== 'ask' && consent !== 'given')
    throw new Error(`SANDBOX_SOCIAL_CONSENT is neither "ask" nor "given": ${consent}`);
  if (limits !== 'strict' && limits !== 'off')
    throw new Error(`SANDBOX_SOCIAL_LIMITS is neither "strict" nor "off": ${limits}`);
  const platforms = await startLocalPlatforms({
    port: readPort('SANDBOX_SOCIAL_PORT', 8482),
    ...(SANDBOX_SOCIAL_STATE_FILE ? { stateFile: SANDBOX_SOCIAL_STATE_FILE } : {}),
    consent,
    keepsLimits: limits === 'strict',
  });
  const { url, clients } = platforms;
  return { ready: { url, clients }, stop: () => platforms.stop() };
});
