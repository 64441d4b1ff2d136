/** A service that writes texts, spoken to as by OpenAI's chat completions. */

import { z } from 'zod';
import type { LanguageModelSettings } from '../domain/distribution.ts';
import type { PromptMessage } from '../domain/rewording.ts';

const WITHIN_MS = 45_000;
const MOST_BYTES = 1_000_000;
/** Of those that say no, the ones that may say something else soon. The others from 500 on do too. */
const PASSING_STATUS: readonly number[] = [408, 409, 425, 429];

/** The service, and who asks. */
export interface LanguageModel extends LanguageModelSettings {
  /** Secret. Some services on one's own machine need none. */
  readonly apiKey: string | undefined;
}

/** What it has answered. Reasons hold nothing of what was asked or answered. */
export type Completion =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly isPassing: boolean };

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/**
 * Asks the model once.
 *
 * @throws if `signal` aborts
 */
export async function complete(
  { url, model, apiKey }: LanguageModel,
  messages: readonly PromptMessage[],
  signal: AbortSignal,
): Promise<Completion> {
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({ model, messages }),
      // The key is for this service alone.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]),
    });
    return response.ok ? await readAnswer(response) : refused(response);
  } catch {
    signal.throwIfAborted();
    return { kind: 'failed', reason: 'the language model cannot be reached', isPassing: true };
  }
}

async function refused(response: Response): Promise<Completion> {
  await response.body?.cancel();
  const { status } = response;
  const isPassing = status >= 500 || PASSING_STATUS.includes(status);
  return { kind: 'failed', reason: `the language model answers ${status}`, isPassing };
}

async function readAnswer(response: Response): Promise<Completion> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return NO_ANSWER;
    parts.push(part);
  }
  const answer = answerSchema.safeParse(parseJson(Buffer.concat(parts).toString()));
  const text = answer.data?.choices[0]?.message.content;
  return text === undefined ? NO_ANSWER : { kind: 'answered', text };
}

const NO_ANSWER: Completion = {
  kind: 'failed',
  reason: 'the language model answers something else than a text',
  isPassing: false,
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
