import type { CommunityConfig } from '../../config/schema.ts';
import type { Database } from '../../database/orm.ts';
import type { GithubAccess } from '../../runtime/github.ts';
import type { Logger } from '../../runtime/logger.ts';

/** What the activities on GitHub work with. */
export interface GithubContext {
  /** Undefined where GitHub is not set up. */
  readonly access: GithubAccess | undefined;
  readonly database: Database;
  readonly config: CommunityConfig;
  readonly logger: Logger;
}
