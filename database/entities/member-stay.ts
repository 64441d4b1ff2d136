import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Greeting } from '../../domain/burst.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import type { OnboardingOutcome, StepReport } from '../../domain/onboarding.ts';

/** One stay of a member in a guild, from joining to leaving. Whoever comes back has another. */
export const MemberStay = defineEntity({
  name: 'MemberStay',
  tableName: 'member_stays',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    joinedAt: p.datetime().primary(),
    leftAt: p.datetime().nullable(),
    /** The guild has a screening, and the member had not passed it when we last looked. */
    awaitsScreening: p.boolean().default(false),
    /** The run of the workflow that welcomes the member. It decides which run may. */
    onboardingRun: p.text().nullable(),
    /** When the first stay of this visit began: stays with short absences between them are one visit. */
    visitBegan: p.datetime().nullable(),
    variant: p.text().nullable(),
    greeting: p.text().$type<Greeting>().nullable(),
    /** The member wants no further tips in this visit. */
    tipsStopped: p.boolean().default(false),
    /** When the onboarding is over at the latest, if nothing holds it up. */
    onboardingDeadline: p.datetime().nullable(),
    onboardingOutcome: p.text().$type<OnboardingOutcome>().nullable(),
    onboardingEndedAt: p.datetime().nullable(),
    onboardingSteps: p.json().$type<readonly StepReport[]>().nullable(),
  },
});

export type MemberStay = InferEntity<typeof MemberStay>;
