import { setTimeout as pause } from 'node:timers/promises';
import { foldSteps } from '../database/leaderboard-steps.ts';
import { dropWeeksBefore } from '../database/message-partitions.ts';
import { settledTo, settleMessages } from '../database/message-settlement.ts';
import { dropThanksBefore, settleThanks } from '../database/thanks.ts';
import { toMilliseconds } from '../domain/duration.ts';
import { createdAt } from '../domain/ids.ts';
import type { WorkerContext } from './context.ts';

/** Of a burst as much at once as is quick: a member who writes often has one change of each total. */
const BATCH = 20_000;
const POLL_MS = 500;
/** After a failure the next attempt waits twice as long as the last one, up to this. */
const LONGEST_PAUSE_MS = 10_000;
/** How often is dropped what is kept no longer. */
const DROP_EVERY_MS = 3_600_000;
/** How often the steps of leaderboards are folded: what awards change in this time has to be added up for each place. */
const FOLD_EVERY_MS = 10_000;

/** What settling needs of a worker. */
export type SettlementContext = Pick<WorkerContext, 'environment' | 'config' | 'database' | 'logger'>;

/**
 * Settles messages and thanks as they are complete, until `stop` aborts, and does what follows from it now and then. Every worker
 * does: only one at a time gets any.
 */
export async function settleUntil(stop: AbortSignal, context: SettlementContext): Promise<void> {
  let pauseMs = POLL_MS;
  const drop = atMostEvery(DROP_EVERY_MS, () => dropOld(context));
  const fold = atMostEvery(FOLD_EVERY_MS, () =>
    foldSteps(context.database.em, context.environment.DISCORD_GUILD_ID),
  );
  while (!stop.aborted) {
    try {
      const isMore = await settleBatch(context);
      pauseMs = isMore ? 0 : POLL_MS;
      await fold();
      await drop();
    } catch (error) {
      context.logger.warn(
        { reason: (error as Error).message },
        'messages could not be settled; they are tried again',
      );
      pauseMs = Math.min(Math.max(pauseMs, POLL_MS) * 2, LONGEST_PAUSE_MS);
    }
    await pause(pauseMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** Gives what does `work` when it is called, but nothing if it was done less than so many milliseconds ago. */
function atMostEvery(everyMs: number, work: () => Promise<void>): () => Promise<void> {
  let doneAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - doneAt <= everyMs) return;
    await work();
    doneAt = performance.now();
  };
}

/** @returns whether there are more to settle at once */
async function settleBatch({ database, environment, config }: SettlementContext): Promise<boolean> {
  const ledger = { guildId: environment.DISCORD_GUILD_ID, settings: config.recognition };
  const messages = await settleMessages(database.em, ledger, BATCH);
  const thanks = await settleThanks(database.em, ledger, BATCH);
  return messages === BATCH || thanks === BATCH;
}

/** What is too old is told by how far messages are settled, and not by a clock: nothing goes that is yet to be settled. */
async function dropOld({ database, environment, config, logger }: SettlementContext): Promise<void> {
  const ledger = { guildId: environment.DISCORD_GUILD_ID, settings: config.recognition };
  const em = database.em.fork();
  const settled = await settledTo(em, ledger);
  if (settled === undefined) return;
  const time = createdAt(settled) - toMilliseconds(config.recognition.messages.keptFor);
  const dropped = await dropWeeksBefore(em, time);
  await dropThanksBefore(em, ledger, time);
  if (dropped.length > 0) logger.info({ dropped }, 'what was known of old messages is gone');
}
