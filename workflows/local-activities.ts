/** Local activities that a worker gives up without being told to. */

import {
  ActivityFailure,
  CancellationScope,
  CancelledFailure,
  type LocalActivityInterfaceFor,
  sleep,
} from '@temporalio/workflow';

/** The worker wants to put the workflow away: while a timer runs, it can. */
const AGAIN_AFTER_MS = 1_000;

/**
 * Gives the same activities, which nobody cancels but the workflow itself. A worker that needs the room of a workflow cancels what it
 * waits to try again for it, and the workflow, for which that is a cancellation like any other, would fail for good. So it is done
 * again: all of them may be repeated.
 */
export function unlessWeCancel<
  Activities extends { readonly [Name in keyof Activities]: (...args: never[]) => Promise<unknown> },
>(local: LocalActivityInterfaceFor<Activities>): Activities {
  return new Proxy({} as Activities, {
    get: (_, name) => {
      const activity = Reflect.get(local, name) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => untilDone(() => activity(...args));
    },
  });
}

async function untilDone<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isCancelledActivity(error) || CancellationScope.current().consideredCancelled) throw error;
      await sleep(AGAIN_AFTER_MS, { summary: 'what the worker gave up is done again' });
    }
  }
}

function isCancelledActivity(error: unknown): boolean {
  return error instanceof ActivityFailure && error.cause instanceof CancelledFailure;
}
