/** Carries out a member's choice of roles. One for each use of a menu. */

import { getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow';
import { onboardingId, type Stay } from '../domain/onboarding.ts';
import type { RoleChoiceMade, RolesApplied } from '../domain/roles.ts';
import { database, discord } from './activities.ts';
import { memberDid } from './definitions/onboarding.ts';
import type { RoleChoiceResult } from './definitions/role-choice.ts';

export async function roleChoice(choice: RoleChoiceMade): Promise<RoleChoiceResult> {
  const stay = await database.recordRoleChoice(choice);
  const [applied] = await Promise.all([applyChoice(choice), stay && tellOnboarding(stay)]);
  return { kind: choice.kind, ...applied };
}

/** As urgent as what staff do: somebody waits for the answer, while the roles of a crowd of newcomers can wait. */
function applyChoice({ guildId, memberId, kind }: RoleChoiceMade): Promise<RolesApplied> {
  const onRoles = discord(guildId, 'staff').roles;
  return onRoles.applyRoleChoice.executeWithOptions({ summary: `roles of ${kind}` }, [guildId, memberId]);
}

/** An onboarding that is over, or was never begun, has nothing to be told. */
async function tellOnboarding(stay: Stay): Promise<void> {
  try {
    await getExternalWorkflowHandle(onboardingId(stay)).signal(memberDid, 'role chosen');
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
