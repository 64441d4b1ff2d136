// Calls the local Discord that serves the page.
import type { ControlCallName, ControlCalls } from '../../../control/calls.ts';
import { ControlRefusal, connectToLocalDiscord } from '../../../control/client.ts';

/** A refused or failed call. Its message is a sentence that can be shown to the person who tried. */
class CallFailed extends Error {}

const client = connectToLocalDiscord({ url: location.origin });

/**
 * Makes one call.
 * @param name the call, as in `controlRoutes`
 * @param input its input, as in `ControlCalls`
 * @returns its answer
 * @throws CallFailed when the server refuses or does not answer
 */
export async function call<Name extends ControlCallName>(
  name: Name,
  input: ControlCalls[Name]['input'],
): Promise<ControlCalls[Name]['answer']> {
  const send = client[name] as (input: object) => Promise<ControlCalls[Name]['answer']>;
  try {
    return await send(input);
  } catch (error) {
    throw new CallFailed(sentence(error));
  }
}

/** A refusal begins with the name of the call, which says nothing to the person. */
function sentence(error: unknown): string {
  if (error instanceof ControlRefusal) return error.message.replace(/^\w+: /, '');
  return 'The local Discord does not answer.';
}
