import type { Database } from '../../database/orm.ts';
import { onboardingInDatabase } from './onboarding.ts';

/** Every activity that needs the database alone. */
export function createDatabaseActivities(database: Database) {
  return { ...onboardingInDatabase(database) };
}

export type DatabaseActivities = ReturnType<typeof createDatabaseActivities>;
