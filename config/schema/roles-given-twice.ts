/** Roles that two parts of the configuration give: one would take them from whoever has them by the other. */

import type { OnboardingSettings } from '../../domain/onboarding.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import type { RolesSettings } from '../../domain/roles.ts';

/** The parts of a configuration that give roles. */
interface ConfigWithRoles {
  readonly onboarding: Pick<OnboardingSettings, 'steps'>;
  readonly roles: Pick<RolesSettings, 'kinds'>;
  readonly recognition: Pick<RecognitionSettings, 'badges' | 'leaderboards'>;
}

/** A role that is given twice, and where the configuration says so. */
interface RoleProblem {
  readonly path: readonly (string | number)[];
  readonly role: string;
  readonly message: string;
}

/** What is wrong with the roles of badges and of winners. */
export function problemsWithRoles(config: ConfigWithRoles): RoleProblem[] {
  return [...problemsWithBadges(config), ...problemsWithWinners(config)];
}

function problemsWithBadges(config: ConfigWithRoles): RoleProblem[] {
  const given = rolesByGiver(config);
  return config.recognition.badges.flatMap(({ role }, index) => {
    const other = role === undefined ? undefined : given.get(role);
    if (role === undefined || other === undefined) return [];
    const message = `the role "${role}" is given by ${other} already: name another, or leave it out`;
    return [{ path: ['recognition', 'badges', index, 'role'], role, message }];
  });
}

function problemsWithWinners(config: ConfigWithRoles): RoleProblem[] {
  const { badges, leaderboards } = config.recognition;
  const given = rolesByGiver(config);
  const ofBadges = new Set(badges.map(({ role }) => role));
  return leaderboards.winners.flatMap(({ role }, index) => {
    const isTwice = leaderboards.winners.findIndex((one) => one.role === role) < index;
    const other =
      given.get(role) ??
      (ofBadges.has(role) ? 'recognition.badges' : undefined) ??
      (isTwice ? 'other winners' : undefined);
    if (other === undefined) return [];
    const message = `the role "${role}" is given by ${other} already: name another`;
    return [{ path: ['recognition', 'leaderboards', 'winners', index, 'role'], role, message }];
  });
}

/** The roles that steps and kinds give, and which of the two does. */
function rolesByGiver({ onboarding, roles }: ConfigWithRoles): ReadonlyMap<string, string> {
  return new Map([
    ...onboarding.steps.flatMap(({ role }) => role ?? []).map((role) => [role, 'onboarding.steps'] as const),
    ...roles.kinds.flatMap((kind) => kind.roles).map((role) => [role, 'roles.kinds'] as const),
  ]);
}
