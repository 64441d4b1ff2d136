// Calls the local Discord's control API.
import { controlRoutes } from '../../../control/api.ts';
import type { ControlCallName, ControlCalls } from '../../../control/calls.ts';

/** A refused or failed call. Its message is a sentence that can be shown to the person who tried. */
export class CallFailed extends Error {}

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
  const { method, path, body } = requestFor(name, input);
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  }).catch(() => {
    throw new CallFailed('The local Discord does not answer.');
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new CallFailed(refusal(answer, response.status));
  return answer as ControlCalls[Name]['answer'];
}

function requestFor(name: ControlCallName, input: object): { method: string; path: string; body?: string } {
  const [method = 'GET', pattern = '/'] = controlRoutes[name].split(' ');
  const rest = new Map<string, unknown>(Object.entries(input));
  const path = pattern.replace(/:(\w+)/g, (_, key: string) => {
    const value = String(rest.get(key));
    rest.delete(key);
    return encodeURIComponent(value);
  });
  if (method !== 'GET' && method !== 'DELETE')
    return { method, path, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams();
  for (const [key, value] of rest) if (value !== undefined) query.set(key, String(value));
  return { method, path: query.size > 0 ? `${path}?${query}` : path };
}

function refusal(answer: unknown, status: number): string {
  if (typeof answer === 'object' && answer !== null && 'message' in answer) return String(answer.message);
  return `The local Discord answered with status ${status}.`;
}
