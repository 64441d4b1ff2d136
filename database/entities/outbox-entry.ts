import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { MemberId } from '../../domain/ids.ts';
import type { OutboxOrder } from '../../domain/outbox.ts';

/** Something that a transaction sets off in Temporal. The relay hands it over and then removes it. */
export const OutboxEntry = defineEntity({
  name: 'OutboxEntry',
  tableName: 'outbox',
  properties: {
    id: p.bigint('string').primary().autoincrement(),
    /** Whom it is about, if it is about somebody. The order says so too, but a person's data has to be found by a column. */
    memberId: p.text().$type<MemberId>().nullable(),
    order: p.json().$type<OutboxOrder>(),
    /** How often it could not be handed over: what fails lets others go first. */
    failures: p.integer().default(0),
  },
});

export type OutboxEntry = InferEntity<typeof OutboxEntry>;
