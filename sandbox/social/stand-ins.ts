/** The local platforms that there are. */

import type { StandIn } from './stand-in.ts';

export const STAND_INS: readonly StandIn[] = [];
