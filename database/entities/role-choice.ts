import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, InteractionId, MemberId } from '../../domain/ids.ts';

/** What kind a member has chosen to be, by the latest of their choices. */
export const RoleChoice = defineEntity({
  name: 'RoleChoice',
  tableName: 'role_choices',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    kind: p.text(),
    /** The use of the menu that made the choice. */
    interactionId: p.text().$type<InteractionId>(),
    chosenAt: p.datetime(),
  },
});

export type RoleChoice = InferEntity<typeof RoleChoice>;
