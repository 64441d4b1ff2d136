import { untilAborted } from '../runtime/process.ts';
import { untilItWorks } from '../runtime/temporal.ts';
import { SET_UP, startSetUp } from '../workflows/definitions/set-up.ts';
import type { WorkerContext } from './context.ts';

/** How long Temporal may take to start it, in ms, before it is asked again. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * Has the guild set up, with what this version of the code brings. It is tried until Temporal takes it or `over` aborts.
 * After an upgrade the last worker to start is of the new version, and so is whoever carries it out.
 */
export async function requestSetUp(
  over: AbortSignal,
  { client, environment, logger }: Pick<WorkerContext, 'client' | 'environment' | 'logger'>,
): Promise<void> {
  const guildId = environment.DISCORD_GUILD_ID;
  const request = () =>
    client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      client.workflow.start(SET_UP, startSetUp(guildId)),
    );
  // A client that waits for a connection does not look at an abort signal: the wait ends here.
  await Promise.race([untilItWorks('Temporal', request, logger, over), untilAborted(over)]);
}
