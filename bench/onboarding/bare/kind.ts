/** The two kinds of the baseline. */

/**
 * Where the activity is carried out: by the worker that runs the workflow, together with it; or by whoever polls a queue of its
 * own, as it has to be where one process makes all the requests to Discord.
 */
export const BARE_KINDS = ['together', 'on a queue of its own'] as const;
export type BareKind = (typeof BARE_KINDS)[number];

/** The variable that tells the processes of the baseline which kind they are. */
export const BARE_KIND_VARIABLE = 'BENCH_BARE_KIND';

/** The task queues of the workflow and of its activity. */
export function bareQueues(kind: BareKind): { readonly workflow: string; readonly activity: string } {
  const workflow = `bare ${kind}`;
  return { workflow, activity: kind === 'together' ? workflow : `${workflow}, activity` };
}

/** Which kind this process is of. @throws RangeError if nobody has said it */
export function readBareKind(): BareKind {
  const value = process.env[BARE_KIND_VARIABLE];
  const kind = BARE_KINDS.find((candidate) => candidate === value);
  if (kind === undefined) throw new RangeError(`${BARE_KIND_VARIABLE}=${value}: expected a kind`);
  return kind;
}
