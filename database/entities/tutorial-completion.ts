import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, InteractionId, MemberId } from '../../domain/ids.ts';

/** That a member has done a tutorial. */
export const TutorialCompletion = defineEntity({
  name: 'TutorialCompletion',
  tableName: 'tutorial_completions',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    tutorialId: p.text().$type<InteractionId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    at: p.datetime(),
  },
});

export type TutorialCompletion = InferEntity<typeof TutorialCompletion>;
