import type { CommunityConfig } from '../../config/schema.ts';
import type { Database } from '../../database/orm.ts';

/** What the activities in the database work with. */
export interface DatabaseContext {
  readonly database: Database;
  readonly config: CommunityConfig;
}
