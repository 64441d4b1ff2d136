import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcDeadlineError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import {
  type ButtonInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type RepliableInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { BotContext } from './context.ts';

/**
 * Discord waits three seconds for the first answer, and people less: whatever takes longer than this is acknowledged first.
 */
const ACKNOWLEDGE_AFTER_MS = 250;

/** What somebody is told: a text, or a message as views make it, with files. */
export type Answer =
  | string
  | (Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'> & {
      readonly files?: readonly AnswerFile[];
    });

/** A file under an answer. Who cannot see a picture hears its description. */
export interface AnswerFile {
  readonly name: string;
  readonly data: Buffer;
  readonly description: string;
}

/**
 * Answers an interaction with what `work` gives, seen by whoever acted alone; in direct messages it stays. At once if it is there by then;
 * otherwise the interaction is acknowledged and the answer follows. If `work` fails, they are told to try again; if it is not
 * done by the context's deadline, that it may still be done: Temporal has the request, and a worker may take it up later.
 */
export async function answer(
  interaction: RepliableInteraction,
  context: BotContext,
  work: () => Promise<Answer>,
): Promise<void> {
  const answered = carryOut(context, work).then(toMessage);
  const waited = new AbortController();
  const acknowledge = pause(ACKNOWLEDGE_AFTER_MS, undefined, { signal: waited.signal }).catch(
    () => undefined,
  );
  const inTime = await Promise.race([answered, acknowledge]);
  waited.abort();
  // What is said in direct messages is between the two of us anyway, and may stay.
  const visibility = interaction.inGuild() ? ({ flags: MessageFlags.Ephemeral } as const) : {};
  if (inTime !== undefined) {
    await interaction.reply({ ...inTime, ...visibility });
    return;
  }
  await interaction.deferReply(visibility);
  await interaction.editReply(await answered);
}

/**
 * Puts what `work` gives in the place of the message whose button or menu was used, or from which a form was opened. A text is said beside it,
 * to whoever acted alone, and the message stays with its files: so it is with what `answer` says when `work` fails.
 */
export async function update(
  interaction: ButtonInteraction | StringSelectMenuInteraction | ModalMessageModalSubmitInteraction,
  context: BotContext,
  work: () => Promise<Answer>,
): Promise<void> {
  const given = carryOut(context, work);
  await interaction.deferUpdate();
  const message = await given;
  if (typeof message !== 'string') await interaction.editReply({ ...toMessage(message), attachments: [] });
  else await interaction.followUp({ ...toMessage(message), flags: MessageFlags.Ephemeral });
}

/** What `work` gives by the deadline, or what to say when it fails. */
function carryOut(context: BotContext, work: () => Promise<Answer>): Promise<Answer> {
  return withinDeadline(context, work).catch((error: unknown) => explainFailure(error, context));
}

/** It was not done by the deadline. */
class TooLateError extends Error {
  override readonly name = 'TooLateError';
}

/** Calls of Temporal end at the deadline by themselves. A database that takes connections but does not answer would not. */
async function withinDeadline<Result>(
  { client, deadlineMs }: BotContext,
  work: () => Promise<Result>,
): Promise<Result> {
  const done = new AbortController();
  const late = pause(deadlineMs, undefined, { signal: done.signal }).then(() => {
    throw new TooLateError(`it was not done within ${deadlineMs} ms`);
  });
  try {
    return await Promise.race([client.withDeadline(Date.now() + deadlineMs, work), late]);
  } finally {
    done.abort();
  }
}

function toMessage(answer: Answer) {
  if (typeof answer === 'string') return toMessage({ content: answer });
  const { content, embeds = [], components = [], files = [] } = answer;
  return {
    ...(content !== undefined && { content }),
    embeds,
    components,
    files: files.map(({ name, data, description }) => ({ name, attachment: data, description })),
    allowedMentions: { parse: [] },
  };
}

function explainFailure(error: unknown, { config, logger }: BotContext): string {
  const late =
    error instanceof TooLateError ||
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    isGrpcDeadlineError(error);
  logger.warn(
    { reason: (error as Error).message },
    late ? 'an interaction was not carried out in time; it may still be' : 'an interaction failed',
  );
  return late ? config.answers.takesLonger : config.answers.tryAgain;
}
