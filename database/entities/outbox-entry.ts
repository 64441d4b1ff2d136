import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { OutboxOrder } from '../../domain/outbox.ts';

/** Something that a transaction sets off in Temporal. The relay hands it over and then marks it. */
export const OutboxEntry = defineEntity({
  name: 'OutboxEntry',
  tableName: 'outbox',
  properties: {
    id: p.bigint('string').primary().autoincrement(),
    order: p.json().$type<OutboxOrder>(),
    handedOver: p.boolean().default(false),
    /** Why it was given up, if it can never be handed over: a workflow that is gone, for example. */
    refusal: p.text().nullable(),
  },
});

export type OutboxEntry = InferEntity<typeof OutboxEntry>;
