import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, InteractionId, MemberId } from '../../domain/ids.ts';
import type { ChangeOutcome, RecognitionChange } from '../../domain/recognition-change.ts';

/** What somebody of the staff wanted changed, why, and what became of it. It is kept for good. */
export const RecognitionRequest = defineEntity({
  name: 'RecognitionRequest',
  tableName: 'recognition_requests',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** The interaction by which it was asked for: it says when. */
    interactionId: p.text().$type<InteractionId>().primary(),
    staffId: p.text().$type<MemberId>(),
    /** Whose points, badges or achievements. Of an entry it is known when it was found. */
    memberId: p.text().$type<MemberId>().nullable(),
    change: p.json().$type<RecognitionChange>(),
    reason: p.text(),
    outcome: p.json().$type<ChangeOutcome>().nullable(),
  },
});

export type RecognitionRequest = InferEntity<typeof RecognitionRequest>;
