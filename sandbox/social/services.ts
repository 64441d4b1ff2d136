/** What the parts of the local platforms share. */

import type { FaultKind, SocialFaults } from './faults.ts';
import type { PlatformServices, RequestKind, SocialPlatform, StandIn } from './stand-in.ts';
import type { SocialState } from './state.ts';

/** What the page of consent does: it asks, or it answers at once, so that a program can go through it. */
export type ConsentMode = 'ask' | 'given' | 'refused';

/** A request that a platform was sent. */
export interface LoggedRequest {
  readonly platform: SocialPlatform;
  readonly method: string;
  /** Below the platform's address, without the query. */
  readonly path: string;
  readonly kind: RequestKind | null;
  /** null: the answer was lost, or there is none yet. */
  status: number | null;
  /** What was done to it on demand. */
  fault: FaultKind | null;
}

/** A platform that is served. */
export interface ServedPlatform {
  readonly standIn: StandIn;
  readonly services: PlatformServices;
}

/** All of it. */
export interface LocalPlatformsServices {
  readonly state: SocialState;
  readonly faults: SocialFaults;
  /** In ms since 1970. */
  readonly now: () => number;
  consent: ConsentMode;
  /** Whether the platforms' limits on how often they are asked hold. */
  keepsLimits: boolean;
  /** `http://127.0.0.1:PORT`: known when it listens. */
  url: string;
  readonly platforms: readonly ServedPlatform[];
  /** What was asked, oldest first. */
  readonly requests: LoggedRequest[];
}
