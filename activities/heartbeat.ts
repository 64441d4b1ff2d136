import { heartbeat } from '@temporalio/activity';

const HEARTBEAT_MS = 5_000;

/**
 * Does `work`, and tells Temporal all the while that it goes on: the process is alive, and what it waits for (a request, a query, which
 * cannot say how far it is) has an end of its own. The timer ends with this call.
 */
export async function whileBeating<Result>(work: () => Promise<Result>): Promise<Result> {
  const beating = setInterval(heartbeat, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
