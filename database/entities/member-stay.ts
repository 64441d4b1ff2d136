import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import type { OnboardingOutcome } from '../../domain/onboarding.ts';

/** One stay of a member in a guild, from joining to leaving. Whoever comes back has another. */
export const MemberStay = defineEntity({
  name: 'MemberStay',
  tableName: 'member_stays',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    joinedAt: p.datetime().primary(),
    leftAt: p.datetime().nullable(),
    /** The run of the workflow that welcomes the member. It decides which run may. */
    onboardingRun: p.text().nullable(),
    onboardingOutcome: p.text().$type<OnboardingOutcome>().nullable(),
    onboardingEndedAt: p.datetime().nullable(),
  },
});

export type MemberStay = InferEntity<typeof MemberStay>;
