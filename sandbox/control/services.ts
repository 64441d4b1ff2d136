/** What the handlers of the control API work with. */

import type { Faults } from '../observe/faults.ts';
import type { RequestLog } from '../observe/request-log.ts';
import type { ReplayPlayer } from '../replay/player.ts';
import type { Services } from '../rest/route.ts';
import type { RateLimits } from '../rules/rate-limits.ts';
import type { Limits, Settings } from './api.ts';
import type { Live } from './live.ts';

export interface ControlServices extends Services {
  faults: Faults;
  log: RequestLog;
  rateLimits: RateLimits;
  live: Live;
  settings: () => Settings;
  replayPlayer: ReplayPlayer;
  /** The limits with which the server was started. */
  initialLimits: Limits;
  /** Sets the guild up anew, as its file says. */
  setUpAgain: () => void;
  /** Told of an error of the server itself. */
  onCrash: (error: unknown) => void;
}
