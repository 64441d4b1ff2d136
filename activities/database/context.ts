import type { Environment } from '../../config/environment.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import type { Database } from '../../database/orm.ts';

/** What the activities in the database work with. */
export interface DatabaseContext {
  readonly database: Database;
  readonly config: CommunityConfig;
  /** Which Discord it is, whose files may be fetched from where it is; and who may ask a language model. */
  readonly environment: Pick<Environment, 'DISCORD_API_URL' | 'LANGUAGE_MODEL_API_KEY'>;
}
