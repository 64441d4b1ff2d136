// Doing something that may be refused.
import { reportProblem } from '../store/toasts.ts';

/**
 * Does something; shows why when it is refused.
 * @param action what to do
 * @returns its result, or undefined when it was refused
 */
export async function attempt<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await action();
  } catch (error) {
    reportProblem(error);
    return undefined;
  }
}
