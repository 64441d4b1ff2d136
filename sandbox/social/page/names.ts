import type { SocialPlatform } from '../stand-in.ts';

/** How the platforms are called. */
export const PLATFORM_NAMES: Readonly<Record<SocialPlatform, string>> = {
  x: 'X',
  linkedin: 'LinkedIn',
  youtube: 'YouTube',
};
