/** The local platforms that there are. */

import { linkedinStandIn } from './linkedin/stand-in.ts';
import type { StandIn } from './stand-in.ts';
import { xStandIn } from './x/stand-in.ts';
import { youtubeStandIn } from './youtube/stand-in.ts';

export const STAND_INS: readonly StandIn[] = [xStandIn, linkedinStandIn, youtubeStandIn];
