import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcDeadlineError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { type ButtonInteraction, MessageFlags } from 'discord.js';
import type { BotContext } from './context.ts';

/** Discord waits three seconds for the first answer. Whatever takes longer than this is acknowledged first. */
const ACKNOWLEDGE_AFTER_MS = 1_000;

/**
 * Answers an interaction with the text that `work` gives, seen by whoever pressed alone. Within a second if it is there by then;
 * otherwise the interaction is acknowledged and the answer follows. If `work` fails, they are told to try again; if it is not
 * done by the context's deadline, that it may still be done: Temporal has the request, and a worker may take it up later.
 */
export async function answer(
  interaction: ButtonInteraction,
  context: BotContext,
  work: () => Promise<string>,
): Promise<void> {
  const text = context.client
    .withDeadline(Date.now() + context.deadlineMs, work)
    .catch((error: unknown) => explainFailure(error, context));
  const waited = new AbortController();
  const acknowledge = pause(ACKNOWLEDGE_AFTER_MS, undefined, { signal: waited.signal }).catch(
    () => undefined,
  );
  const inTime = await Promise.race([text, acknowledge]);
  waited.abort();
  if (inTime !== undefined) {
    await interaction.reply({ content: inTime, flags: MessageFlags.Ephemeral });
    return;
  }
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await interaction.editReply({ content: await text });
}

function explainFailure(error: unknown, { config, logger }: BotContext): string {
  const late = error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error);
  logger.warn(
    { reason: (error as Error).message },
    late ? 'an interaction was not carried out in time; it may still be' : 'an interaction failed',
  );
  return late ? config.answers.takesLonger : config.answers.tryAgain;
}
