/** What passes by itself, as the outcome of something asked of Discord as a platform. */

import { ApplicationFailure } from '@temporalio/common';
import { msToNumber as toMs } from '@temporalio/common/lib/time.js';
import type { PublisherTools } from '../platforms/publisher.ts';

/** Discord's limit is reached until then, in ms since 1970. */
export interface Limited {
  readonly kind: 'rate-limited';
  readonly until: number;
}

/** A limit stands before the request: nothing was sent. @throws what else went wrong */
export function whenLimited(error: unknown, { now }: Pick<PublisherTools, 'now'>): Limited {
  if (!(error instanceof ApplicationFailure) || error.nextRetryDelay == null) throw error;
  return { kind: 'rate-limited', until: now() + toMs(error.nextRetryDelay) };
}

/** For what may be asked again: Discord cannot be reached, or says that it is out of order. @throws what is no failed request */
export function unlessItPasses(
  error: unknown,
  tools: Pick<PublisherTools, 'now'>,
): Limited | { readonly kind: 'unavailable'; readonly reason: string } {
  if (!(error instanceof ApplicationFailure)) throw error;
  return error.nextRetryDelay == null
    ? { kind: 'unavailable', reason: error.message }
    : whenLimited(error, tools);
}
