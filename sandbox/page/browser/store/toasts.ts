// Short notices.
import { state, update } from './store.ts';

// A problem takes longer to read than good news.
const SHOWN_MS = { plain: 3_500, problem: 7_000 };
let lastId = 0;

/**
 * Shows a notice for a while.
 * @param text one sentence
 * @param tone whether it reports a problem
 */
export function notify(text: string, tone: 'plain' | 'problem' = 'plain'): void {
  lastId += 1;
  const id = lastId;
  update(() => {
    state.toasts = [...state.toasts, { id, text, tone }].slice(-4);
  });
  setTimeout(() => dismiss(id), SHOWN_MS[tone]);
}

/**
 * Says that something could not be done, and why.
 * @param error what was thrown
 */
export function reportProblem(error: unknown): void {
  notify(error instanceof Error ? error.message : String(error), 'problem');
}

/**
 * Takes a notice away.
 * @param id which
 */
export function dismiss(id: number): void {
  update(() => {
    state.toasts = state.toasts.filter((toast) => toast.id !== id);
  });
}
