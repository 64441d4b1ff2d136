import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, InteractionId, MemberId } from '../../domain/ids.ts';
import type { TutorialState } from '../../domain/tutorials.ts';

/** A tutorial that a member has added, and what staff have decided. Of several with one link only one waits or is approved. */
export const TutorialEntry = defineEntity({
  name: 'TutorialEntry',
  tableName: 'tutorials',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** The command that added it. */
    id: p.text().$type<InteractionId>().primary(),
    /** Its author. */
    memberId: p.text().$type<MemberId>(),
    title: p.text(),
    description: p.text().nullable(),
    link: p.text(),
    /** The same for all links to one place. */
    linkKey: p.text(),
    state: p.text().$type<TutorialState>(),
    submittedAt: p.datetime(),
    /** Who of the staff has decided last, and when. */
    staffId: p.text().$type<MemberId>().nullable(),
    decidedAt: p.datetime().nullable(),
    quality: p.smallint().nullable(),
    reason: p.text().nullable(),
    /** The number of those who have done it has changed, and its message is going to say so. */
    isCountDue: p.boolean().default(false),
  },
});

export type TutorialEntry = InferEntity<typeof TutorialEntry>;
