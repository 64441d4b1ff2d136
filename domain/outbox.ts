import type { Stay } from './onboarding.ts';

/** What a database transaction can set off in Temporal (design: "Outbox"). Each must be harmless when repeated. */
export type OutboxOrder =
  | { readonly kind: 'welcome'; readonly stay: Stay }
  | { readonly kind: 'member left'; readonly stay: Stay };
