import { youtube, type youtube_v3 } from '@googleapis/youtube';
import type { PlatformAddress } from './platform-addresses.ts';

const TIMEOUT_MS = 15_000;

export type YoutubeVideo = youtube_v3.Schema$Video;

/** YouTube's API, in the name of an account. */
export interface YoutubeClient {
  readonly api: youtube_v3.Youtube;
  /**
   * To be given with each request, as its second parameter: whom it goes to, and in whose name. It tries nothing again and says nothing;
   * what fails is thrown.
   */
  readonly request: YoutubeRequest;
}

export interface YoutubeRequest {
  readonly rootUrl: string;
  readonly headers: { readonly authorization: string };
  readonly retry: false;
  readonly signal: AbortSignal;
  readonly fetchImplementation: typeof fetch;
}

/**
 * @param accessToken secret
 * @param signal gives up what was asked
 */
export function createYoutubeClient(
  { api: rootUrl }: Pick<PlatformAddress, 'api'>,
  accessToken: string,
  signal: AbortSignal,
): YoutubeClient {
  return {
    api: youtube({ version: 'v3' }),
    request: {
      // With each request, since what is given for all of them loses its path.
      rootUrl,
      headers: { authorization: `Bearer ${accessToken}` },
      retry: false,
      signal,
      // Each request has its own time. Node's own fetch says what failed in the network.
      fetchImplementation: (input, init) =>
        fetch(input, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) }),
    },
  };
}
