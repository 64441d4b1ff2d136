/** What a refused call of the control API answers. */

import type { DiscordError } from '../rules/errors.ts';
import type { FormErrors } from '../rules/form.ts';
import type { ControlError } from './api.ts';

const statuses: Record<ControlError['error'], number> = {
  invalid: 400,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
};

/** A call that is refused, with a sentence for the one who tried. */
export class Refusal extends Error {
  readonly kind: ControlError['error'];

  constructor(kind: ControlError['error'], message: string) {
    super(message);
    this.kind = kind;
  }

  get status(): number {
    return statuses[this.kind];
  }

  body(): ControlError {
    return { error: this.kind, message: this.message };
  }
}

/** Refuses unless the condition holds. */
export function allow(
  condition: boolean,
  message: string,
  kind: ControlError['error'] = 'not-allowed',
): asserts condition {
  if (!condition) throw new Refusal(kind, message);
}

/** Discord's own refusal as one of the control API. */
export function refusalOf(error: DiscordError): Refusal {
  const details = error.formErrors === undefined ? '' : `: ${problemsIn(error.formErrors).join('; ')}`;
  const kind = error.status === 404 ? 'not-found' : error.status === 403 ? 'not-allowed' : 'invalid';
  return new Refusal(kind, `${error.message} (${error.code})${details}`);
}

function problemsIn(errors: FormErrors, path: string[] = []): string[] {
  return Object.entries(errors).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((found) => `${path.join('.') || 'form'}: ${found.message}`);
    return problemsIn(value, [...path, key]);
  });
}
