/** Where the platforms are that posts go to. */

import type { Environment } from '../config/environment.ts';

/** A platform's addresses, without a slash at the end. */
export interface PlatformAddress {
  /** Its API. */
  readonly api: string;
  /** Where people give their consent. */
  readonly pages: string;
  /** Where tokens are asked for. */
  readonly tokens: string;
}

/** Those of all platforms whose address is not a setting of its own, as GitHub's is. */
export interface PlatformAddresses {
  readonly x: PlatformAddress;
  readonly linkedin: PlatformAddress;
  /** `watch`: where a video is seen, which its API does not say. */
  readonly youtube: PlatformAddress & { readonly watch: string };
}

const REAL: PlatformAddresses = {
  x: { api: 'https://api.x.com', pages: 'https://x.com', tokens: 'https://api.x.com' },
  linkedin: {
    api: 'https://api.linkedin.com',
    pages: 'https://www.linkedin.com',
    tokens: 'https://www.linkedin.com',
  },
  youtube: {
    api: 'https://youtube.googleapis.com',
    pages: 'https://accounts.google.com',
    tokens: 'https://oauth2.googleapis.com',
    watch: 'https://www.youtube.com/watch',
  },
};

/** The platforms' addresses: the real ones, or those of the local platforms, each below its name. */
export function platformAddresses({
  PLATFORMS_URL: url,
}: Pick<Environment, 'PLATFORMS_URL'>): PlatformAddresses {
  if (url === undefined) return REAL;
  const local = (name: keyof PlatformAddresses): PlatformAddress => {
    const address = `${url}/${name}`;
    return { api: address, pages: address, tokens: address };
  };
  const youtube = { ...local('youtube'), watch: `${url}/youtube/watch` };
  return { x: local('x'), linkedin: local('linkedin'), youtube };
}
