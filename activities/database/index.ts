import { burstInDatabase } from './burst.ts';
import type { DatabaseContext } from './context.ts';
import { onboardingInDatabase } from './onboarding.ts';

/** Every activity that needs the database alone. */
export function createDatabaseActivities(context: DatabaseContext) {
  return { ...onboardingInDatabase(context), ...burstInDatabase(context) };
}

export type DatabaseActivities = ReturnType<typeof createDatabaseActivities>;
