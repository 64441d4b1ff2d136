import { catchUp } from './catch-up.ts';
import type { BotFeature } from './feature.ts';
import { onboarding } from './onboarding.ts';

/** Every feature. */
export const FEATURES: readonly BotFeature[] = [onboarding, catchUp];
